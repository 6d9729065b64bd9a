"""Rules that raise a flag, on both sides of their thresholds."""

from datetime import date, timedelta

import pytest

from tracking.precautions import Conflict
from tracking.red_flags import (
    SEVERITIES,
    SessionEnd,
    TouchEvent,
    contra_conflict,
    cried_afterwards,
    distress_run,
    low_dose,
    silence,
    sleep_worse,
    tactile_regression,
)
from tracking.schedule import Pause
from tracking.sleep import AtLeast
from tracking.thresholds import Thresholds
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.reasons import ConflictHow, ConflictReason
from tracking.vocabulary.states import EndedBy

TODAY = date(2026, 11, 20)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_every_flag_has_its_severity() -> None:
    assert set(SEVERITIES) == set(FlagCode)
    assert SEVERITIES[FlagCode.FEVER_YOUNG] is Severity.EMERGENCY
    assert SEVERITIES[FlagCode.NO_LOGS] is Severity.FOLLOW_UP


@pytest.mark.parametrize(
    ("last", "days", "reminder", "flag"),
    [
        (1, 0, False, False),
        (4, 3, False, False),
        (5, 4, True, False),
        (7, 6, True, False),
        (8, 7, True, True),
    ],
)
def test_four_quiet_days_remind_the_family_and_seven_tell_the_therapist(
    last: int, days: int, reminder: bool, flag: bool
) -> None:
    quiet = silence(last_entry_on=ago(last), started_on=ago(30), today=TODAY)
    assert (quiet.days, quiet.is_reminder_due, quiet.flag is not None) == (days, reminder, flag)


def test_paused_days_and_days_before_the_start_are_not_quiet() -> None:
    pauses = [Pause(ago(6), ago(2))]
    assert silence(last_entry_on=ago(8), started_on=ago(30), today=TODAY, pauses=pauses).days == 2
    assert silence(last_entry_on=ago(20), started_on=ago(3), today=TODAY).days == 3
    assert silence(last_entry_on=None, started_on=ago(8), today=TODAY).flag is not None
    assert silence(last_entry_on=None, started_on=TODAY, today=TODAY).days == 0


@pytest.mark.parametrize(
    ("weeks", "raised"),
    [
        ([0.4, 0.49], True),
        ([1.0, 0.4, 0.0], True),
        ([0.4, 0.5], False),
        ([0.4], False),
        ([0.4, None, 0.3], True),
        ([None, None], False),
        ([0.1, 0.1, 1.0], False),
    ],
)
def test_under_half_offered_two_weeks_running_raises_low_dose(
    weeks: list[float | None], raised: bool
) -> None:
    assert (low_dose(weeks) is not None) is raised


BY_CHILD = SessionEnd(EndedBy.CHILD, cried_afterwards=False)
CRIED = SessionEnd(EndedBy.COMPLETED, cried_afterwards=True)
FINE = SessionEnd(EndedBy.COMPLETED, cried_afterwards=False)


@pytest.mark.parametrize(
    ("ends", "raised"),
    [
        ([BY_CHILD, CRIED, FINE, FINE, BY_CHILD], True),
        ([BY_CHILD, CRIED, FINE, FINE, FINE, BY_CHILD], False),
        ([BY_CHILD, CRIED, BY_CHILD], True),
        ([BY_CHILD, FINE, FINE, FINE, CRIED], False),
        ([], False),
    ],
)
def test_three_of_the_last_five_sessions_in_distress_raise_a_run(
    ends: list[SessionEnd], raised: bool
) -> None:
    assert (distress_run(ends) is not None) is raised


def test_crying_afterwards_is_a_state_or_a_cry_noted_after() -> None:
    assert cried_afterwards(state_after="crying", cues=[])
    assert cried_afterwards(state_after="very_high", cues=[])
    assert cried_afterwards(state_after="drowsy", cues=[("dp_cry", "after")])
    assert not cried_afterwards(state_after="drowsy", cues=[("dp_cry", "during"), ("later_code", "after")])


