"""Goals and totals of standard instruments over the API: the team's, and of what is signed the guardians'."""

from __future__ import annotations

from collections.abc import Callable

from clinic.models import User
from tests import factories
from tests.api.client import App
from tests.cast import Cast

AppOf = Callable[[User], App]


def test_a_guardian_reads_totals_without_what_is_said_about_them(cast: Cast, app_of: AppOf) -> None:
    factories.assessment(cast.cleo, by=cast.tess)
    factories.drafted_assessment(cast)
    at = f"/api/v1/children/{cast.cleo.pk}/assessments"
    of_team = app_of(cast.tess).get(at)["items"]
    assert [one["is_draft"] for one in of_team] == [True, False]
    [seen] = app_of(cast.fay).get(at)["items"]
    [total] = seen["totals"]
    assert (seen["instrument"], total["value"], total["least"], total["most"]) == ("sp2_infant", 31, 0, 60)
    assert (total["band"], seen["respondent"]) == ("", "")
    assert of_team[1]["totals"][0]["band"]
    assert app_of(cast.nan).get(at).status == 404


def test_a_guardian_reads_goals_that_are_signed(cast: Cast, app_of: AppOf) -> None:
    goal = factories.goal(cast.cleo, by=cast.tess)
    factories.drafted_goal(cast)
    at = f"/api/v1/children/{cast.cleo.pk}/goals"
    [seen] = app_of(cast.greg).get(at)["items"]
    assert (seen["title"], seen["level_now"], len(seen["rungs"])) == (goal.title, -1, 5)
    assert [rung["level"] for rung in seen["rungs"]] == [2, 1, 0, -1, -2]
    words = {rung["level"]: rung["text"] for rung in seen["rungs"]}
    assert (seen["began"], seen["now"], seen["next_step"]) == (words[-1], words[-1], words[0])
    assert len(app_of(cast.asha).get(at)["items"]) == 2
    assert app_of(cast.otto).get(at).status == 404
