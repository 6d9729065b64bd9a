"""Which slot of the day a session fills."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from tracking.slots import DaySlot, Placed, SlotKey, fill, part_of_day, usual_part
from tracking.vocabulary.programs import PartOfDay

DAY = date(2026, 11, 20)
MIDNIGHT = datetime(2026, 11, 20, tzinfo=UTC)
MORNING, MIDDAY, EVENING = (SlotKey(DAY, number) for number in (1, 2, 3))
THREE_A_DAY = [
    DaySlot(MORNING, MIDNIGHT + timedelta(hours=8), PartOfDay.MORNING),
    DaySlot(MIDDAY, MIDNIGHT + timedelta(hours=12), PartOfDay.MIDDAY),
    DaySlot(EVENING, MIDNIGHT + timedelta(hours=19), PartOfDay.EVENING),
]


def at(number: int, hour: float, names: SlotKey | None = None) -> Placed:
    return Placed(UUID(int=number), DAY, MIDNIGHT + timedelta(hours=hour), names)


def in_the(number: int, part: PartOfDay) -> Placed:
    return Placed(UUID(int=number), DAY, None, part=part)


def filled(*sessions: Placed, slots: list[DaySlot] = THREE_A_DAY) -> list[SlotKey | None]:
    answer = fill(slots, sessions)
    return [answer[session.id] for session in sessions]


def test_a_session_fills_the_slot_it_names_whenever_it_was() -> None:
    assert filled(at(1, 19, MORNING)) == [MORNING]


def test_a_session_naming_none_fills_the_nearest_unfilled_slot_within_three_hours() -> None:
    assert filled(at(1, 8.5)) == [MORNING]
    assert filled(at(1, 22)) == [EVENING]
    assert filled(at(1, 22.1)) == [None]
    assert filled(at(1, 8), at(2, 9)) == [MORNING, MIDDAY]
    assert filled(at(1, 8, MORNING), at(2, 8.5)) == [MORNING, None]


def test_of_two_equally_near_slots_the_earlier_is_filled() -> None:
    assert filled(at(1, 10)) == [MORNING]


def test_the_first_to_start_chooses_first_whatever_came_first() -> None:
    assert filled(at(1, 12), at(2, 9.9)) == [MIDDAY, MORNING]
    assert filled(at(2, 9.9), at(1, 12)) == [MORNING, MIDDAY]


def test_a_session_of_another_day_or_without_a_time_counts_for_its_day_only() -> None:
    other_day = Placed(UUID(int=1), DAY + timedelta(days=1), MIDNIGHT + timedelta(hours=19))
    day_only = Placed(UUID(int=2), DAY, None)
    assert filled(other_day, day_only) == [None, None]


def test_a_slot_without_a_clock_time_is_filled_by_name_only() -> None:
    untimed = [DaySlot(EVENING, None)]
    assert filled(at(1, 19), slots=untimed) == [None]
    assert filled(at(1, 19, EVENING), slots=untimed) == [EVENING]


def test_a_slot_that_is_not_there_cannot_be_named() -> None:
    assert filled(at(1, 19, SlotKey(DAY, 7))) == [EVENING]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 23), st.none() | st.sampled_from([MORNING, MIDDAY, EVENING])), max_size=6
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_arrival_decides_nothing(
    hours: list[tuple[int, SlotKey | None]], shuffler: object
) -> None:
    sessions = [at(number, hour, names) for number, (hour, names) in enumerate(hours)]
    shuffled = list(sessions)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fill(THREE_A_DAY, sessions) == fill(THREE_A_DAY[::-1], shuffled)


def test_a_session_told_by_its_part_of_the_day_fills_the_first_unfilled_slot_of_that_part() -> None:
    assert filled(in_the(1, PartOfDay.EVENING)) == [EVENING]
    assert filled(in_the(1, PartOfDay.EVENING), at(2, 20)) == [None, EVENING]
    assert filled(in_the(1, PartOfDay.NIGHT)) == [None]


def test_a_slot_is_in_the_part_of_its_clock_time_else_of_its_routine() -> None:
    for clock, part in (("04:59", "night"), ("05:00", "morning"), ("13:59", "midday"), ("22:00", "night")):
        assert part_of_day(time.fromisoformat(clock)) == part
    assert usual_part("bedtime", time(13)) == PartOfDay.MIDDAY
    assert usual_part("bedtime", None) == PartOfDay.EVENING
    assert usual_part("diaper_change", None) is None
