"""Checks of a person's, household's or clinic's fields; a refusal names the field and what is allowed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from clinic.errors import Invalid
from clinic.languages import language_tag
from clinic.localtime import is_zone
from clinic.models import User

OLDEST_CHILD_YEARS = 21
"""Nobody older is enrolled: far more often a slip of the year."""

LONGEST_ADDRESS = 2000
LONGEST_NAME = 100

Number = TypeVar("Number", int, Decimal)


def words(value: str, field: str, *, longest: int, is_needed: bool = False) -> str:
    """The text without space around it. Raises Invalid where it is too long, or empty and needed."""
    text = value.strip()
    if is_needed and not text:
        raise Invalid(field=field, allowed="not_empty")
    if len(text) > longest:
        raise Invalid(field=field, allowed="length", most=longest)
    if "\x00" in text:
        raise Invalid(field=field, allowed="plain_text")
    return text


def number(value: Number, field: str, *, least: float, most: float) -> Number:
    """The number as it is. Raises Invalid outside of what it may be, both ends included."""
    if not least <= value <= most:
        raise Invalid(field=field, allowed="range", least=least, most=most)
    return value


def zone(value: str, field: str = "zone") -> str:
    """An IANA zone name. Raises Invalid for any other."""
    if not is_zone(value):
        raise Invalid(field=field, allowed="iana_zone")
    return value


def language(value: str, field: str = "language") -> str:
    """A language's tag in its one spelling. Raises Invalid for what is none."""
    tag = language_tag(value)
    if tag is None:
        raise Invalid(field=field, allowed="language_tag")
    return tag


def written_in(told: str, by: User, field: str = "language") -> str:
    """The language of words that `by` wrote: as told, else the one they read; empty: not known."""
    return language(told, field) if told else by.writes_in


def email(value: str | None, field: str = "email") -> str | None:
    """The address in the one form in which it is kept and compared, small letters; None for none."""
    text = (value or "").strip().lower()
    if not text:
        return None
    try:
        validate_email(text)
    except ValidationError:
        raise Invalid(field=field, allowed="email_address") from None
    if len(text) > 254:
        raise Invalid(field=field, allowed="length", most=254)
    return text


def birth_day(value: dt.date, *, today: dt.date, field: str = "born_on") -> dt.date:
    """A day on which a child in care can have been born: not to come, and at most 21 years ago."""
    if value > today:
        raise Invalid(field=field, allowed="day_in_the_past")
    if today.year - value.year > OLDEST_CHILD_YEARS:
        raise Invalid(field=field, allowed="day_within_years", years=OLDEST_CHILD_YEARS)
    return value


def gestation(weeks: int | None, days: int) -> tuple[int | None, int]:
    """Completed weeks (20-45; None: not known) and days (0-6) at birth."""
    if weeks is None:
        return None, 0
    if not 20 <= weeks <= 45:
        raise Invalid(field="gestation_weeks", allowed="range", least=20, most=45)
    if not 0 <= days <= 6:
        raise Invalid(field="gestation_days", allowed="range", least=0, most=6)
    return weeks, days


def weekdays(value: list[int] | tuple[int, ...]) -> list[int]:
    """Weekdays in order, each once (Monday is 0; empty: every day)."""
    if any(day not in range(7) for day in value):
        raise Invalid(field="weekdays", allowed="range", least=0, most=6)
    return sorted(set(value))
