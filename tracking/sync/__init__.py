"""Entries on their way into the record: bodies, receipts, where in time they belong; rules, no verbs."""
