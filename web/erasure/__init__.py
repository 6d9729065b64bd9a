"""Pages for erasing a child's record or a person, and for holds."""
