"""The database engine that stamps each transaction."""
