"""Codes to sentences, through gettext, one file per noun; for faces, reports and reminders alike.

Functions here query nothing and know no request: codes, numbers and dates in, text in the active language
out. Text for families contains no percentage and no streak, and calls nothing missed.
"""
