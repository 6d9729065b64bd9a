"""Reports and copies of the record: their content, charts, PDF and data files."""
