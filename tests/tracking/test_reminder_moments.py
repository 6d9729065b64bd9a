"""When a reminder is due, expires, stays quiet and is tried again. Vectors: trust, 3.7."""

from __future__ import annotations

import datetime as dt

import pytest

from tracking.reminders import moments


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30"),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30"),
        ("Africa/Cairo", "2026-04-24 00:30", "2026-04-23 22:30"),
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30"),
    ],
)
def test_a_skipped_wall_time_shifts_forward_and_a_doubled_one_is_the_first(
    zone: str, wall: str, instant: str
) -> None:
    local = dt.datetime.fromisoformat(wall)
    due = moments.due_at(on=local.date(), at=local.time(), zone=zone)
    assert due == dt.datetime.fromisoformat(instant).replace(tzinfo=dt.UTC)


def test_a_vanished_day_has_no_reminder() -> None:
    assert moments.due_at(on=dt.date(2011, 12, 30), at=dt.time(18, 30), zone="Pacific/Apia") is None
    assert moments.due_at(on=dt.date(2011, 12, 31), at=dt.time(18, 30), zone="Pacific/Apia") is not None


def expiry(zone: str, wall: str) -> str:
    local = dt.datetime.fromisoformat(wall)
    due = moments.due_at(on=local.date(), at=local.time(), zone=zone)
    assert due is not None
    return moments.expires_at(due=due, on=local.date(), zone=zone).isoformat()


def test_a_reminder_expires_after_three_hours_or_at_the_end_of_its_day() -> None:
    assert expiry("America/New_York", "2026-06-01 18:30") == "2026-06-02T01:30:00+00:00"
    assert expiry("America/New_York", "2026-06-01 22:30") == "2026-06-02T04:00:00+00:00"
    assert expiry("America/New_York", "2026-06-01 23:59") == "2026-06-02T04:09:00+00:00"


def test_waits_grow_and_are_never_shorter_than_asked_for() -> None:
    for number, minutes in ((2, 1), (3, 3), (4, 9), (5, 27)):
        waits = [moments.wait_before_try(number) for _ in range(200)]
        assert dt.timedelta() <= min(waits)
        assert max(waits) <= dt.timedelta(minutes=minutes)
        assert len(set(waits)) > 100
    asked = dt.timedelta(minutes=10)
    assert moments.wait_before_try(2, asked_for=asked) == asked
