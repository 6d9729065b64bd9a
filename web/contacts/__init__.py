"""Visits and calls: a child's, the clinic's labels for them, and both as files."""
