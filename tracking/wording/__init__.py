"""Coded parts to sentences, through gettext, one file a noun; for faces, reports and reminders alike.

Functions here ask the database nothing and know no request: codes, numbers and dates in, text in the active
language out. Text for families names no percentage, no streak and nothing as missed.
"""
