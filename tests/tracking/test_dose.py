"""Minutes of a pass, of a session, and what a session is worth."""

import pytest

from tracking.dose import Given, StepTime, credit, dose, one_pass_seconds, rounds_needed
from tracking.vocabulary.body import SecondsBasis, Side
from tracking.vocabulary.programs import SessionOutcome

PER_SIDE = SecondsBasis.PER_SIDE


def test_a_step_counted_per_side_takes_twice_as_long_unless_one_side_is_named() -> None:
    assert StepTime(30).pass_seconds == 30
    assert StepTime(30, PER_SIDE).pass_seconds == 60
    assert StepTime(30, PER_SIDE, Side.BOTH).pass_seconds == 60
    assert StepTime(30, PER_SIDE, Side.LEFT).pass_seconds == 30


def test_one_pass_adds_up_and_rounds_fill_the_minutes() -> None:
    steps = [StepTime(30), StepTime(30, PER_SIDE), StepTime(20, PER_SIDE)]
    assert one_pass_seconds(steps) == 130
    assert rounds_needed(minutes=2, pass_seconds=130) == 1
    assert rounds_needed(minutes=5, pass_seconds=130) == 3
    assert rounds_needed(minutes=20, pass_seconds=0) == 1


@pytest.mark.parametrize(
    ("given", "prescribed", "worth"),
    [
        (Given(SessionOutcome.DONE, minutes=20), 20, 1),
        (Given(SessionOutcome.DONE, minutes=30), 20, 1),
        (Given(SessionOutcome.DONE, minutes=5), 20, 0.25),
        (Given(SessionOutcome.DONE, minutes=5), None, 1),
        (Given(SessionOutcome.DONE), 20, 1),
        (Given(SessionOutcome.STOPPED, done_seconds=80, all_seconds=320), 20, 0.25),
        (Given(SessionOutcome.STOPPED, minutes=10, done_seconds=80, all_seconds=320), 20, 0.5),
        (Given(SessionOutcome.STOPPED, minutes=10, done_seconds=80, all_seconds=320), None, 0.25),
        (Given(SessionOutcome.STOPPED), 20, None),
        (Given(SessionOutcome.STOPPED, done_seconds=80, all_seconds=0), 20, None),
        (Given(SessionOutcome.DECLINED), 20, 0),
        (Given(SessionOutcome.NOT_TODAY), 20, 0),
    ],
)
def test_a_session_is_worth_its_minutes_or_its_steps(
    given: Given, prescribed: float | None, worth: float | None
) -> None:
    assert credit(given, prescribed_minutes=prescribed) == worth


def test_the_dose_counts_what_was_timed_among_what_was_begun() -> None:
    delivered = dose(
        [
            Given(SessionOutcome.DONE, minutes=10),
            Given(SessionOutcome.DONE),
            Given(SessionOutcome.STOPPED, minutes=2.5),
            Given(SessionOutcome.DECLINED),
            Given(SessionOutcome.NOT_TODAY),
        ]
    )
    assert (delivered.minutes, delivered.timed_count, delivered.untimed_count) == (12.5, 2, 1)
    assert delivered.begun_count == 3
