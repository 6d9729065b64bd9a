"""Instants read as seconds (half the time of a caseload went into parsing time stamps), or out of JSON."""

from __future__ import annotations

import datetime as dt

from django.db.models import FloatField
from django.db.models.functions import Cast, Extract


def epoch(column: str) -> Cast:
    """A column of instants as seconds since 1970, to read with `instant`."""
    return Cast(Extract(column, "epoch"), FloatField())


def instant(seconds: float) -> dt.datetime:
    """The UTC instant of so many seconds since 1970, to the microsecond."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def instant_or_none(seconds: float | None) -> dt.datetime | None:
    return None if seconds is None else instant(seconds)


def told_day(told: str | None) -> dt.date | None:
    """A day out of JSON that PostgreSQL made."""
    return None if told is None else dt.date.fromisoformat(told)


def told_instant(told: str | None) -> dt.datetime | None:
    """An instant out of JSON that PostgreSQL made."""
    return None if told is None else dt.datetime.fromisoformat(told)
