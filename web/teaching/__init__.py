"""Teaching: who was shown what, and who is ready for what."""
