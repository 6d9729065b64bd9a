"""Codes a record may hold, one noun a file, each with where it comes from.

A stored code never changes meaning: a new meaning is a new code. Words for people are made from codes in
`tracking/wording/`, never here. Sources are numbered as in `docs/clinical/`; where a docstring says *our own*
the code is a proposal of this project, for a clinician's sign-off.
"""
