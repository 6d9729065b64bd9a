"""Clinic hours: when somebody has to have looked, also across closures and both changes of the clocks."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tracking.response_times import MOST_MINUTES, RESPONSES, USUAL_HOURS, Closure, OpenHours, due_at
from tracking.vocabulary.concerns import Severity

BERLIN = "Europe/Berlin"
NEW_YORK = "America/New_York"


def at(told: str, zone: str = NEW_YORK) -> dt.datetime:
    return dt.datetime.fromisoformat(told).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


# 2026-11-20 is a Friday.
@pytest.mark.parametrize(
    ("asked", "minutes", "due"),
    [
        ("2026-11-20T10:00", 120, "2026-11-20T12:00"),
        ("2026-11-20T15:00", 120, "2026-11-20T17:00"),
        ("2026-11-20T16:00", 120, "2026-11-23T10:00"),
        ("2026-11-20T23:30", 30, "2026-11-23T09:30"),
        ("2026-11-21T03:00", 480, "2026-11-23T17:00"),
        ("2026-11-20T08:00", 0, "2026-11-20T09:00"),
        ("2026-11-20T12:00", 24 * 60, "2026-11-25T12:00"),
    ],
)
def test_minutes_pass_while_the_clinic_is_open(asked: str, minutes: int, due: str) -> None:
    assert due_at(at(asked), minutes=minutes, hours=USUAL_HOURS, zone=NEW_YORK) == at(due)


def test_days_on_which_the_clinic_is_closed_are_passed_over() -> None:
    holidays = [
        Closure(dt.date(2026, 12, 24), dt.date(2027, 1, 1)),
        Closure(dt.date(2027, 1, 4), dt.date(2027, 1, 4)),
    ]
    asked = at("2026-12-23T16:30")
    assert due_at(asked, minutes=30, hours=USUAL_HOURS, closures=holidays, zone=NEW_YORK) == at(
        "2026-12-23T17:00"
    )
    assert due_at(asked, minutes=31, hours=USUAL_HOURS, closures=holidays, zone=NEW_YORK) == at(
        "2027-01-05T09:01"
    )


def test_a_lunch_hour_is_not_counted() -> None:
    hours = [OpenHours(4, dt.time(13), dt.time(15)), OpenHours(4, dt.time(9), dt.time(12))]
    assert due_at(at("2026-11-20T11:30"), minutes=60, hours=hours, zone=NEW_YORK) == at("2026-11-20T13:30")
    assert due_at(at("2026-11-20T12:30"), minutes=60, hours=hours, zone=NEW_YORK) == at("2026-11-20T14:00")


@pytest.mark.parametrize(
    ("asked", "minutes", "due_utc"),
    [
        # Berlin, 29 March 2026: 02:00 to 03:00 does not exist, so 01:00 to 05:00 lasts three hours.
        ("2026-03-29T01:00", 120, "2026-03-29T02:00"),
        ("2026-03-29T01:00", 180, "2026-03-29T03:00"),
        ("2026-03-29T01:00", 181, "2026-04-04T23:01"),
        # Berlin, 25 October 2026: 02:00 to 03:00 comes twice, so 01:00 to 05:00 lasts five hours.
        ("2026-10-25T01:00", 120, "2026-10-25T01:00"),
        ("2026-10-25T01:00", 300, "2026-10-25T04:00"),
        ("2026-10-25T01:00", 301, "2026-11-01T00:01"),
    ],
)
def test_an_hour_the_clocks_skip_is_not_counted_and_one_shown_twice_is_counted_twice(
    asked: str, minutes: int, due_utc: str
) -> None:
    sundays = [OpenHours(6, dt.time(1), dt.time(5))]
    due = due_at(at(asked, BERLIN), minutes=minutes, hours=sundays, zone=BERLIN)
    assert due == dt.datetime.fromisoformat(due_utc).replace(tzinfo=dt.UTC)


def test_over_a_weekend_with_a_clock_change_the_wall_time_is_kept() -> None:
    for asked, due in (("2026-03-06T16:00", "2026-03-09T10:00"), ("2026-10-30T16:00", "2026-11-02T10:00")):
        assert due_at(at(asked), minutes=120, hours=USUAL_HOURS, zone=NEW_YORK) == at(due)


def test_a_clinic_that_does_not_open_promises_nothing() -> None:
    assert due_at(at("2026-11-20T10:00"), minutes=5, hours=[], zone=NEW_YORK) is None
    shut = [Closure(dt.date(2026, 1, 1), dt.date(2028, 1, 1))]
    assert due_at(at("2026-11-20T10:00"), minutes=5, hours=USUAL_HOURS, closures=shut, zone=NEW_YORK) is None


def test_the_graver_a_flag_the_sooner_it_is_looked_at() -> None:
    in_order = [RESPONSES[severity].within_minutes for severity in Severity]
    assert in_order == sorted(in_order)
    assert all(RESPONSES[severity].within_minutes <= MOST_MINUTES[severity] for severity in Severity)
