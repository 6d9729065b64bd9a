"""Rows to plain answers, one file a question; both faces read these."""
