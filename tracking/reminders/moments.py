"""The instants of a reminder, from a household's clock times. Pure.

When it is due, when it expires, when nobody may be disturbed, and how long to wait before a retry. Days are
local days of the household.
"""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from clinic import localtime

PLAN_AHEAD = timedelta(hours=6)
"""How long before it is due an occurrence is written."""

WORTH_SENDING = timedelta(hours=3)
"""A reminder later than this, or after its own local day, helps nobody. Our own rule."""

AT_LEAST = timedelta(minutes=10)
"""For a slot at the very end of its day."""

QUIET_FROM = time(22)
QUIET_UNTIL = time(6)
"""Nobody is sent anything between these, by the clock where they are. Our own rule, the same for all."""

TODAY_TURNS_TO_TONIGHT = time(16)

TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=30)

_dice = random.SystemRandom()


def due_at(*, on: date, at: time, zone: str) -> datetime | None:
    """The UTC instant of `at` on the local day `on`; None where the zone's calendar has no such day.

    A wall time the clocks skip is shifted forward by what they skip; of one shown twice the first is meant.
    """
    if not localtime.exists(on, zone):
        return None
    return localtime.to_instant(datetime.combine(on, at), zone)


def expires_at(*, due: datetime, on: date, zone: str) -> datetime:
    """The instant from which it is not sent any more: 3 hours later, or the end of its day if sooner."""
    _, midnight = localtime.day_bounds(on, zone)
    return max(min(due + WORTH_SENDING, midnight), due + AT_LEAST)


def is_quiet(now: datetime, zone: str, begins: time = QUIET_FROM, ends: time = QUIET_UNTIL) -> bool:
    """Whether clocks in `zone` show the hours in which somebody is left alone."""
    return quiet_until(now, zone, begins=begins, ends=ends) is not None


def quiet_until(
    now: datetime, zone: str, *, begins: time = QUIET_FROM, ends: time = QUIET_UNTIL
) -> datetime | None:
    """When somebody who is left alone from `begins` until `ends` may be written to; None: they may be now.

    By clocks in `zone`; over midnight where it begins later than it ends, never where both are the same.
    """
    wall = localtime.local_wall(now, zone)
    at = wall.time()
    is_over_midnight = begins > ends
    is_quiet = (at >= begins or at < ends) if is_over_midnight else begins <= at < ends
    if not is_quiet:
        return None
    day = wall.date() + timedelta(days=is_over_midnight and at >= begins)
    return localtime.to_instant(datetime.combine(day, ends), zone, second=True)


def is_tonight(due: datetime, zone: str) -> bool:
    """Whether a reminder due then is about the evening; else about the day."""
    return localtime.local_wall(due, zone).time() >= TODAY_TURNS_TO_TONIGHT


def wait_before_try(number: int, *, asked_for: timedelta | None = None) -> timedelta:
    """How long to wait before the `number`th try, from 2: anything up to 1, 3, 9, 27 minutes ("full jitter").

    Never shorter than what the provider `asked_for`.
    """
    longest: timedelta = min(FIRST_WAIT * 3 ** (number - 2), LONGEST_WAIT)
    return max(longest * _dice.random(), asked_for or timedelta())
