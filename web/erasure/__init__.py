"""Erasing a child's record or a person, and what has to stay."""
