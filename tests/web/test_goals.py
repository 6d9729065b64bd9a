"""Goals, notes and assessments on the child's page."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.errors import Invalid
from clinic.localtime import local_day
from clinic.models import Child
from tests import factories
from tests.cast import Cast
from tests.tracking.records import publish_program
from tests.web.test_change import running
from tracking.models import Assessment, Goal, GoalRating, Note
from tracking.services.goals import set_goal as set_a_goal

pytestmark = pytest.mark.django_db

GOAL = {
    "title": "Sleeps within half an hour",
    "own_words": "I want her to fall asleep without tears.",
    "rung_minus_2": "more than an hour",
    "rung_minus_1": "about an hour",
    "rung_0": "half an hour",
    "rung_1": "twenty minutes",
    "rung_2": "ten minutes",
    "baseline_level": "-1",
    "importance": "3",
    "difficulty": "2",
    "primary_outcome": "sleep_latency",
    "set_on": "2026-01-05",
}


@pytest.fixture
def tesss(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.tess)
    return client


def page(cast: Cast, name: str = "goals/") -> str:
    return f"/children/{cast.cleo.pk}/{name}"


def set_goal(cast: Cast, tesss: Client) -> Goal:
    assert tesss.post(page(cast, "goals/new/"), GOAL).status_code == 302
    return Goal.objects.get(child=cast.cleo)


def test_a_goal_is_set_rated_and_closed(cast: Cast, tesss: Client) -> None:
    goal = set_goal(cast, tesss)
    assert goal.ladder[0] == "more than an hour"
    assert (goal.ladder[4], goal.importance, goal.difficulty) == ("ten minutes", 3, 2)

    told = {"level": "1", "on": "2026-02-01", "note": "three nights in a row"}
    tesss.post(page(cast, f"goals/{goal.pk}/rating/"), told)
    assert GoalRating.objects.get(goal=goal).level == 1
    words = tesss.get(page(cast)).content.decode()
    assert "three nights in a row" in words

    tesss.post(page(cast, f"goals/{goal.pk}/state/"), {"lock_version": goal.lock_version})
    goal.refresh_from_db()
    assert not goal.is_open
    assert "Open it again" in tesss.get(page(cast)).content.decode()


def test_a_goal_needs_a_text_for_each_level(cast: Cast, tesss: Client) -> None:
    words = tesss.post(page(cast, "goals/new/"), GOAL | {"rung_1": ""}).content.decode()
    assert "+1, more than expected: This is needed" in words
    assert "half an hour" in words
    assert not Goal.objects.exists()


def test_a_goal_changed_by_somebody_else_meanwhile_is_not_closed_blindly(cast: Cast, tesss: Client) -> None:
    goal = set_goal(cast, tesss)
    answer = tesss.post(page(cast, f"goals/{goal.pk}/state/"), {"lock_version": 7}, follow=True)
    assert "Somebody else has changed this meanwhile" in answer.content.decode()
    assert Goal.objects.get().is_open


def test_levels_below_what_is_expected_are_written_with_a_minus(cast: Cast, tesss: Client) -> None:
    asked = tesss.get(page(cast, "goals/new/")).content.decode()
    assert "\N{MINUS SIGN}2, much less than expected" in asked
    assert '<option value="-1" selected>\N{MINUS SIGN}1</option>' in asked


def test_an_assistant_drafts_a_goal_and_rates_none(cast: Cast, tesss: Client, sign_in: Any) -> None:
    goal = set_goal(cast, tesss)
    ashas = sign_in(cast.asha)
    assert ashas.get(page(cast, "goals/new/")).status_code == 200
    told = {"level": "1", "on": "2026-02-01"}
    assert ashas.post(page(cast, f"goals/{goal.pk}/rating/"), told).status_code == 403


def test_a_private_note_is_its_authors_alone(cast: Cast, tesss: Client, sign_in: Any) -> None:
    tesss.post(page(cast, "notes/"), {"body": "Ask about the move.", "is_private": "on"})
    tesss.post(page(cast, "notes/"), {"body": "Likes the feet first."})
    assert Note.objects.filter(child=cast.cleo, is_private=True).count() == 1
    theirs = sign_in(cast.asha).get(page(cast)).content.decode()
    assert "Likes the feet first." in theirs
    assert "Ask about the move." not in theirs
    assert "Ask about the move." in tesss.get(page(cast)).content.decode()
    assert "This is needed" in tesss.post(page(cast, "notes/"), {"body": ""}).content.decode()


def test_totals_of_an_instrument_are_kept(cast: Cast, tesss: Client) -> None:
    told = {
        "instrument": "sp2_infant",
        "on": "2026-01-05",
        "respondent": "mother",
        "score_1": "Touch",
        "value_1": "31",
        "least_1": "0",
        "most_1": "60",
        "band_1": "more than others",
    }
    tesss.post(page(cast, "assessments/new/"), told)
    kept = Assessment.objects.get(child=cast.cleo)
    assert kept.totals == {"Touch": {"value": 31, "least": 0, "most": 60, "band": "more than others"}}
    shown = tesss.get(page(cast)).content.decode()
    assert "31 (0 to 60)" in shown
    assert "more than others" in shown

    words = tesss.post(page(cast, "assessments/new/"), told | {"most_1": "30"}).content.decode()
    assert "The value is more than this." in words

    words = tesss.post(page(cast, "assessments/new/"), told | {"score_2": "Sleep"}).content.decode()
    assert "Give this score its value." in words
    assert Assessment.objects.count() == 1


def test_more_goals_ask_no_more(cast: Cast, tesss: Client) -> None:
    set_goal(cast, tesss)
    _rate_all(cast)
    tesss.get(page(cast))
    with CaptureQueriesContext(connection) as few:
        tesss.get(page(cast))
    for _ in range(5):
        tesss.post(page(cast, "goals/new/"), GOAL)
        tesss.post(page(cast, "notes/"), {"body": "Likes the feet first."})
    _rate_all(cast)
    with CaptureQueriesContext(connection) as many:
        tesss.get(page(cast))
    assert len(many) == len(few)


def test_below_a_ladder_stand_the_days_of_which_there_is_no_record(cast: Cast, tesss: Client) -> None:
    _, begins = running(cast)
    _rate_all(cast)
    count = (local_day(rls.now(), cast.harbor.zone) - begins).days + 1
    shown = unescape(tesss.get(page(cast)).content.decode())
    assert f"0 of {count} days have a record; {count} without." in shown
    assert "Along the foot, dots: none." in shown


def _rate_all(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        for goal in Goal.objects.filter(child=cast.cleo):
            GoalRating.objects.create(
                clinic=cast.harbor, goal=goal, level=0, on=rls.now().date(), by=cast.tess, at=rls.now()
            )


def test_guardians_read_goals_and_totals_and_nothing_said_about_them(cast: Cast, sign_in: Any) -> None:
    goal = factories.goal(cast.cleo, by=cast.tess)
    total = factories.assessment(cast.cleo, by=cast.tess)
    (score, told), *_ = total.totals.items()
    for guardian in (cast.fay, cast.greg):
        shown = sign_in(guardian).get(f"/family/{cast.cleo.pk}/goals/").content.decode()
        for words in (
            goal.title,
            goal.own_words,
            "Sensory Profile 2, Infant",
            score,
            "on a scale from 0 to 60",
        ):
            assert words in shown
        assert told["band"] not in shown
        assert total.respondent not in shown
        assert "%" not in shown.split("<main")[1].split("</main>")[0]
    assert sign_in(cast.nan).get(f"/family/{cast.cleo.pk}/goals/").status_code == 403


def test_what_a_goal_is_measured_by_is_named_before_the_program_and_stays(cast: Cast, tesss: Client) -> None:
    goal = set_goal(cast, tesss)
    with rls.acting_as(system="seeding"):
        today = rls.now().date()
        publish_program(cast.cleo, cast.tess, starts_on=today + dt.timedelta(days=7))
    assert goal.outcome_named_on is not None

    told = {"lock_version": goal.lock_version, "primary_outcome": "bedtime_resistance"}
    assert tesss.post(page(cast, f"goals/{goal.pk}/measure/"), told).status_code == 302
    goal.refresh_from_db()
    assert goal.primary_outcome == "bedtime_resistance"

    with rls.acting_as(system="seeding"):
        Goal.objects.filter(pk=goal.pk).update(outcome_named_on=today - dt.timedelta(days=30))
        publish_program(cast.cleo, cast.tess, starts_on=today - dt.timedelta(days=7))
    told = {"lock_version": goal.lock_version, "primary_outcome": "sleep_latency"}
    words = tesss.post(page(cast, f"goals/{goal.pk}/measure/"), told).content.decode()
    assert "The program has begun, and what this goal is measured by was named before." in words
    goal.refresh_from_db()
    assert goal.primary_outcome == "bedtime_resistance"


def test_under_six_months_no_goal_is_measured_by_minutes_to_sleep(cast: Cast, tesss: Client) -> None:
    assert 'value="sleep_latency"' in tesss.get(page(cast, "goals/new/")).content.decode()
    with rls.acting_as(system="seeding"):
        born_on = rls.now().date() - dt.timedelta(days=230)
        Child.objects.filter(pk=cast.cleo.pk).update(born_on=born_on, gestation_weeks=30, gestation_days=0)
    assert 'value="sleep_latency"' not in tesss.get(page(cast, "goals/new/")).content.decode()
    tesss.post(page(cast, "goals/new/"), GOAL)
    with rls.acting_as(cast.tess), pytest.raises(Invalid) as refused:
        set_a_goal(
            by=cast.tess,
            child=Child.objects.get(pk=cast.cleo.pk),
            title="Sleeps",
            ladder=["a", "b", "c", "d", "e"],
            set_on=rls.now().date(),
            primary_outcome="sleep_latency",
            now=rls.now(),
        )
    assert refused.value.field == "primary_outcome"
    assert not Goal.objects.exists()


def test_the_row_knows_no_outcome_of_its_own_and_none_without_a_day(cast: Cast, tesss: Client) -> None:
    goal = set_goal(cast, tesss)
    for nonsense in ({"primary_outcome": "adherence"}, {"outcome_named_on": None}):
        with (
            rls.acting_as(system="seeding"),
            pytest.raises(IntegrityError, match="a_primary_outcome_is_known"),
            transaction.atomic(),
        ):
            Goal.objects.filter(pk=goal.pk).update(**nonsense)
