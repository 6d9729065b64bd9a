"""Rows to plain answers, one file per question; both faces read these."""
