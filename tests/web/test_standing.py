"""Where goals stand and what instruments said; families read neither T score nor band."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import User
from clinic.services.clinics import change_clinic
from tests.cast import Cast
from tests.tracking import reporting
from tests.tracking.records import publish_program
from tests.web.test_change import in_bed, main_of
from tracking.models import Goal
from tracking.services import goals
from tracking.vocabulary.programs import Instrument
from tracking.wording.goals import signed

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
SHIRT = ["takes every shirt off", "5 minutes with help", "30 minutes", "a morning", "all day, any shirt"]
CAUTION = "A change of 2 points or more is the publisher’s rule of thumb, not a proof"


def goal_of(cast: Cast, *levels: int, by: User | None = None, **told: Any) -> Goal:
    """A goal of Cleo's set a month ago, and rated once a week from then on."""
    with rls.acting_as(cast.tess, system="seeding"):
        set_on = reporting.days_ago(cast, 28)
        row = goals.set_goal(
            by=by or cast.tess,
            child=cast.cleo,
            now=rls.now(),
            **{"title": "Wears a shirt", "ladder": SHIRT, "set_on": set_on, **told},
        )
        for week, level in enumerate(levels, start=1):
            on = set_on + dt.timedelta(weeks=week)
            goals.rate_goal(by=cast.tess, goal=row, level=level, on=on, now=rls.now())
    return row


def total_of(
    cast: Cast,
    instrument: Instrument,
    days_ago: int,
    totals: Mapping[str, Mapping[str, Any]],
    *,
    by: User | None = None,
    respondent: str = "",
) -> None:
    with rls.acting_as(cast.tess, system="seeding"):
        goals.record_assessment(
            by=by or cast.tess,
            child=cast.cleo,
            instrument=instrument,
            on=reporting.days_ago(cast, days_ago),
            totals=totals,
            respondent=respondent,
            now=rls.now(),
        )


def copm_noted_from(cast: Cast, points: str) -> None:
    with rls.acting_as(cast.otto):
        change_clinic(by=cast.otto, clinic=cast.harbor, copm_notable_points=Decimal(points), now=rls.now())
    cast.cleo.clinic.refresh_from_db()


def copm_twice(cast: Cast) -> None:
    total_of(cast, Instrument.COPM, 60, {"performance": {"value": 3.5}, "satisfaction": {"value": 2}})
    total_of(cast, Instrument.COPM, 4, {"Performance": {"value": 4.5}, "Satisfaction": {"value": 4}})


def read(sign_in: SignIn, user: User, address: str) -> str:
    return " ".join(main_of(sign_in(user), address).split())


def goals_page(cast: Cast, sign_in: SignIn, user: User | None = None) -> str:
    return read(sign_in, user or cast.tess, f"/children/{cast.cleo.pk}/goals/")


def corner(cast: Cast, sign_in: SignIn) -> str:
    return read(sign_in, cast.fay, f"/family/{cast.cleo.pk}/goals/")


def t_score(name: str, value: str) -> str:
    return f"<dt>T score, {name}</dt><dd>{value}</dd>"


def test_the_t_score_stands_folded_behind_where_the_goals_are_in_words(cast: Cast, sign_in: SignIn) -> None:
    """[-1, -1, -1] is 36.3 and [1, 0, 0] is 54.6, of equal weights."""
    for levels in ((-1, 1), (0,), (0,)):
        goal_of(cast, *levels)
    page = goals_page(cast, sign_in)
    assert "3 of 3 open goals are at the level that was expected, or above." in page
    _, _, folded = page.partition("<summary>Statistics</summary>")
    assert t_score("when set", "36.3") in folded
    assert t_score("latest ratings", "54.6") in folded
    assert "50: all goals as expected, whatever they weigh" in folded
    assert "Not every goal has a weight, so all count alike." in folded
    assert "Level +1, as seen on" in page
    # Levels over time, as the ladder is drawn.
    assert f"At the start: level {signed(-1)}. Latest: level +1." in page


def test_a_t_score_is_weighted_where_every_goal_has_a_weight(cast: Cast, sign_in: SignIn) -> None:
    """[-1, 0, 1] of weights 1, 2, 3 is 54.4."""
    for level, weight in ((-1, 1), (0, 2), (1, 3)):
        goal_of(cast, level, importance=weight, difficulty=1)
    page = goals_page(cast, sign_in)
    assert t_score("latest ratings", "54.4") in page
    assert "Weighted by importance times difficulty." in page


def test_without_a_rating_or_a_weight_the_page_says_why_there_is_no_t_score(
    cast: Cast, sign_in: SignIn
) -> None:
    goal_of(cast, importance=0, difficulty=3)
    page = goals_page(cast, sign_in)
    assert t_score("when set", "–") in page
    assert "Undefined: every goal weighs 0." in page
    goal_of(cast, importance=2, difficulty=3)
    page = goals_page(cast, sign_in)
    assert t_score("when set", "40.0") in page
    assert t_score("latest ratings", "–") in page
    assert "Undefined now: 1 goal has not been rated yet." in page
    assert f"Level {signed(-1)}, as it was when set; not rated since." in page


def test_without_a_goal_nothing_is_said_of_all_together(cast: Cast, sign_in: SignIn) -> None:
    page = goals_page(cast, sign_in)
    assert "No goals yet" in page
    assert "None yet. Only totals and bands are kept here" in page
    for words in ("All goals together", "T score", "not a diagnosis"):
        assert words not in page


