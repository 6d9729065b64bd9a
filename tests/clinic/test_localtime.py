"""Zone arithmetic at the edges of the calendar: clock changes, midnight, a vanished day."""

# ruff: noqa: DTZ001, walls have no zone on purpose

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.localtime import day_bounds, exists, is_zone, local_day, local_wall, night_of, to_instant

ZONES = (
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "America/St_Johns",
)
walls = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2037, 12, 31))
instants = st.datetimes(
    min_value=datetime(1990, 1, 1), max_value=datetime(2037, 12, 31), timezones=st.just(UTC)
)
zones = st.sampled_from(ZONES)


@pytest.mark.parametrize(
    ("zone", "local", "instant"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30Z"),
        ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:30Z"),
        ("Africa/Cairo", "2026-04-24T00:30", "2026-04-23T22:30Z"),
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30Z"),
        ("Europe/Berlin", "2026-07-01T19:45", "2026-07-01T17:45Z"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00Z"),
    ],
)
def test_a_gap_shifts_forward_and_an_overlap_takes_the_first(zone: str, local: str, instant: str) -> None:
    assert to_instant(datetime.fromisoformat(local), zone) == datetime.fromisoformat(instant)


def test_the_second_of_two_like_hours_can_be_asked_for() -> None:
    twice = datetime(2026, 10, 25, 2, 30)
    assert to_instant(twice, "Europe/Berlin", second=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_asking_for_the_second_changes_nothing_where_there_is_none() -> None:
    for local in (datetime(2026, 3, 29, 2, 30), datetime(2026, 7, 1, 19, 45)):
        assert to_instant(local, "Europe/Berlin", second=True) == to_instant(local, "Europe/Berlin")


def test_a_wall_time_with_a_zone_and_an_instant_without_one_are_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        to_instant(datetime(2026, 1, 1, tzinfo=UTC), "UTC")
    with pytest.raises(ValueError, match="needs an offset"):
        local_day(datetime(2026, 1, 1), "UTC")


@pytest.mark.parametrize(
    ("zone", "instant", "night"),
    [
        ("America/New_York", "2024-05-01T23:45Z", "2024-05-01"),
        ("Europe/London", "2024-05-01T23:20Z", "2024-05-01"),
        ("Europe/London", "2024-05-02T10:59Z", "2024-05-01"),
        ("Europe/London", "2024-05-02T11:00Z", "2024-05-02"),
        ("Pacific/Apia", "2011-12-30T12:00Z", "2011-12-29"),
    ],
)
def test_a_night_belongs_to_its_evening_until_the_next_noon(zone: str, instant: str, night: str) -> None:
    assert night_of(datetime.fromisoformat(instant), zone) == date.fromisoformat(night)


def test_apia_never_had_the_thirtieth_of_december_2011() -> None:
    assert not exists(date(2011, 12, 30), "Pacific/Apia")
    assert exists(date(2011, 12, 29), "Pacific/Apia")
    assert exists(date(2011, 12, 31), "Pacific/Apia")
    assert (
        day_bounds(date(2011, 12, 29), "Pacific/Apia")[1] == day_bounds(date(2011, 12, 31), "Pacific/Apia")[0]
    )


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", "2026-03-29", 23),
        ("Europe/Berlin", "2026-10-25", 25),
        ("Europe/Berlin", "2026-07-01", 24),
        ("Africa/Cairo", "2026-04-24", 23),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
    ],
)
def test_a_day_is_as_long_as_its_clocks_make_it(zone: str, day: str, hours: float) -> None:
    start, end = day_bounds(date.fromisoformat(day), zone)
    assert end - start == timedelta(hours=hours)


def test_zones_are_places_on_the_list() -> None:
    assert is_zone("Europe/Berlin")
    assert is_zone("UTC")
    for name in ("", "Europe/Bielefeld", "../etc/passwd", "localtime", "Factory", "europe\x00"):
        assert not is_zone(name)


@settings(deadline=None)
@given(instants, zones)
def test_an_instant_survives_its_wall_time_or_comes_back_as_the_first_of_two(
    instant: datetime, zone: str
) -> None:
    wall = local_wall(instant, zone)
    assert instant in {to_instant(wall, zone), to_instant(wall, zone, second=True)}
    assert to_instant(wall, zone) <= instant


@settings(deadline=None)
@given(walls, zones)
def test_a_wall_time_survives_its_instant_or_is_shifted_forward(wall: datetime, zone: str) -> None:
    back = local_wall(to_instant(wall, zone), zone)
    assert back >= wall
    assert back == wall or local_wall(to_instant(back, zone), zone) == back


@settings(deadline=None)
@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2037, 12, 30)), zones)
def test_days_follow_one_another_without_a_hole(day: date, zone: str) -> None:
    start, end = day_bounds(day, zone)
    assert start <= end
    assert end == day_bounds(day + timedelta(days=1), zone)[0]
    if exists(day, zone):
        assert local_day(start, zone) == day
