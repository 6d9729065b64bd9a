"""The family corner: tonight, logging, bedtime, touch, messages; for phones, and working without scripts."""
