"""A naive oracle of local time: what clocks show is read off minute by minute, nothing is computed.

It shares the time zone database with the product, and none of its arithmetic.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from zoneinfo import ZoneInfo

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)

ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Juba",
    "Africa/Tripoli",
    "Africa/Windhoek",
    "America/Argentina/San_Luis",
    "America/Asuncion",
    "America/Caracas",
    "America/Chicago",
    "America/Havana",
    "America/Los_Angeles",
    "America/Nuuk",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Colombo",
    "Asia/Dhaka",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Pyongyang",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Asia/Ulaanbaatar",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Fakaofo",
)
"""Forty, for what their clocks did: moved by half an hour, across midnight, never, or past a whole date."""


def transitions(zone: str, *, first_year: int, last_year: int) -> Iterator[dt.date]:
    """The UTC dates on which clocks in `zone` are moved, looked for hour by hour."""
    there = ZoneInfo(zone)
    instant = dt.datetime(first_year, 1, 1, tzinfo=dt.UTC)
    before = instant.astimezone(there).utcoffset()
    while instant.year <= last_year:
        instant += dt.timedelta(hours=1)
        offset = instant.astimezone(there).utcoffset()
        if offset != before:
            yield instant.date()
        before = offset


def drawn_days(count: int, *, seed: int) -> Iterator[tuple[str, dt.date]]:
    """So many days of 2000 to 2037, each of a zone, by lot."""
    lots = random.Random(seed)
    first = dt.date(2000, 1, 1)
    for _ in range(count):
        yield lots.choice(ZONES), first + lots.randrange((dt.date(2038, 1, 1) - first).days) * DAY


def due_times(zone: str, first: dt.date, last: dt.date) -> dict[dt.datetime, dt.datetime | None]:
    """Every wall minute of these local days, and the instant at which a reminder set for it is due.

    That is when clocks show it first. A minute that clocks leave out is due as long after the jump as it
    would have come after it; of a date that they leave out altogether none is (None).
    """
    there = ZoneInfo(zone)
    instant = dt.datetime.combine(first - 2 * DAY, dt.time(), dt.UTC)
    end = dt.datetime.combine(last + 3 * DAY, dt.time(), dt.UTC)
    shown: dict[dt.datetime, dt.datetime] = {}
    left_out: dict[dt.datetime, dt.datetime] = {}
    before = None
    while instant < end:
        wall = instant.astimezone(there).replace(tzinfo=None, fold=0)
        if before is not None and wall > before + MINUTE:
            late = dt.timedelta()
            while before + MINUTE + late < wall:
                left_out[before + MINUTE + late] = instant + late
                late += MINUTE
        shown.setdefault(wall, instant)
        before = wall
        instant += MINUTE
    dates = {wall.date() for wall in shown}
    due: dict[dt.datetime, dt.datetime | None] = {}
    wall = dt.datetime.combine(first, dt.time())
    while wall.date() <= last:
        due[wall] = (shown.get(wall) or left_out[wall]) if wall.date() in dates else None
        wall += MINUTE
    return due
