"""Codes a record may hold, one file per noun, each with its source.

A stored code never changes meaning: a new meaning is a new code. `tracking/wording/` makes words for people
from codes. Sources are numbered as in `docs/clinical/`; where a docstring says *our own*, the code is a
proposal of this project, for a clinician's sign-off.
"""
