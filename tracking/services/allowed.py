"""Checks of inputs: each raises Invalid, naming the field and what is allowed."""

from __future__ import annotations

from enum import Enum

from clinic.errors import Invalid


def one_of(field: str, value: str, kind: type[Enum], *, or_empty: bool = False) -> None:
    """A code of a vocabulary."""
    allowed = [str(member.value) for member in kind]
    if value not in allowed and not (or_empty and value == ""):
        raise Invalid(field=field, allowed=allowed)


def in_range(field: str, value: int | None, least: int, most: int) -> None:
    """A number of a range, both ends included; None is left to the caller."""
    if value is not None and not least <= value <= most:
        raise Invalid(field=field, allowed="range", least=least, most=most)


def short_text(field: str, text: str, *, least: int = 0, most: int = 120) -> str:
    """The text without blanks around it, `least` to `most` characters long."""
    trimmed = text.strip()
    if not least <= len(trimmed) <= most:
        raise Invalid(field=field, allowed="length", least=least, most=most)
    return trimmed
