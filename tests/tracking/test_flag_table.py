"""Every row of the reference's table of flags: its severity, who is asked what, and both sides of its rule.

The triggers and numbers are copied from the table, not from the code. What follows from a reported event is
asked of the rules that families' phones hold too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from clinic.ages import Age
from tracking.concern_advice import About, Told, advise
from tracking.precautions import Conflict
from tracking.readings.concern_texts import rules
from tracking.red_flags import (
    SEVERITIES,
    Raised,
    SessionEnd,
    SessionSteps,
    StepTold,
    TouchEvent,
    contra_conflict,
    distress_region,
    distress_run,
    low_dose,
    parent_strain,
    silence,
    sleep_worse,
    tactile_regression,
    withdrawn_product,
)
from tracking.thresholds import DEFAULTS, SETTINGS, Thresholds
from tracking.vocabulary.concerns import MEDICAL_FLAGS, FlagCode, Severity, TemperatureUnit
from tracking.vocabulary.flags import ASKS, CHANGES_CARE, SAID_TO_FAMILIES, SAID_TO_THE_AUTHOR_ALONE, FlagAsk
from tracking.vocabulary.reasons import ConflictHow, ConflictReason
from tracking.vocabulary.states import EndedBy
from tracking.wording.flags import DRAFTS, THRESHOLDS

TODAY = date(2026, 11, 20)

# code: severity, whether a family reads something, what the team is asked.
TABLE = {
    "fever_young": ("emergency", True, FlagAsk.LOOK_NOW),
    "fever_3_6": ("urgent", True, FlagAsk.LOOK_NOW),
    "fever_any": ("pause", True, FlagAsk.LOOK_WHEN_LISTED),
    "skin_reaction": ("urgent", True, FlagAsk.REVIEW_PRODUCT),
    "distress_run": ("review", True, FlagAsk.REVIEW_PLAN),
    "distress_region": ("review", True, FlagAsk.ASK_ABOUT_REGION),
    "pain_or_swelling": ("urgent", True, FlagAsk.MEDICAL_CHECK),
    "colour_breathing": ("emergency", True, FlagAsk.LOOK_NOW),
    "seizure": ("emergency", True, FlagAsk.LOOK_NOW),
    "tactile_regression": ("review", False, FlagAsk.REVIEW_TOUCH),
    "skill_loss": ("urgent", True, FlagAsk.CONTACT_SAME_DAY),
    "feeding_weight": ("urgent", True, FlagAsk.FEEDING_REFERRAL),
    "sleep_worse": ("review", False, FlagAsk.ADJUST_TIMING),
    "no_logs": ("follow_up", True, FlagAsk.CALL),
    "low_dose": ("follow_up", False, FlagAsk.SIMPLIFY_PLAN),
    "parent_strain": ("urgent", True, FlagAsk.CALL_SAME_DAY),
    "contra_conflict": ("review", True, FlagAsk.LOOK_WHEN_LISTED),
}


@pytest.mark.parametrize("code", FlagCode)
def test_each_flag_is_as_grave_and_says_to_whom_what_the_table_says(code: FlagCode) -> None:
    severity, is_said, ask = TABLE[code]
    assert SEVERITIES[code] == Severity(severity)
    assert (code in SAID_TO_FAMILIES) is is_said
    assert ASKS[code] is ask
    assert (code in DRAFTS) is is_said


def test_what_changes_care_is_the_shorter_massage_and_the_region_left_out() -> None:
    assert {"distress_run", "distress_region"} == CHANGES_CARE
    assert {"parent_strain"} == SAID_TO_THE_AUTHOR_ALONE
    assert not CHANGES_CARE & MEDICAL_FLAGS


# ---- both sides of each rule that follows from the record ------------------------------------------------


def ends(*told: str) -> list[SessionEnd]:
    """How sessions ended: "c" by the child, "x" with crying afterwards, "." neither."""
    return [SessionEnd(EndedBy.CHILD if one == "c" else EndedBy.COMPLETED, one == "x") for one in told]


def face(*refused: bool) -> list[SessionSteps]:
    """Sessions in which the face came after the legs; refused: the child ended it there."""
    return [
        SessionSteps(
            EndedBy.CHILD if no else EndedBy.COMPLETED, (StepTold("legs", True), StepTold("face", not no))
        )
        for no in refused
    ]


def touches(*intensities: int, last_on: date = TODAY) -> list[TouchEvent]:
    days = len(intensities)
    return [
        TouchEvent(last_on - timedelta(days=10 * (days - place)), intensity)
        for place, intensity in enumerate(intensities, start=1)
    ]


def quiet(days: int) -> Raised | None:
    last = TODAY - timedelta(days=days + 1)
    return silence(last_entry_on=last, started_on=TODAY - timedelta(days=60), today=TODAY).flag


def block() -> list[Conflict]:
    return [Conflict("fever", ConflictHow.BLOCK, ConflictReason.LISTED, "leg-rolling")]


Case = Callable[[], Raised | None]
CASES: dict[str, tuple[Case, Case]] = {
    "distress_run": (
        lambda: distress_run(ends("c", ".", "x", ".", "c")),
        lambda: distress_run(ends("c", "c", ".", "x", ".", ".")),
    ),
    "distress_region": (
        lambda: distress_region(face(True, False, True, True)),
        lambda: distress_region(face(True, True, False, True, False)),
    ),
    "tactile_regression": (
        lambda: tactile_regression(touches(1, 1, 1, 1, 1, 2, 2, 2), today=TODAY),
        lambda: tactile_regression(touches(1, 1, 1, 1, 1, 2, 2), today=TODAY),
    ),
    "sleep_worse": (
        lambda: sleep_worse(baseline=[40, 40, 40], nights=[60] * 7),
        lambda: sleep_worse(baseline=[40, 40, 40], nights=[59] * 7),
    ),
    "no_logs": (lambda: quiet(7), lambda: quiet(6)),
    "low_dose": (lambda: low_dose([0.9, 0.49, 0.49]), lambda: low_dose([0.49, 0.49, 0.5])),
    "contra_conflict": (lambda: contra_conflict(block()), lambda: contra_conflict([])),
    "parent_strain": (
        lambda: parent_strain([(TODAY - timedelta(days=7), 4), (TODAY, 5)]),
        lambda: parent_strain([(TODAY - timedelta(days=7), 4), (TODAY, 3)]),
    ),
}


def told(kind: str, *, celsius: str | None = None, weeks: int = 104, **answers: str) -> FlagCode | None:
    """The flag of a concern about a child so many weeks old."""
    what = Told(kind, None if celsius is None else Decimal(celsius), TemperatureUnit.CELSIUS, answers)
    return advise(rules(), what, About(Age(TODAY - timedelta(weeks=weeks), TODAY), None)).flag


TOLD_BY_CONCERNS: dict[str, tuple[FlagCode | None, FlagCode | None]] = {
    "fever_young": (
        told("temperature", celsius="38.0", weeks=12),
        told("temperature", celsius="37.9", weeks=12),
    ),
    "fever_3_6": (
        told("temperature", celsius="39.0", weeks=20),
        told("temperature", celsius="38.9", weeks=20),
    ),
    "fever_any": (told("temperature", celsius="38.0"), told("temperature", celsius="37.9")),
    "skin_reaction": (told("skin_reaction"), told("other")),
    "pain_or_swelling": (told("bruise_or_swelling"), told("other")),
    "colour_breathing": (told("colour_breathing"), told("other")),
    "seizure": (told("seizure_like_event"), told("other")),
    "skill_loss": (told("lost_skill"), told("other")),
    "feeding_weight": (told("feeding"), told("feeding", only_vomited="yes")),
}


def test_no_row_of_the_table_is_left_out() -> None:
    assert set(TABLE) == set(FlagCode) == set(CASES) | set(TOLD_BY_CONCERNS)


@pytest.mark.parametrize("code", TOLD_BY_CONCERNS)
def test_a_reported_event_raises_its_flag_and_what_falls_short_of_it_another_or_none(code: str) -> None:
    raised, short_of = TOLD_BY_CONCERNS[code]
    assert raised == code
    assert short_of != code


@pytest.mark.parametrize("code", CASES)
def test_a_flag_is_raised_at_its_number_and_not_short_of_it(code: str) -> None:
    raised_at, short_of = CASES[code]
    raised = raised_at()
    assert raised is not None
    assert raised.code == code
    assert short_of() is None


def test_two_extreme_touches_in_seven_days_are_enough_and_in_eight_are_not() -> None:
    def extreme(days_apart: int) -> Raised | None:
        events = [TouchEvent(TODAY - timedelta(days=days_apart), 4), TouchEvent(TODAY, 4)]
        return tactile_regression(events, today=TODAY)

    assert extreme(6) is not None
    assert extreme(7) is None


def test_sleep_has_to_be_half_as_long_again_and_twenty_minutes_longer() -> None:
    assert sleep_worse(baseline=[20, 20, 20], nights=[39] * 7) is None
    assert sleep_worse(baseline=[20, 20, 20], nights=[40] * 7) is not None
    assert sleep_worse(baseline=[100, 100, 100], nights=[140] * 7) is None


def test_a_product_used_while_one_is_put_away_is_a_conflict() -> None:
    raised = withdrawn_product(is_used=True, is_withdrawn=True)
    assert raised is not None
    assert raised.code is FlagCode.CONTRA_CONFLICT
    assert withdrawn_product(is_used=False, is_withdrawn=True) is None
    assert withdrawn_product(is_used=True, is_withdrawn=False) is None


# ---- one region -----------------------------------------------------------------------------------------


def session(ended_by: EndedBy, *steps: tuple[str, bool]) -> SessionSteps:
    return SessionSteps(ended_by, tuple(StepTold(region, done) for region, done in steps))


def test_a_region_passed_over_is_refused_and_one_never_come_to_is_not() -> None:
    passed_over = session(EndedBy.COMPLETED, ("legs", True), ("face", False), ("back", True))
    stopped_by_adult = session(EndedBy.CAREGIVER, ("legs", True), ("face", False), ("back", False))
    assert distress_region([passed_over] * 3) is not None
    assert distress_region([stopped_by_adult] * 4) is None


def test_only_the_place_where_the_child_ended_it_is_refused() -> None:
    raised = distress_region([session(EndedBy.CHILD, ("legs", True), ("face", False), ("back", False))] * 4)
    assert raised is not None
    assert dict(raised.figures) == {"region": "face", "sessions": 4, "of_last": 4}
    assert distress_region([session(EndedBy.CHILD)] * 4) is None


def test_sessions_that_did_not_come_to_the_region_say_nothing_about_it() -> None:
    legs = session(EndedBy.COMPLETED, ("legs", True))
    between = [one for pair in zip(face(True, True, True), [legs] * 3, strict=True) for one in pair]
    assert distress_region(between) is not None


# ---- the numbers ----------------------------------------------------------------------------------------


def test_every_number_is_a_setting_with_a_range_around_its_default_and_words() -> None:
    names = set(Thresholds.__dataclass_fields__)
    assert names == set(SETTINGS) == set(THRESHOLDS)
    for name, setting in SETTINGS.items():
        assert setting.least <= getattr(DEFAULTS, name) <= setting.most, name


def test_what_a_clinic_has_set_takes_the_place_of_the_default() -> None:
    set_to = Thresholds.of({"region_refused": 2.0, "low_dose_below_ratio": 0.25})
    assert (set_to.region_refused, set_to.low_dose_below_ratio, set_to.region_of_last) == (2, 0.25, 4)
    assert distress_region(face(True, False, True), thresholds=set_to) is not None
    assert low_dose([0.3, 0.3], thresholds=set_to) is None
