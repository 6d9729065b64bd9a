"""Reminders against a naive oracle of local time; all years and zones by `make prove-time`."""

from __future__ import annotations

import contextlib
import datetime as dt
import zoneinfo
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from clinic.localtime import exists, to_instant
from tests import factories
from tests.cast import Cast
from tests.tracking.clocks import drawn_days, due_times
from tests.tracking.reminding import TUESDAY, at, coming, keep, plan
from tracking.models import ReminderDelivery
from tracking.reminders import moments

Difference = tuple[dt.datetime, dt.datetime | None, dt.datetime | None]


def our_due(wall: dt.datetime, zone: str) -> dt.datetime | None:
    return moments.due_at(on=wall.date(), at=wall.time(), zone=zone)


def differences(
    zone: str, first: dt.date, last: dt.date, *, due: Callable[[dt.datetime, str], Any] = our_due
) -> tuple[int, list[Difference]]:
    """How many minutes of these days were asked about; those due otherwise: wall, ours, the oracle's."""
    told = due_times(zone, first, last)
    ours = {wall: due(wall, zone) for wall in told}
    return len(told), [(wall, ours[wall], told[wall]) for wall in told if ours[wall] != told[wall]]


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("Africa/Cairo", "2026-04-23", "2026-04-24"),  # at midnight, forward
        ("Africa/Cairo", "2026-10-29", "2026-10-30"),  # at midnight, back into the day before
        ("Asia/Beirut", "2026-03-28", "2026-03-29"),
        ("Asia/Beirut", "2026-10-24", "2026-10-25"),
        ("Australia/Lord_Howe", "2026-04-04", "2026-04-05"),  # by half an hour
        ("Australia/Lord_Howe", "2026-10-03", "2026-10-04"),
        ("Europe/Berlin", "2026-03-28", "2026-03-29"),
        ("Europe/Berlin", "2026-10-24", "2026-10-25"),
        ("America/New_York", "2026-03-07", "2026-03-08"),
        ("America/New_York", "2026-10-31", "2026-11-01"),
        (
            "Asia/Pyongyang",
            "2018-05-04",
            "2018-05-05",
        ),  # half an hour before midnight: the next date begins late
        ("Pacific/Apia", "2011-12-29", "2011-12-31"),  # the 30th never was
    ],
)
def test_every_minute_around_a_jump_is_due_when_clocks_show_it(zone: str, first: str, last: str) -> None:
    asked, wrong = differences(zone, dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert asked >= 2 * 24 * 60
    assert wrong == []


def test_so_is_every_minute_of_days_drawn_by_lot() -> None:
    for zone, on in drawn_days(40, seed=20261126):
        assert differences(zone, on, on)[1] == [], (zone, on)


def test_another_rule_is_told_from_ours() -> None:
    """The second of what is shown twice, or the end of a gap for everything in it."""
    autumn, spring = dt.date(2026, 10, 25), dt.date(2026, 3, 29)

    def the_second(wall: dt.datetime, zone: str) -> dt.datetime:
        return to_instant(wall, zone, second=True)

    def at_the_end_of_the_gap(wall: dt.datetime, zone: str) -> dt.datetime:
        return to_instant(wall.replace(hour=3, minute=0) if wall.hour == 2 else wall, zone)

    assert len(differences("Europe/Berlin", autumn, autumn, due=the_second)[1]) == 60
    assert differences("Europe/Berlin", spring, spring, due=the_second)[1] == []
    assert len(differences("Europe/Berlin", spring, spring, due=at_the_end_of_the_gap)[1]) == 59


def test_the_oracle_says_what_is_published() -> None:
    """trust, 3.7: a gap shifts forward, of an overlap the first, a vanished day has none."""
    for zone, wall, instant in (
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30"),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30"),
        ("Africa/Cairo", "2026-04-24 00:30", "2026-04-23 22:30"),
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30"),
    ):
        local = dt.datetime.fromisoformat(wall)
        due = due_times(zone, local.date(), local.date())[local]
        assert due == dt.datetime.fromisoformat(instant).replace(tzinfo=dt.UTC)
    gone = due_times("Pacific/Apia", dt.date(2011, 12, 30), dt.date(2011, 12, 30))
    assert set(gone.values()) == {None}


@contextlib.contextmanager
def another_database(tmp_path: Path, *, zone: str, as_in: str) -> Iterator[None]:
    """While this lasts, clocks in `zone` go as in another: a database whose rules of it have changed."""
    file = tmp_path / zone
    file.parent.mkdir(parents=True)
    file.write_bytes(written_rules(as_in))
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=[str(tmp_path), *before])
    forget_zones()
    try:
        yield
    finally:
        zoneinfo.reset_tzpath(to=before)
        forget_zones()


def written_rules(zone: str) -> bytes:
    for folder in zoneinfo.TZPATH:
        if Path(folder, zone).exists():
            return Path(folder, zone).read_bytes()
    return resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()


def forget_zones() -> None:
    """As in a process that starts."""
    zoneinfo.ZoneInfo.clear_cache()
    exists.cache_clear()


@pytest.mark.parametrize(("as_in", "hours_later"), [("America/Chicago", 1), ("America/Halifax", -1)])
def test_a_day_is_planned_by_the_rules_that_hold_when_it_comes(
    cast: Cast, tmp_path: Path, as_in: str, hours_later: int
) -> None:
    """A rule looks a day ahead, and is planned six hours before: a new database in between is heeded."""
    tuesday = coming(TUESDAY)
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(tuesday, "00:30"))
    due, planned = at(tuesday, "18:30"), at(tuesday, "13:00")
    with another_database(tmp_path, zone="America/New_York", as_in=as_in):
        assert plan(planned) == 2
        told = set(ReminderDelivery.objects.values_list("due_at", flat=True))
    assert told == {due + dt.timedelta(hours=hours_later)}
