"""The clinic's library: strokes, presets, clinical texts and whose wording they are."""
