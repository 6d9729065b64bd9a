"""What a guardian takes away: the child's record as they may read it, as tables in an archive."""
