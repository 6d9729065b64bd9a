"""How entries come into the record: bodies, receipts, placement in time. Rules and rows, no services."""
