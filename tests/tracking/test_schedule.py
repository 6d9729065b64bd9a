"""Program weeks, pauses, due slots, staged steps."""

from datetime import date, timedelta

import pytest

from tracking.schedule import (
    Pause,
    PlannedSlot,
    Schedule,
    due_slots,
    is_open,
    program_week,
    week_days,
    weeks_in_all,
)
from tracking.vocabulary.programs import Anchor, FrequencyPer, Weekday

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
    planned = tuple(PlannedSlot(number, anchor) for number, anchor in enumerate(anchors, start=1))
    slots = due_slots(Schedule(FrequencyPer.DAY, 3, THURSDAY, slots=planned), day(1))
    assert [(slot.number, slot.anchor) for slot in slots] == list(enumerate(anchors, start=1))
    assert not any(slot.is_suggested for slot in slots)


def test_named_days_are_due_on_those_days_only() -> None:
    named = frozenset({Weekday.MONDAY.number, Weekday.THURSDAY.number})
    schedule = Schedule(FrequencyPer.NAMED_DAYS, 1, THURSDAY, weekdays=named)
    due = [number for number in range(7) if due_slots(schedule, day(number))]
    assert due == [0, 4]


def test_five_a_week_is_suggested_until_five_were_offered() -> None:
    schedule = Schedule(FrequencyPer.WEEK, 5, THURSDAY, slots=(PlannedSlot(1, Anchor.BEDTIME),))
    (slot,) = due_slots(schedule, day(2), offered_this_week=4)
    assert slot.is_suggested
    assert slot.anchor is Anchor.BEDTIME
    assert due_slots(schedule, day(2), offered_this_week=5) == ()


def test_nothing_is_due_before_the_start_after_the_end_or_in_a_pause() -> None:
    schedule = Schedule(FrequencyPer.DAY, 1, THURSDAY, day(9))
    pauses = [Pause(day(2), day(3)), Pause(day(8))]
    due = [number for number in range(-1, 12) if due_slots(schedule, day(number), pauses=pauses)]
    assert due == [0, 1, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("opens_in_week", "opens_when_taught", "week", "is_taught", "opened"),
    [
        (None, False, 1, False, True),
        (3, False, 2, True, False),
        (3, False, 3, False, True),
        (3, False, None, False, False),
        (None, True, 8, False, False),
        (None, True, 1, True, True),
        (3, True, 3, False, False),
    ],
)
def test_a_step_opens_at_once_from_its_week_or_when_it_has_been_taught(
    opens_in_week: int | None, opens_when_taught: bool, week: int | None, is_taught: bool, opened: bool
) -> None:
    assert opened is is_open(
        opens_in_week=opens_in_week, opens_when_taught=opens_when_taught, week=week, is_taught=is_taught
    )


def test_slots_without_a_routine_are_still_places_of_the_day() -> None:
    slots = due_slots(
        Schedule(FrequencyPer.DAY, 3, THURSDAY, slots=(PlannedSlot(4, Anchor.BEDTIME),)), day(0)
    )
    assert [(slot.number, slot.anchor) for slot in slots] == [(4, "bedtime"), (5, ""), (6, "")]


def test_a_frequency_asks_for_something() -> None:
    with pytest.raises(ValueError, match="at least once"):
        Schedule(FrequencyPer.DAY, 0, THURSDAY)
    with pytest.raises(ValueError, match="names at least one"):
        Schedule(FrequencyPer.NAMED_DAYS, 1, THURSDAY)
