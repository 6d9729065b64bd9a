"""Who was shown what, and is ready for what."""
