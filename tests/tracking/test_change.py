"""What may be said of an outcome: by counts, by how the diary was kept, by who told, and never as a cause."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

import pytest

from tests.tracking.records import MONDAY
from tests.tracking.test_outcomes import plan, version
from tracking.outcomes.change import Change, change_of
from tracking.outcomes.plans import OtherActivity, Plan
from tracking.outcomes.series import SeriesPoint
from tracking.vocabulary.outcomes import (
    Caution,
    Finding,
    Judgement,
    JudgementReason,
    Outcome,
    WithheldBecause,
)
from tracking.vocabulary.programs import ChangeKind
from tracking.wording.change import why

ONE_DAY = dt.timedelta(days=1)
WEEK = 7 * ONE_DAY
BASELINE = MONDAY - WEEK
MOTHER, FATHER = uuid.uuid4(), uuid.uuid4()
ILLNESS = {Caution.ILLNESS_MATTERS, Caution.FEW_WITHOUT_ILLNESS}
SLOW, QUICK = [50, 42, 61, 38, 55, 47, 52], [31, 22, 25, 30, 18, 27, 21, 20, 26, 24, 19, 28, 23, 17]


def nights(begin: dt.date, minutes: Iterable[float | None], by: uuid.UUID = MOTHER) -> list[SeriesPoint]:
    return [
        SeriesPoint(begin + number * ONE_DAY, value, by=by)
        for number, value in zip(count(), minutes, strict=False)
        if value is not None
    ]


def latency(points: list[SeriesPoint], running: Plan, outcome: Outcome = Outcome.SLEEP_LATENCY) -> Change:
    return change_of(
        outcome,
        points,
        plan=running,
        last=MONDAY + 13 * ONE_DAY,
        entry_days={one.on for one in points},
    )


@pytest.fixture
def running() -> Plan:
    """A baseline week, then the program, two weeks of which are over."""
    return plan(version(1, MONDAY))


def test_what_changed_with_enough_nights_on_both_sides_is_found(running: Plan) -> None:
    seen = latency(nights(BASELINE, SLOW) + nights(MONDAY, QUICK), running)
    assert (seen.said.judgement, seen.said.finding) == (Judgement.OK, Finding.AS_WISHED)
    assert (seen.said.before.told_days, seen.said.before.asked_days) == (7, 7)
    assert (seen.said.since.told_days, seen.said.since.asked_days) == (14, 14)
    backwards = latency(nights(BASELINE, QUICK[:7]) + nights(MONDAY, SLOW * 2), running)
    assert backwards.said.finding is Finding.OTHERWISE
    alike = latency(nights(BASELINE, QUICK[:7]) + nights(MONDAY, QUICK), running)
    assert alike.said.finding is Finding.NO_CLEAR_CHANGE


def test_one_magical_night_says_nothing(running: Plan) -> None:
    seen = latency(nights(BASELINE + 6 * ONE_DAY, [60]) + nights(MONDAY, [5, *QUICK[1:]]), running)
    assert (seen.said.judgement, seen.said.finding, seen.said.cautions) == (Judgement.REFUSED, None, ())
    assert seen.said.comparison.reason is JudgementReason.FEWER_THAN_THREE
    assert seen.said.withheld is None


@pytest.mark.parametrize(
    ("before", "since", "withheld"),
    [
        ([50, None, 61, None, 55, None, None], QUICK, WithheldBecause.HALF_MISSING),
        (SLOW, [31, None, None] * 4, WithheldBecause.HALF_MISSING),
        ([50, 42, 61, 38, None, None, None], QUICK, WithheldBecause.UNEVENLY_TOLD),
        ([50, 42, 61, 38, 55, None, None], QUICK, None),
    ],
)
def test_a_diary_with_holes_is_not_compared(
    running: Plan, before: list[float | None], since: list[float | None], withheld: WithheldBecause | None
) -> None:
    seen = latency(nights(BASELINE, before) + nights(MONDAY, since), running)
    assert seen.said.withheld is withheld
    assert (seen.said.finding is None) is (withheld is not None)


@pytest.mark.parametrize(("told", "withheld"), [(8, None), (9, WithheldBecause.UNEVENLY_TOLD)])
def test_thirty_points_apart_are_not_more_than_thirty(told: int, withheld: WithheldBecause | None) -> None:
    """Withheld where more than 30 points apart (domain, F.6): 5 of 10 nights and 8 of 10 are exactly that."""
    ten_days = 10 * ONE_DAY
    running = plan(replace(version(1, MONDAY), baseline_starts_on=MONDAY - ten_days))
    points = nights(MONDAY - ten_days, SLOW[:5]) + nights(MONDAY, QUICK[:told])
    seen = change_of(
        Outcome.SLEEP_LATENCY,
        points,
        plan=running,
        last=MONDAY + ten_days,
        entry_days={one.on for one in points},
    )
    assert (seen.said.since.told_days, seen.said.since.asked_days) == (told, 10)
    assert seen.said.withheld is withheld


def test_days_on_which_the_program_rests_or_nobody_asks_are_no_holes(running: Plan) -> None:
    points = nights(BASELINE, SLOW) + nights(MONDAY, QUICK[:5])
    assert latency(points, running).said.withheld is WithheldBecause.HALF_MISSING
    unasked = {MONDAY + number * ONE_DAY for number in range(5, 14)}
    seen = change_of(
        Outcome.SLEEP_LATENCY,
        points,
        plan=running,
        last=MONDAY + 13 * ONE_DAY,
        entry_days=set(),
        not_asked=unasked,
    )
    assert (seen.said.withheld, seen.said.since.asked_days) == (None, 5)


def test_without_a_baseline_or_before_the_start_nothing_is_compared(running: Plan) -> None:
    bare = plan(version(1, MONDAY))
    without = Plan(
        bare.program_id,
        bare.child_id,
        bare.title,
        "en",
        "active",
        False,
        tuple(
            type(one)(**{name: getattr(one, name) for name in one.__slots__} | {"baseline_starts_on": None})
            for one in bare.versions
        ),
        (),
    )
    assert latency(nights(MONDAY, QUICK), without).said.withheld is WithheldBecause.NO_BASELINE
    early = change_of(
        Outcome.SLEEP_LATENCY,
        nights(BASELINE, SLOW),
        plan=running,
        last=MONDAY - ONE_DAY,
        entry_days=set(),
    )
    assert early.said.withheld is WithheldBecause.NOT_BEGUN


def test_what_two_people_see_differently_is_compared_as_one_of_them_told_it(running: Plan) -> None:
    mothers = nights(BASELINE, [3, 3, 4, 3, 3, 2, 3], MOTHER) + nights(MONDAY, [2] * 14, MOTHER)
    fathers = nights(MONDAY, [4] * 14, FATHER)
    seen = latency(mothers + fathers, running, Outcome.BEDTIME_RESISTANCE)
    assert seen.teller is not None
    assert (seen.teller.by, len(seen.tellers), seen.said.since.point_count) == (MOTHER, 2, 14)
    assert seen.said.finding is Finding.AS_WISHED
    assert Caution.ONE_TELLER_OF_SEVERAL in seen.said.cautions


def test_a_change_of_who_tells_begins_another_series(running: Plan) -> None:
    handed_over = nights(BASELINE, [3] * 7, MOTHER) + nights(MONDAY, [1] * 14, FATHER)
    seen = latency(handed_over, running, Outcome.BEDTIME_RESISTANCE)
    assert (seen.said.withheld, seen.said.finding) == (WithheldBecause.ANOTHER_TELLER, None)
    by_the_clock = nights(BASELINE, SLOW, MOTHER) + nights(MONDAY, QUICK, FATHER)
    assert latency(by_the_clock, running).said.finding is Finding.AS_WISHED


def test_what_is_chosen_after_the_start_is_a_look_back_and_judges_nothing(running: Plan) -> None:
    points = nights(BASELINE, SLOW) + nights(MONDAY, QUICK)
    told = {"plan": running, "last": MONDAY + 13 * ONE_DAY, "entry_days": set()}
    before = change_of(Outcome.SLEEP_LATENCY, points, named_on=MONDAY, **told)
    after = change_of(Outcome.SLEEP_LATENCY, points, named_on=MONDAY + ONE_DAY, **told)
    assert (before.said.judgement, before.said.finding) == (Judgement.OK, Finding.AS_WISHED)
    assert (after.said.judgement, after.said.finding) == (Judgement.TOO_FEW, None)
    assert Caution.LOOK_BACK in after.said.cautions


def test_nights_of_illness_and_travel_are_in_one_comparison_and_not_in_the_other(running: Plan) -> None:
    well = nights(BASELINE, SLOW) + nights(MONDAY, QUICK)
    ill = [
        SeriesPoint(one.on, 90, is_unusual=True, is_ill_or_away=True, by=MOTHER)
        if one.on >= MONDAY + 4 * ONE_DAY
        else one
        for one in well
    ]
    assert latency(well, running).said.without_illness is None
    seen = latency(ill, running)
    assert seen.said.without_illness is not None
    assert seen.said.without_illness.program_count == 4
    assert seen.said.comparison.program_count == 14
    assert ILLNESS.intersection(seen.said.cautions) == {Caution.FEW_WITHOUT_ILLNESS}


def test_enough_nights_without_illness_that_say_something_else_are_told_to(running: Plan) -> None:
    """Of fourteen nights nine are ill and long: the others went as wished, all of them together did not."""
    long = {MONDAY + number * ONE_DAY for number in range(5, 14)}
    points = [
        replace(one, value=90, is_ill_or_away=True) if one.on in long else one
        for one in nights(BASELINE, SLOW) + nights(MONDAY, QUICK)
    ]
    said = latency(points, running).said
    assert said.finding is not Finding.AS_WISHED
    assert ILLNESS.intersection(said.cautions) == {Caution.ILLNESS_MATTERS}
    always = latency([replace(one, is_ill_or_away=True) for one in points], running).said
    assert ILLNESS.intersection(always.cautions) == {Caution.FEW_WITHOUT_ILLNESS}


def touches(days: Sequence[dt.date], grades: Sequence[float]) -> list[SeriesPoint]:
    return [SeriesPoint(days[number % len(days)], grade, by=MOTHER) for number, grade in enumerate(grades)]


@pytest.mark.parametrize(
    ("days", "withheld", "judgement"),
    [
        (1, WithheldBecause.FEW_DAYS, Judgement.REFUSED),
        (2, WithheldBecause.FEW_DAYS, Judgement.REFUSED),
        (3, None, Judgement.TOO_FEW),
        (4, None, Judgement.TOO_FEW),
        (5, None, Judgement.OK),
    ],
)
def test_many_touches_of_a_day_or_two_are_no_more_than_so_many_days(
    running: Plan, days: int, withheld: WithheldBecause | None, judgement: Judgement
) -> None:
    """One hard day, told ten times, is one day: the limits of values hold for days too."""
    told = touches([BASELINE + number * ONE_DAY for number in range(days)], [4, 3] * 5)
    told += touches([MONDAY + number * ONE_DAY for number in range(14)], [1, 0] * 14)
    every_day = {BASELINE + number * ONE_DAY for number in range(21)}
    said = change_of(
        Outcome.TOUCH_INTENSITY, told, plan=running, last=MONDAY + 13 * ONE_DAY, entry_days=every_day
    ).said
    assert said.comparison.judgement is Judgement.OK
    assert (said.withheld, said.judgement) == (withheld, judgement)
    assert (said.finding is Finding.AS_WISHED) is (judgement is Judgement.OK)
    assert why(said) or said.finding


def test_what_came_after_the_program_ended_is_in_no_median_and_no_range(running: Plan) -> None:
    ended = plan(replace(version(1, MONDAY), last=MONDAY + 6 * ONE_DAY))
    said = latency(nights(BASELINE, SLOW) + nights(MONDAY, [*QUICK[:7], 240, 1]), ended).said
    assert said.since.span == (18, 31)
    assert (said.since.point_count, said.told_count) == (7, 14)


def test_who_told_most_after_the_program_ended_is_not_whose_word_is_compared() -> None:
    ended = plan(replace(version(1, MONDAY), last=MONDAY + 6 * ONE_DAY))
    mothers = nights(BASELINE, [3] * 7) + nights(MONDAY, [1] * 7)
    fathers = nights(BASELINE, [4] * 7, FATHER) + nights(MONDAY + 7 * ONE_DAY, [4] * 7, FATHER)
    seen = latency(mothers + fathers, ended, Outcome.BEDTIME_RESISTANCE)
    assert seen.teller is not None
    assert (seen.teller.by, seen.said.finding) == (MOTHER, Finding.AS_WISHED)


def test_a_week_is_one_value_and_the_first_may_be_short(running: Plan) -> None:
    told = [3, 1, 2, 4, 4, 0, 2, 1, 1, 0, 2, 1, 1, 3, 0, 1, 0, 0, 1, 0, 0]
    seen = latency(nights(BASELINE, told), running, Outcome.TOUCH_WEEKLY)
    assert [(one.on, one.value) for one in seen.series.points] == [
        (BASELINE, 2),
        (MONDAY, 1),
        (MONDAY + 7 * ONE_DAY, 0),
    ]
    assert (seen.said.judgement, seen.said.told_count) == (Judgement.REFUSED, 21)


# ---- a story before the massages ---------------------------------------------------------------------------


def after_a_story() -> Plan:
    """A baseline week, a week of stories, and since then massages."""
    story = replace(version(1, MONDAY, MONDAY + 6 * ONE_DAY), step_kinds=("quiet_activity", "story"))
    massages = replace(
        version(2, MONDAY + WEEK, phase=2, kind=ChangeKind.CHANGE), step_kinds=("story", "stroke")
    )
    return plan(story, massages)


def test_massages_are_compared_with_the_activity_prescribed_before_them_by_the_same_rules() -> None:
    points = nights(BASELINE, SLOW) + nights(MONDAY, SLOW) + nights(MONDAY + WEEK, QUICK[:7])
    said = latency(points, after_a_story()).said
    assert (said.since.asked_days, said.since.point_count) == (14, 14)
    assert said.beside is not None
    assert said.beside.kinds == ("quiet_activity", "story")
    compared = said.beside.compared
    assert (compared.judgement, compared.finding) == (Judgement.OK, Finding.AS_WISHED)
    assert [(one.told_days, one.asked_days) for one in (compared.before, compared.since)] == [(7, 7), (7, 7)]
    holes = nights(BASELINE, SLOW) + nights(MONDAY, SLOW[:3]) + nights(MONDAY + WEEK, QUICK[:7])
    beside = latency(holes, after_a_story()).said.beside
    assert beside is not None
    assert (beside.compared.withheld, beside.compared.finding) == (WithheldBecause.HALF_MISSING, None)


def test_a_program_that_begins_with_massage_or_holds_none_yet_has_nothing_beside(running: Plan) -> None:
    points = nights(BASELINE, SLOW) + nights(MONDAY, QUICK)
    story = replace(version(1, MONDAY), step_kinds=("story",))
    own = replace(version(1, MONDAY, MONDAY + 6 * ONE_DAY), step_kinds=("other", "story"))
    massages = replace(version(2, MONDAY + WEEK), step_kinds=("stroke",))
    for each in (running, plan(story), plan(own, massages), plan(replace(massages, first=MONDAY))):
        assert latency(points, each).said.beside is None
    assert after_a_story().other_activity == OtherActivity(
        ("quiet_activity", "story"), MONDAY, MONDAY + 6 * ONE_DAY
    )


def test_a_week_holds_no_days_of_both() -> None:
    """Massages that begin in the middle of a program week begin a value of their own."""
    story = replace(version(1, MONDAY, MONDAY + 8 * ONE_DAY), step_kinds=("story",))
    massages = replace(version(2, MONDAY + 9 * ONE_DAY, phase=2), step_kinds=("stroke",))
    points = nights(MONDAY, [1] * 9 + [0] * 5)
    said = latency(points, plan(story, massages), Outcome.TARGET_STATE).said
    assert said.beside is not None
    assert said.beside.compared.before.typical is not None
    assert said.beside.compared.since.typical is not None
    assert said.beside.compared.before.typical.median == 100
    assert said.beside.compared.since.typical.median == 0
