"""Program weeks, pauses, due slots, staged steps."""

from datetime import date, timedelta

import pytest

from tracking.schedule import (
    Opening,
    Pause,
    Schedule,
    due_slots,
    is_open,
    program_week,
    week_days,
    weeks_in_all,
)
from tracking.vocabulary.programs import Anchor, FrequencyPer, StepOpening, Weekday

THURSDAY = date(2026, 3, 5)


def day(number: int) -> date:
    return THURSDAY + timedelta(days=number)


def test_program_weeks_count_from_the_start() -> None:
    weeks = [program_week(started_on=THURSDAY, day=day(number)) for number in (-1, 0, 6, 7, 55)]
    assert weeks == [None, 1, 1, 2, 8]
    assert week_days(started_on=THURSDAY, week=2) == tuple(day(number) for number in range(7, 14))
    assert weeks_in_all(started_on=THURSDAY, last=day(55)) == 8


def test_three_times_a_day_is_three_slots_in_the_order_of_their_anchors() -> None:
    anchors = (Anchor.MORNING, Anchor.MIDDAY, Anchor.BEDTIME)
    slots = due_slots(Schedule(FrequencyPer.DAY, 3, THURSDAY, anchors=anchors), day(1))
    assert [(slot.index, slot.anchor) for slot in slots] == list(enumerate(anchors))
    assert not any(slot.is_suggested for slot in slots)


def test_named_days_are_due_on_those_days_only() -> None:
    named = frozenset({Weekday.MONDAY, Weekday.THURSDAY})
    schedule = Schedule(FrequencyPer.NAMED_DAYS, 1, THURSDAY, named_days=named)
    due = [number for number in range(7) if due_slots(schedule, day(number))]
    assert due == [0, 4]


def test_five_a_week_is_suggested_until_five_were_offered() -> None:
    schedule = Schedule(FrequencyPer.WEEK, 5, THURSDAY, anchors=(Anchor.BEDTIME,))
    (slot,) = due_slots(schedule, day(2), offered_this_week=4)
    assert slot.is_suggested
    assert slot.anchor is Anchor.BEDTIME
    assert due_slots(schedule, day(2), offered_this_week=5) == ()


def test_nothing_is_due_before_the_start_after_the_end_or_in_a_pause() -> None:
    schedule = Schedule(FrequencyPer.DAY, 1, THURSDAY, day(9))
    pauses = [Pause(day(2), day(3)), Pause(day(8))]
    due = [number for number in range(-1, 12) if due_slots(schedule, day(number), pauses=pauses)]
    assert due == [0, 1, 4, 5, 6, 7]


def test_a_step_opens_at_once_from_its_week_or_when_it_has_been_taught() -> None:
    third_week = Opening(StepOpening.FROM_WEEK, 3)
    taught = Opening(StepOpening.WHEN_TAUGHT)
    assert is_open(Opening(), week=1, is_taught=False)
    assert not is_open(third_week, week=2, is_taught=True)
    assert is_open(third_week, week=3, is_taught=False)
    assert not is_open(third_week, week=None, is_taught=False)
    assert not is_open(taught, week=8, is_taught=False)
    assert is_open(taught, week=1, is_taught=True)


def test_a_frequency_asks_for_something() -> None:
    with pytest.raises(ValueError, match="at least once"):
        Schedule(FrequencyPer.DAY, 0, THURSDAY)
    with pytest.raises(ValueError, match="names at least one"):
        Schedule(FrequencyPer.NAMED_DAYS, 1, THURSDAY)
