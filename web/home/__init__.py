"""The family corner: tonight, log, bedtime, touch, messages; on a phone, working without script."""
