"""How goal levels are written."""

from __future__ import annotations


def signed(level: int) -> str:
    """One of the five levels: `+1`, `0`, and what is below it with a sign of minus, not with a hyphen."""
    return f"{level:+d}".replace("-", "\N{MINUS SIGN}") if level else "0"
