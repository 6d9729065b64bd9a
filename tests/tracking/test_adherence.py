"""Adherence by the published vectors, from weeks as given and again from a calendar."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from tests.data import OUTCOMES
from tracking.adherence import (
    Adherence,
    Bucket,
    CountedSession,
    Prescribed,
    Scored,
    Week,
    adherence,
    summed,
)
from tracking.dose import Given
from tracking.schedule import Pause, Schedule
from tracking.vocabulary.programs import FrequencyPer, SessionOutcome, Weekday

MONDAY = date(2026, 3, 2)
VECTORS = OUTCOMES["adherence"]


def given_of(session: Any) -> Given:
    match session:
        case "done":
            return Given(SessionOutcome.DONE)
        case "declined":
            return Given(SessionOutcome.DECLINED)
        case {"stopped_steps": [done, every]}:
            return Given(SessionOutcome.STOPPED, done_seconds=done, all_seconds=every)
        case {"minutes": minutes}:
            return Given(SessionOutcome.DONE, minutes=minutes)
        case minutes:
            return Given(SessionOutcome.DONE, minutes=minutes)


def bucket(slots: Fraction | int, minutes: float, sessions: list[Any]) -> Bucket:
    scored = tuple(Scored(given_of(session), minutes) for session in sessions)
    return Bucket(Fraction(slots), float(slots) * minutes, scored)


def from_weeks(weeks: list[dict[str, Any]]) -> Adherence:
    made = []
    for number, week in enumerate(weeks, start=1):
        if "per_day" in week:
            empty = [[]] * (week["eligible"] - len(week["sessions_by_day"]))
            buckets = [bucket(week["per_day"], week["d"], day) for day in week["sessions_by_day"] + empty]
        elif "named_days" in week:
            buckets = [bucket(week["eligible_named"], week["d"], week["sessions"])]
        else:
            slots = Fraction(week["f"] * week["eligible"], 7)
            buckets = [bucket(slots, week["d"], week["sessions"])]
        made.append(Week(number, tuple(buckets)))
    return summed(made)


def from_calendar(weeks: list[dict[str, Any]]) -> Adherence:
    """The same story on real days: a program from a Monday on, its paused weeks as pauses."""
    first = weeks[0]
    last = MONDAY + timedelta(weeks=len(weeks) - 1, days=6)
    sessions: list[CountedSession] = []
    pauses: list[Pause] = []
    if "per_day" in first:
        last = MONDAY + timedelta(days=first["eligible"] - 1)
        schedule = Schedule(FrequencyPer.DAY, first["per_day"], MONDAY)
        for number, day in enumerate(first["sessions_by_day"]):
            sessions += [CountedSession(MONDAY + timedelta(days=number), given_of(one)) for one in day]
    elif "named_days" in first:
        days = frozenset(Weekday(name).number for name in first["named_days"])
        schedule = Schedule(FrequencyPer.NAMED_DAYS, 1, MONDAY, weekdays=days)
        for one in first["sessions"]:
            sessions.append(CountedSession(MONDAY + timedelta(Weekday(one["day"]).number), given_of(one)))
    else:
        schedule = Schedule(FrequencyPer.WEEK, first["f"], MONDAY)
        for number, week in enumerate(weeks):
            start = MONDAY + timedelta(weeks=number)
            if not week["eligible"]:
                pauses.append(Pause(start, start + timedelta(days=6)))
            sessions += [
                CountedSession(start + timedelta(days=place % 7), given_of(one))
                for place, one in enumerate(week["sessions"])
            ]
    return adherence(
        prescribed=[Prescribed(schedule, first["d"])],
        sessions=sessions,
        started_on=MONDAY,
        until=last,
        pauses=pauses,
    )


@pytest.mark.parametrize("source", [from_weeks, from_calendar])
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_adherence_follows_the_vectors(vector: dict[str, Any], source: Any) -> None:
    result: Adherence = source(vector["input"])
    seen = {
        "prescribed_sessions": result.prescribed_sessions,
        "session_credit": result.session_credit,
        "capped": result.capped_ratio,
        "uncapped": result.uncapped_ratio,
        "dose_minutes": result.dose_minutes,
        "dose_ratio": result.dose_ratio,
        "offered_capped": result.offered_ratio,
        "weeks_meeting_target": result.weeks_on_target,
        "weekly_capped": [week.capped_ratio for week in result.weeks],
        "dose_sessions_timed": result.timed_count,
        "untimed": result.untimed_count,
    }
    for name, expected in vector["expected"].items():
        if isinstance(expected, list):
            assert len(seen[name]) == len(expected)
            for value, wanted in zip(seen[name], expected, strict=True):
                assert value == (None if wanted is None else pytest.approx(wanted, abs=5e-5))
        else:
            assert seen[name] == pytest.approx(expected, abs=5e-5), name


@pytest.mark.parametrize("name", ["untimed_done", "stopped_untimed"])
def test_one_untimed_session_leaves_no_dose_ratio(name: str) -> None:
    vector = next(vector for vector in VECTORS if vector["name"] == name)
    assert from_weeks(vector["input"]).dose_ratio is None


def every_evening(*, minutes: float | None = 5, last: date | None = None) -> Prescribed:
    return Prescribed(Schedule(FrequencyPer.DAY, 1, MONDAY, last), minutes)


def on(day: int, outcome: SessionOutcome = SessionOutcome.DONE, **known: Any) -> CountedSession:
    zone = known.pop("zone", None)
    return CountedSession(MONDAY + timedelta(days=day), Given(outcome, **known), zone)


def test_a_program_paused_throughout_is_not_prescribed_rather_than_zero() -> None:
    result = adherence(
        prescribed=[every_evening()],
        sessions=[],
        started_on=MONDAY,
        until=MONDAY + timedelta(days=6),
        pauses=[Pause(MONDAY)],
    )
    assert not result.is_prescribed
    assert (result.capped_ratio, result.offered_ratio, result.dose_ratio) == (None, None, None)
    assert result.completeness_ratio is None
    assert result.weeks_on_target == 0


def test_paused_and_excused_days_leave_the_denominator() -> None:
    result = adherence(
        prescribed=[every_evening()],
        sessions=[on(0, minutes=5), on(1, minutes=5)],
        started_on=MONDAY,
        until=MONDAY + timedelta(days=6),
        pauses=[Pause(MONDAY + timedelta(days=2), MONDAY + timedelta(days=3))],
        excused=[MONDAY + timedelta(days=4)],
    )
    assert result.eligible_days == 4
    assert result.capped_ratio == 0.5


def test_program_weeks_run_from_the_day_of_the_start() -> None:
    thursday = MONDAY + timedelta(days=3)
    result = adherence(
        prescribed=[Prescribed(Schedule(FrequencyPer.WEEK, 5, thursday), 20)],
        sessions=[],
        started_on=thursday,
        until=thursday + timedelta(days=9),
    )
    assert [week.prescribed for week in result.weeks] == [5, pytest.approx(15 / 7)]
    assert [week.is_complete for week in result.weeks] == [True, False]


def test_a_change_of_prescription_is_counted_by_each_in_its_own_days() -> None:
    change = MONDAY + timedelta(days=7)
    result = adherence(
        prescribed=[
            Prescribed(Schedule(FrequencyPer.WEEK, 5, MONDAY, change - timedelta(days=1)), 20),
            Prescribed(Schedule(FrequencyPer.DAY, 1, change), 10),
        ],
        sessions=[on(day, minutes=20) for day in range(5)] + [on(day, minutes=10) for day in range(7, 14)],
        started_on=MONDAY,
        until=MONDAY + timedelta(days=13),
    )
    assert result.prescribed_sessions == 12
    assert result.capped_ratio == 1
    assert result.dose_ratio == 1
    assert result.weeks_on_target == 2


def test_a_correction_within_a_week_takes_nothing_from_five_done_before_it() -> None:
    saturday = MONDAY + timedelta(days=5)
    result = adherence(
        prescribed=[
            Prescribed(Schedule(FrequencyPer.WEEK, 5, MONDAY, saturday - timedelta(days=1)), 20),
            Prescribed(Schedule(FrequencyPer.WEEK, 5, saturday), 20),
        ],
        sessions=[on(day, minutes=20) for day in range(5)],
        started_on=MONDAY,
        until=MONDAY + timedelta(days=6),
    )
    assert result.capped_ratio == 1
    assert result.weeks_on_target == 1


def test_a_session_before_the_start_counts_nowhere() -> None:
    result = adherence(
        prescribed=[every_evening()],
        sessions=[on(-1, minutes=5)],
        started_on=MONDAY,
        until=MONDAY,
    )
    assert (result.session_credit, result.offered_count, result.active_days) == (0, 0, 0)


def test_no_record_is_not_the_same_as_not_done() -> None:
    result = adherence(
        prescribed=[every_evening()],
        sessions=[on(0, minutes=5), on(1, SessionOutcome.DECLINED), on(2, SessionOutcome.NOT_TODAY)],
        started_on=MONDAY,
        until=MONDAY + timedelta(days=6),
        days_with_entry=[MONDAY + timedelta(days=day) for day in range(3)],
    )
    assert result.completeness_ratio == pytest.approx(3 / 7)
    assert result.active_days == 1
    assert result.longest_gap_days == 5
    assert result.offered_count == 2


def test_stopping_early_with_neither_minutes_nor_steps_is_offered_and_said_to_be_unmeasured() -> None:
    result = adherence(
        prescribed=[every_evening()],
        sessions=[on(0, SessionOutcome.STOPPED)],
        started_on=MONDAY,
        until=MONDAY,
    )
    assert result.offered_ratio == 1
    assert (result.session_credit, result.unmeasured_count, result.untimed_count) == (0, 1, 1)


def test_without_prescribed_minutes_done_is_one_and_stopped_is_its_steps() -> None:
    result = adherence(
        prescribed=[every_evening(minutes=None)],
        sessions=[
            on(0, minutes=2),
            on(1, SessionOutcome.STOPPED, minutes=4, done_seconds=80, all_seconds=320),
        ],
        started_on=MONDAY,
        until=MONDAY + timedelta(days=1),
    )
    assert result.session_credit == 1.25
    assert result.dose_minutes == 6
    assert result.dose_ratio is None


def test_two_in_one_evening_count_once_at_home() -> None:
    result = adherence(
        prescribed=[every_evening()],
        sessions=[on(0, minutes=5, zone="Europe/Berlin"), on(0, minutes=5, zone="Europe/Berlin")],
        started_on=MONDAY,
        until=MONDAY + timedelta(days=1),
        zone="Europe/Berlin",
    )
    assert result.capped_ratio == 0.5


def test_travel_cannot_create_a_day_without_its_massage() -> None:
    """Flying west, the evening of the second day is still the first day's date."""
    result = adherence(
        prescribed=[every_evening()],
        sessions=[
            on(0, minutes=5, zone="Pacific/Auckland"),
            on(0, minutes=5, zone="America/Los_Angeles"),
            on(2, minutes=5, zone="America/Los_Angeles"),
        ],
        started_on=MONDAY,
        until=MONDAY + timedelta(days=2),
        zone="Pacific/Auckland",
    )
    assert result.capped_ratio == 1


def test_a_date_that_vanished_takes_its_slot_from_the_day_beside_it() -> None:
    wednesday = date(2011, 12, 28)
    sessions = [
        CountedSession(date(2011, 12, day), Given(SessionOutcome.DONE, minutes=5), "Pacific/Apia")
        for day in (28, 29, 29, 31)
    ]
    result = adherence(
        prescribed=[Prescribed(Schedule(FrequencyPer.DAY, 1, wednesday), 5)],
        sessions=sessions,
        started_on=wednesday,
        until=date(2011, 12, 31),
        zone="Pacific/Apia",
    )
    assert result.capped_ratio == 1
