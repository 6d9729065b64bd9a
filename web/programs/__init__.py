"""Prescribing: a child's programs, the draft, publishing, what runs, and the handout."""
