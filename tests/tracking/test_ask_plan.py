"""What is asked by default, by age: our own proposal, told here number by number."""

from __future__ import annotations

import pytest

from tracking.ask_plan import MOST_AN_EVENING, asked_by_default, has_grown, next_change
from tracking.vocabulary.asking import ASKED_EVERY_EVENING, ASKED_WITH_A_MASSAGE, Question
from tracking.vocabulary.states import StateScale

INFANT, AROUSAL = StateScale.INFANT_STATE, StateScale.AROUSAL


@pytest.mark.parametrize(
    ("months", "asks", "scale"),
    [
        (-2, {"state_before", "state_after", "cues", "check_in"}, INFANT),
        (3, {"state_before", "state_after", "cues", "check_in"}, INFANT),
        (4, {"state_before", "state_after", "cues", "check_in", "touch"}, INFANT),
        (5, {"state_before", "state_after", "cues", "check_in", "touch"}, INFANT),
        (6, {"state_before", "state_after", "cues", "check_in", "touch", "bedtime"}, INFANT),
        (11, {"state_before", "state_after", "cues", "check_in", "touch", "bedtime"}, INFANT),
        (12, {"state_before", "state_after", "cues", "check_in", "touch", "bedtime"}, AROUSAL),
        (60, {"state_before", "state_after", "cues", "check_in", "touch", "bedtime"}, AROUSAL),
    ],
)
def test_what_is_asked_follows_the_age_that_counts(months: int, asks: set[str], scale: StateScale) -> None:
    asked = asked_by_default(months)
    assert (asked.questions, asked.scale) == (asks, scale)


def test_no_age_is_asked_more_than_a_tired_parent_answers() -> None:
    for months in range(-4, 73):
        asked = asked_by_default(months)
        assert sum(asked.asks(one) for one in ASKED_EVERY_EVENING) <= MOST_AN_EVENING


def test_what_is_left_out_is_named_in_the_order_it_would_be_asked() -> None:
    asked = asked_by_default(3)
    assert asked.leaves_out([Question.TOUCH, Question.CUES, Question.BEDTIME]) == ("touch", "bedtime")
    assert asked.leaves_out(ASKED_WITH_A_MASSAGE) == ()


def test_a_child_grows_from_one_default_into_the_next() -> None:
    found = []
    months = -3
    while (later := next_change(months)) is not None:
        months, _ = later
        found.append(months)
    assert found == [4, 6, 12]
    assert has_grown(then_months=5, now_months=6)
    assert not has_grown(then_months=6, now_months=11)