def test_the_childs_page_says_since_when_a_goal_is_where_it_is(cast: Cast, sign_in: SignIn) -> None:
    goal_of(cast, 0)
    goal_of(cast)
    page = read(sign_in, cast.tess, f"/children/{cast.cleo.pk}/")
    assert "At 0, as seen on" in page
    assert f"it began at {signed(-1)}." in page
    assert "not rated since." in page
    assert "T score" not in page


def test_the_page_of_a_child_with_nothing_yet_says_what_comes_first_and_explains_no_figure(
    cast: Cast, sign_in: SignIn
) -> None:
    address = f"/children/{cast.cleo.pk}/"
    page = read(sign_in, cast.tess, address)
    assert "Set a goal, prescribe a program and invite the family. What they log is drawn here." in page
    assert "None yet. A goal is set before the program starts." in page
    for words in ("Choose charts", "One evening is an anecdote", "T score"):
        assert words not in page
    begins = reporting.days_ago(cast, 10)
    with rls.acting_as(cast.tess, system="seeding"):
        publish_program(cast.cleo, cast.tess, starts_on=begins)
    in_bed(cast, cast.fay, begins, [30, 25])
    page = read(sign_in, cast.tess, address)
    assert "Choose charts" in page
    assert "One evening is an anecdote" in page
    assert "Set a goal, prescribe" not in page


def test_a_copm_change_is_told_in_words_with_its_caution(cast: Cast, sign_in: SignIn) -> None:
    copm_twice(cast)
    page = goals_page(cast, sign_in)
    assert "Performance went from 3.5 on" in page
    assert "to 4.5: 1 more." in page
    assert "to 4: 2 more. That is 2 points or more." in page
    assert page.count("That is 2 points or more.") == 1
    assert CAUTION in page
    _, _, sources = page.partition("<summary>Where the points are from</summary>")
    assert "10.1177/00084174221142177" in sources


def test_a_clinic_that_notes_a_copm_change_from_elsewhere_is_told_so(cast: Cast, sign_in: SignIn) -> None:
    """0.9, as found among outpatients (S69)."""
    copm_noted_from(cast, "0.9")
    copm_twice(cast)
    page = goals_page(cast, sign_in)
    assert page.count("That reaches this clinic’s threshold of 0.9.") == 2
    assert "A change is noted from 0.9 on: this clinic’s own threshold, not a proof." in page
    assert "a review of 100 studies did not find it supported." in page
    assert "That is 2 points or more." not in page
    assert CAUTION not in page
    copm_noted_from(cast, "2.2")
    assert "That reaches" not in goals_page(cast, sign_in)


def test_totals_stand_beside_those_before_with_bands_and_who_answered(cast: Cast, sign_in: SignIn) -> None:
    touch = {"least": 0, "most": 60}
    of_three = {"Touch": {"value": 25, **touch}, "Quadrant": {"value": 9}}
    total_of(cast, Instrument.SP2_INFANT, 90, of_three, respondent="mother")
    total_of(cast, Instrument.SP2_INFANT, 30, of_three, respondent="mother")
    latest = {"Touch": {"value": 31, **touch, "band": "more than others"}}
    total_of(cast, Instrument.SP2_INFANT, 3, latest, respondent="father")
    page = goals_page(cast, sign_in)
    assert "31 (0 to 60)<br>" in page
    assert ">more than others<" in page
    assert "25 (0 to 60)" in page
    assert ">6 more<" in page
    # A form that was not filled in whole: what it does not tell is said.
    assert ">not told<" in page
    assert "answered by <bdi" in page
    assert "Not always answered by the same person" in page
    assert "It is not a diagnosis." in page
    assert "<summary>All days</summary>" in page
    assert CAUTION not in page


def test_one_assessment_alone_is_compared_with_nothing(cast: Cast, sign_in: SignIn) -> None:
    total_of(cast, Instrument.COPM, 3, {"performance": {"value": 3.5}})
    page = goals_page(cast, sign_in)
    assert "Done once so far: there is nothing to compare with." in page
    for words in ("went from", "Since the first", CAUTION):
        assert words not in page


def test_what_a_student_enters_waits_and_is_marked(cast: Cast, sign_in: SignIn) -> None:
    total_of(cast, Instrument.TSFI, 3, {"Total": {"value": 41}}, by=cast.asha)
    assert "waits for a signature" in goals_page(cast, sign_in)
    assert "Test of Sensory Functions" not in corner(cast, sign_in)


def test_families_read_neither_t_score_nor_percentage_nor_caution(cast: Cast, sign_in: SignIn) -> None:
    goal_of(cast, 0, importance=3, difficulty=2)
    copm_twice(cast)
    total_of(cast, Instrument.SP2_INFANT, 3, {"Touch": {"value": 31, "band": "more than others"}})
    page = corner(cast, sign_in)
    assert "30 minutes" in page
    assert "are not a diagnosis" in page
    for words in (
        "T score",
        "%",
        "Statistics",
        "2 points",
        "more than others",
        "standard deviation",
        "expected",
    ):
        assert words not in page


def test_more_assessments_ask_no_more(cast: Cast, sign_in: SignIn) -> None:
    copm_twice(cast)
    client = sign_in(cast.tess)
    address = f"/children/{cast.cleo.pk}/goals/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for instrument in (Instrument.COPM, Instrument.TSFI, Instrument.TIE, Instrument.SSC):
        for days in (1, 2, 3):
            total_of(cast, instrument, days, {"total": {"value": 5}})
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
