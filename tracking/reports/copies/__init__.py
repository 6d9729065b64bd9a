"""What is taken away of the record: as its taker may read it, as tables in an archive."""
