"""Placing an entry in time by what its device said and when it arrived.

Our own rules (docs/adr/0005): a device's clock is stored but not trusted. A time that is impossible, later
than the arrival or before the child was born, is stored as sent, and the entry is placed by its arrival less
the time that the device itself says has passed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clinic.errors import Invalid
from clinic.localtime import day_bounds, is_zone, local_day, night_of, to_instant
from tracking.vocabulary.programs import EntryFlag, PartOfDay, Precision

MAY_BE_AHEAD = dt.timedelta(minutes=5)
LATE_AFTER = dt.timedelta(hours=48)
LONGEST_ELAPSED = dt.timedelta(days=60)
"""An entry may wait on a device without network for weeks; more than this is the clock's doing."""


@dataclass(frozen=True, slots=True)
class Placed:
    """When an entry happened as far as can be believed.

    `shift` is what must be added to every instant the device sent; zero where its clock was plausible.
    `device_time` is `occurred_at` as sent where that cannot have been, else None.
    """

    occurred_at: dt.datetime
    zone: str
    local_day: dt.date
    device_time: dt.datetime | None
    shift: dt.timedelta
    flags: tuple[EntryFlag, ...]


MIDDLES: dict[str, dt.time] = {
    PartOfDay.MORNING: dt.time(8),
    PartOfDay.MIDDAY: dt.time(12),
    PartOfDay.AFTERNOON: dt.time(15, 30),
    PartOfDay.EVENING: dt.time(19),
    PartOfDay.NIGHT: dt.time(23),
}


def standing_at(day: dt.date, part: str, zone: str) -> dt.datetime:
    """An instant to stand for a part of a local day, or (empty) for the day: it orders entries, no more."""
    return to_instant(dt.datetime.combine(day, MIDDLES.get(part, dt.time(12))), zone)


def place(
    occurred_at: dt.datetime,
    *,
    precision: str,
    zone: str,
    sent_at: dt.datetime | None,
    now: dt.datetime,
    first_received_at: dt.datetime,
    born_on: dt.date,
    is_night: bool = False,
) -> Placed:
    """Place an entry that happened at `occurred_at` by its device's clock.

    `now` is when this write came, `first_received_at` when the first of this entry did. `is_night`: its day
    is the evening's, until 11:59; what is not known to the minute names its day itself. Raises Invalid (field
    `zone`) for a name that is no IANA zone, and (field `occurred_at`) for an instant without offset or in a
    year no calendar here reaches.
    """
    if not is_zone(zone):
        raise Invalid(field="zone", allowed="iana_zone")
    try:
        believed = occurred_at
        is_off = _cannot_have_been(occurred_at, precision, zone, sent_at, now, born_on)
        if is_off:
            believed = _by_arrival(occurred_at, sent_at=sent_at, now=now, first_received_at=first_received_at)
        is_to_the_minute = precision == Precision.MINUTE
        day = night_of(believed, zone) if is_night and is_to_the_minute else local_day(believed, zone)
        ended = believed if is_to_the_minute else day_bounds(day, zone)[1]
    except (OverflowError, ValueError):
        raise Invalid(field="occurred_at", allowed="instant_with_offset") from None
    is_late = first_received_at - ended > LATE_AFTER
    return Placed(
        occurred_at=believed,
        zone=zone,
        local_day=day,
        device_time=occurred_at if is_off else None,
        shift=believed - occurred_at,
        flags=(
            *((EntryFlag.CLOCK_OFF,) if is_off else ()),
            *((EntryFlag.LOGGED_LATE,) if is_late else ()),
        ),
    )


def _by_arrival(
    occurred_at: dt.datetime,
    *,
    sent_at: dt.datetime | None,
    now: dt.datetime,
    first_received_at: dt.datetime,
) -> dt.datetime:
    if sent_at is None:
        return first_received_at
    elapsed = sent_at - occurred_at
    return now - elapsed if dt.timedelta() <= elapsed <= LONGEST_ELAPSED else first_received_at


def _cannot_have_been(
    occurred_at: dt.datetime,
    precision: str,
    zone: str,
    sent_at: dt.datetime | None,
    now: dt.datetime,
    born_on: dt.date,
) -> bool:
    if sent_at is not None and sent_at - now > MAY_BE_AHEAD:
        return True
    day = local_day(occurred_at, zone)
    if day < born_on:
        return True
    if precision != Precision.MINUTE:
        return day > local_day(now + MAY_BE_AHEAD, zone)
    return occurred_at - now > MAY_BE_AHEAD
