"""The only time zone arithmetic: wall time to instants and back, local days, nights.

Days are local, instants are UTC. A zone is an IANA name. A wall time that does not exist because the clock
jumps forward is shifted forward by the jump; of a wall time that happens twice, the first is meant. A whole
date may be missing (Apia skipped 30 December 2011).
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

NOT_PLACES = frozenset({"Factory", "localtime", "posixrules"})
NOON = time(12)
ONE_DAY = timedelta(days=1)


@cache
def zone_names() -> frozenset[str]:
    """Every IANA zone name this machine knows."""
    return frozenset(available_timezones() - NOT_PLACES)


def is_zone(name: str) -> bool:
    return name in zone_names()


def to_instant(local: datetime, zone: str, *, second: bool = False) -> datetime:
    """The UTC instant at which clocks in `zone` show `local`, a wall time without zone.

    A wall time the clocks skip is shifted forward by what they skip; of one they show twice the first is
    taken, or the later with `second`. Raises ValueError for a `local` with a zone of its own,
    ZoneInfoNotFoundError for an unknown zone, OverflowError within a day of year 1 or 9999.
    """
    if local.tzinfo is not None:
        raise ValueError("a wall time has no zone of its own")
    there = ZoneInfo(zone)
    first = local.replace(tzinfo=there, fold=0)
    later = local.replace(tzinfo=there, fold=1)
    # In a gap the fold-0 offset is the one before the jump, which is what shifts forward; only in an overlap
    # is the fold-1 offset the smaller.
    is_shown_twice = _offset(later) < _offset(first)
    return (later if second and is_shown_twice else first).astimezone(UTC)


def local_wall(instant: datetime, zone: str) -> datetime:
    """What clocks in `zone` show at `instant`, without zone. Raises ValueError for a naive instant."""
    return _there(instant, zone).replace(tzinfo=None, fold=0)


def local_day(instant: datetime, zone: str) -> date:
    return _there(instant, zone).date()


def night_of(instant: datetime, zone: str) -> date:
    """The date of the evening a night belongs to: until 11:59 that is the evening before."""
    wall = local_wall(instant, zone)
    if wall.time() >= NOON:
        return wall.date()
    evening = wall.date() - ONE_DAY
    while not exists(evening, zone):
        evening -= ONE_DAY
    return evening


def monday_of(day: date) -> date:
    """The Monday of the week a day lies in."""
    return day - timedelta(days=day.weekday())


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """First instant of the local `day` and first instant after it, in UTC; the same twice for a vanished
    date.

    23 to 25 hours apart, commonly 24. A zone whose clocks go back across midnight shows some minutes of the
    day after the second instant again: `local_day` is right about every single instant.
    """
    return to_instant(datetime.combine(day, time()), zone), to_instant(
        datetime.combine(day + ONE_DAY, time()), zone
    )


@lru_cache(maxsize=20_000)
def exists(day: date, zone: str) -> bool:
    """Whether the calendar of `zone` has this date at all."""
    start, end = day_bounds(day, zone)
    return start < end


def _there(instant: datetime, zone: str) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return instant.astimezone(ZoneInfo(zone))


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()
