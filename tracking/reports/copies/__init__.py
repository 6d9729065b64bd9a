"""Copies of the record: tables in an archive, as their taker may read them."""
