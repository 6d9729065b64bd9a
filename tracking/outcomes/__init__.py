"""Rows to series, and series to what may be said: plans, days, exposure, outcomes, summaries."""
