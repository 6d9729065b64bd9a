"""Flags: the clinic's list, one flag, and what a clinic sets about them."""