def conflict(how: ConflictHow, stroke: str = "leg-rolling", code: str = "hip") -> Conflict:
    return Conflict(code, how, ConflictReason.LISTED, stroke)


def test_a_session_against_a_block_is_flagged_whatever_was_acknowledged() -> None:
    block = conflict(ConflictHow.BLOCK)
    assert contra_conflict([block]) is not None
    assert contra_conflict([block], acknowledged=[("leg-rolling", "hip")]) is not None


def test_what_a_therapist_acknowledged_or_what_only_adapts_is_no_conflict() -> None:
    asked = conflict(ConflictHow.ACKNOWLEDGE)
    assert contra_conflict([asked]) is not None
    assert contra_conflict([asked], acknowledged=[("leg-rolling", "hip")]) is None
    assert contra_conflict([asked], acknowledged=[("", "hip")]) is None
    assert contra_conflict([asked], acknowledged=[("toe-rolls", "hip")]) is not None
    assert contra_conflict([conflict(ConflictHow.ADAPT)]) is None
    assert contra_conflict([]) is None


@pytest.mark.parametrize(
    ("baseline", "nights", "raised"),
    [
        ([40, 40, 40], [60] * 7, True),
        ([40, 40, 40], [59] * 7, False),
        ([10, 10, 10], [29] * 7, False),
        ([10, 10, 10], [30] * 7, True),
        ([60, 60, 60], [85] * 7, False),
        ([40, 40, 40], [60] * 6, False),
        ([40, 40], [90] * 7, False),
        ([40, 40, 40], [AtLeast(60)] * 7, True),
        ([AtLeast(20)] * 3, [90] * 7, False),
        ([40, 40, 40], [120] * 7 + [40] * 7, False),
    ],
)
def test_sleep_is_worse_at_half_as_long_again_and_twenty_minutes_more(
    baseline: list[float | AtLeast], nights: list[float | AtLeast], raised: bool
) -> None:
    assert (sleep_worse(baseline=baseline, nights=nights) is not None) is raised


def touches(*intensities: int, days_apart: int = 3) -> list[TouchEvent]:
    count = len(intensities)
    return [
        TouchEvent(ago((count - place) * days_apart), one) for place, one in enumerate(intensities, start=1)
    ]


@pytest.mark.parametrize(
    ("intensities", "raised"),
    [
        ((1, 1, 1, 1, 1, 2, 2, 2), True),
        ((1, 1, 1, 1, 1, 2, 2), False),
        ((3, 3, 3, 3, 3), False),
        ((3, 3, 1, 1, 1, 1, 3, 3, 3), True),
        ((2, 2, 2, 2), False),
        ((), False),
    ],
)
def test_touch_is_worse_when_the_last_five_are_a_point_above_the_best_five(
    intensities: tuple[int, ...], raised: bool
) -> None:
    assert (tactile_regression(touches(*intensities), today=TODAY) is not None) is raised


def test_two_extreme_answers_within_seven_days_are_enough() -> None:
    assert tactile_regression([TouchEvent(ago(6), 4), TouchEvent(ago(0), 4)], today=TODAY) is not None
    assert tactile_regression([TouchEvent(ago(7), 4), TouchEvent(ago(0), 4)], today=TODAY) is None
    assert tactile_regression([TouchEvent(ago(1), 4)], today=TODAY) is None


def test_a_clinic_sets_its_own_thresholds() -> None:
    strict = Thresholds(no_logs_flag_after_days=3, distress_sessions=1)
    assert silence(last_entry_on=ago(4), started_on=ago(30), today=TODAY, thresholds=strict).flag is not None
    raised = distress_run([BY_CHILD], thresholds=strict)
    assert raised is not None
    assert raised.severity is Severity.REVIEW
    assert dict(raised.figures) == {"sessions": 1, "of_last": 1}
