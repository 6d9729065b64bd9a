"""Two caregivers, one massage: counted once, the same one whatever came first."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracking.duplicates import Logged, counted_ids, groups, may_be_same, possible_duplicates

EVENING = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def uid(number: int) -> UUID:
    return UUID(int=number)


def logged(number: int, start: float, minutes: float | None = None, steps: int = 0) -> Logged:
    started_at = EVENING + timedelta(minutes=start)
    ended_at = None if minutes is None else started_at + timedelta(minutes=minutes)
    return Logged(uid(number), started_at, ended_at, minutes, steps)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (logged(1, 0), logged(2, 20), True),
        (logged(1, 0), logged(2, 20.1), False),
        (logged(1, 0, 30), logged(2, 29, 10), True),
        (logged(1, 0, 30), logged(2, 30, 10), False),
        (logged(1, 0, 60), logged(2, 25), True),
        (logged(1, 0), Logged(uid(2), None), False),
    ],
)
def test_overlapping_intervals_and_starts_within_20_minutes_may_be_the_same(
    one: Logged, other: Logged, same: bool
) -> None:
    assert may_be_same(one, other) is same
    assert may_be_same(other, one) is same


def test_the_longest_counts_then_most_steps_then_the_smallest_id() -> None:
    assert counted_ids([logged(1, 0, 5), logged(2, 3, 9), logged(3, 4)]) == {uid(2)}
    assert counted_ids([logged(1, 0, 5, steps=3), logged(2, 3, 5, steps=7)]) == {uid(2)}
    assert counted_ids([logged(2, 0), logged(1, 3)]) == {uid(1)}


def test_a_chain_is_one_group_and_counts_once() -> None:
    chain = [logged(1, 0), logged(2, 15), logged(3, 30)]
    assert [group.ids for group in groups(chain)] == [(uid(1), uid(2), uid(3))]
    assert len(counted_ids(chain)) == 1
    assert possible_duplicates(chain) == {uid(1), uid(2), uid(3)}


def test_sessions_far_apart_or_known_by_their_day_only_are_their_own() -> None:
    alone = [logged(1, 0, 10), logged(2, 120, 10), Logged(uid(3), None), Logged(uid(4), None)]
    assert counted_ids(alone) == {uid(1), uid(2), uid(3), uid(4)}
    assert possible_duplicates(alone) == frozenset()


def test_an_answer_that_they_were_two_sessions_counts_both() -> None:
    apart = [frozenset({uid(1), uid(2)})]
    pair = [logged(1, 0, 10), logged(2, 5, 10)]
    assert counted_ids(pair, answered_apart=apart) == {uid(1), uid(2)}
    assert possible_duplicates(pair, answered_apart=apart) == frozenset()


def test_an_answer_about_two_leaves_the_third_a_possible_duplicate_of_either() -> None:
    apart = [frozenset({uid(1), uid(2)})]
    three = [logged(1, 0, 10), logged(2, 5, 9), logged(3, 7, 2)]
    (group,) = groups(three, answered_apart=apart)
    assert set(group.counted) == {uid(1), uid(2)}
    assert group.others == (uid(3),)


sessions_of_a_day = st.lists(
    st.tuples(st.integers(0, 300), st.none() | st.integers(0, 90), st.integers(0, 3)), max_size=8
).map(
    lambda days: [
        logged(number, start, minutes, steps) for number, (start, minutes, steps) in enumerate(days, start=1)
    ]
)


@settings(deadline=None)
@given(
    sessions_of_a_day,
    st.randoms(use_true_random=False),
    st.sets(st.tuples(st.integers(1, 8), st.integers(1, 8))),
)
def test_the_order_of_arrival_decides_nothing(
    sessions: list[Logged], shuffler: object, pairs: set[tuple[int, int]]
) -> None:
    apart = [frozenset({uid(one), uid(other)}) for one, other in pairs if one != other]
    before = groups(sessions, answered_apart=apart)
    shuffled = list(sessions)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    assert groups(shuffled, answered_apart=apart[::-1]) == before


@settings(deadline=None)
@given(sessions_of_a_day)
def test_every_session_is_in_one_group_and_every_pair_that_may_be_one_is_in_the_same(
    sessions: list[Logged],
) -> None:
    made = groups(sessions)
    assert sorted(one for group in made for one in group.ids) == sorted(one.id for one in sessions)
    group_of = {one: group for group in made for one in group.ids}
    for one in sessions:
        assert len(group_of[one.id].counted) == 1
        for other in sessions:
            if may_be_same(one, other):
                assert group_of[one.id] is group_of[other.id]
