"""Goals and totals of standard instruments over the API: the team's, and of what is signed the guardians'."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from clinic import rls
from clinic.models import User
from clinic.services.clinics import change_clinic
from tests import factories
from tests.api.client import App
from tests.cast import Cast, make_id
from tests.data import OUTCOMES
from tracking.models import Goal
from tracking.vocabulary.outcomes import Outcome

AppOf = Callable[[User], App]

# The example ladder of the clinical notes (E.1).
SHIRT: dict[str, Any] = {
    "title": "Wear any shirt",
    "ladder": [
        "cries and removes every shirt with a tag",
        "wears it under 5 min with help",
        "wears it 30 min with one reminder",
        "a morning without reminder",
        "all day, any shirt",
    ],
    "set_on": "2026-11-02",
    "own_words": "Mornings without a fight",
    "primary_outcome": "touch_intensity",
}
COPM: dict[str, Any] = {
    "instrument": "copm",
    "on": "2026-11-02",
    "totals": [{"score": "performance", "value": 3.5}, {"score": "satisfaction", "value": 2}],
    "respondent": "Her mother",
}


def room(cast: Cast) -> str:
    return f"/api/v1/children/{cast.cleo.pk}"


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


def test_a_goal_sent_twice_is_there_once_and_another_under_its_id_is_refused(
    cast: Cast, app_of: AppOf
) -> None:
    tess, at = app_of(cast.tess), f"{room(cast)}/goals/{make_id()}"
    first, again = tess.put(at, SHIRT), tess.put(at, SHIRT)
    assert (first.status, again.status, again.body) == (201, 200, first.body)
    assert (first["primary_outcome"], first["level_now"], first["lock_version"]) == ("touch_intensity", -1, 1)
    other = tess.put(at, {**SHIRT, "title": "Wear no shirt"})
    assert (other.status, other.code) == (409, "id_already_used")
    assert Goal.objects.filter(child=cast.cleo, title=SHIRT["title"]).count() == 1
    [listed] = tess.get(f"{room(cast)}/goals")["items"]
    assert listed == first.body


def test_a_goal_is_changed_from_the_state_it_is_in(cast: Cast, app_of: AppOf) -> None:
    tess, at = app_of(cast.tess), f"{room(cast)}/goals/{make_id()}"
    tag = tess.put(at, SHIRT).headers["ETag"]
    assert tess.patch(at, {"is_open": False}).status == 428
    closed = tess.patch(at, {"is_open": False, "importance": 3}, **{"If-Match": tag})
    assert (closed.status, closed["is_open"], closed["lock_version"]) == (200, False, 2)
    assert tess.patch(at, {"is_open": True}, **{"If-Match": tag}).status == 412
    # What its phone sends again, late, changes nothing.
    assert tess.put(at, SHIRT)["is_open"] is False


def test_what_a_running_program_is_measured_by_stays(cast: Cast, app_of: AppOf) -> None:
    tess, at = app_of(cast.tess), f"{room(cast)}/goals/{make_id()}"
    tag = tess.put(at, SHIRT).headers["ETag"]
    factories.prescribed(
        cast.cleo, by=cast.tess, starts_on=Goal.objects.get(title=SHIRT["title"]).outcome_named_on
    )
    refused = tess.patch(at, {"primary_outcome": str(Outcome.SLEEP_LATENCY)}, **{"If-Match": tag})
    assert (refused.status, refused.code) == (409, "outcome_is_fixed")


def test_ratings_move_a_goal_and_its_t_score(cast: Cast, app_of: AppOf) -> None:
    """One goal of equal weight: 10 points a level; 50 is as expected (E.1)."""
    tess, at = app_of(cast.tess), f"{room(cast)}/goals/{make_id()}"
    tess.put(at, SHIRT)
    unrated = tess.get(f"{room(cast)}/goals")["attainment"]
    assert (unrated["began"], unrated["now"], unrated["unrated_count"]) == (40.0, None, 1)
    rated = f"{at}/ratings/{make_id()}"
    told = {"level": 1, "on": "2026-11-20"}
    assert (tess.put(rated, told).status, tess.put(rated, told).status) == (201, 200)
    assert tess.put(rated, {**told, "level": 2}).code == "id_already_used"
    seen = tess.get(f"{room(cast)}/goals")
    assert ([one["level"] for one in seen["items"][0]["ratings"]], seen["items"][0]["level_now"]) == ([1], 1)
    assert seen["attainment"] == {
        "goal_count": 1,
        "began": 40.0,
        "now": 60.0,
        "is_weighted": False,
        "unrated_count": 0,
        "rated_on": "2026-11-20",
    }
    assert app_of(cast.fay).get(f"{room(cast)}/goals")["attainment"] is None


def test_t_scores_of_several_goals_are_those_of_the_vectors(cast: Cast, app_of: AppOf) -> None:
    tess = app_of(cast.tess)
    [vector] = [one for one in OUTCOMES["gas"] if one["scores"] == [-1, 0, 1] and one["weights"]]
    for level, weight in zip(vector["scores"], vector["weights"], strict=True):
        at = f"{room(cast)}/goals/{make_id()}"
        tess.put(at, {**SHIRT, "importance": weight, "difficulty": 1})
        tess.put(f"{at}/ratings/{make_id()}", {"level": level, "on": "2026-11-20"})
    found = tess.get(f"{room(cast)}/goals")["attainment"]
    assert (found["now"], found["is_weighted"]) == (round(vector["expected_t"], 1), True)


def test_totals_sent_twice_are_there_once_and_tell_what_changed_since_the_first(
    cast: Cast, app_of: AppOf
) -> None:
    tess = app_of(cast.tess)
    at = f"{room(cast)}/assessments/{make_id()}"
    first, again = tess.put(at, COPM), tess.put(at, COPM)
    assert (first.status, again.status, again.body) == (201, 200, first.body)
    assert tess.put(at, {**COPM, "on": "2026-11-03"}).code == "id_already_used"
    later = tess.put(
        f"{room(cast)}/assessments/{make_id()}",
        {**COPM, "on": "2026-11-23", "totals": [{"score": "performance", "value": 5.5, "band": "good"}]},
    )
    [total] = later["totals"]
    assert (total["since_first"], total["is_notable"], total["notable_from"]) == (2.0, True, 2.0)
    assert total["band"] == "good"
    assert [one["since_first"] for one in first["totals"]] == [None, None]
    # An inpatient study found more (S70); what is noted is not for guardians to read.
    with rls.acting_as(cast.otto):
        change_clinic(by=cast.otto, clinic=cast.harbor, copm_notable_points=Decimal("2.2"), now=rls.now())
    [latest] = tess.get(f"{room(cast)}/assessments")["items"][0]["totals"]
    assert (latest["is_notable"], latest["notable_from"]) == (False, 2.2)
    [read] = app_of(cast.fay).get(f"{room(cast)}/assessments")["items"][0]["totals"]
    assert (read["since_first"], read["is_notable"], read["notable_from"]) == (2.0, None, None)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"totals": [{"score": "performance", "value": 11}]}, "totals"),
        ({"totals": [{"score": "a", "value": 1}, {"score": "a", "value": 2}]}, "totals"),
        ({"totals": [{"score": "a", "value": 5, "most": 4}]}, "totals"),
        ({"totals": []}, "totals"),
        ({"instrument": "stai"}, "instrument"),
    ],
)
def test_totals_that_cannot_be_are_refused_by_their_field(
    cast: Cast, app_of: AppOf, changed: dict[str, Any], field: str
) -> None:
    refused = app_of(cast.tess).put(f"{room(cast)}/assessments/{make_id()}", {**COPM, **changed})
    assert refused.status == 400
    assert list(refused.fields) == [field]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ladder": SHIRT["ladder"][:4]}, "ladder"),
        ({"baseline_level": 0}, "baseline_level"),
        ({"primary_outcome": "adherence"}, "primary_outcome"),
        ({"importance": 4}, "importance"),
        ({"title": " "}, "title"),
        ({"is_open": False}, "is_open"),
    ],
)
def test_a_goal_that_cannot_be_is_refused_by_its_field(
    cast: Cast, app_of: AppOf, changed: dict[str, Any], field: str
) -> None:
    refused = app_of(cast.tess).put(f"{room(cast)}/goals/{make_id()}", {**SHIRT, **changed})
    assert refused.status == 400
    assert list(refused.fields) == [field]


def test_who_does_not_treat_the_child_sets_and_rates_no_goal(cast: Cast, app_of: AppOf) -> None:
    at = f"{room(cast)}/goals/{make_id()}"
    assert app_of(cast.tess).put(at, SHIRT).status == 201
    for name, may_read in (("fay", True), ("nan", False), ("otto", False), ("theo", False)):
        app, status = app_of(getattr(cast, name)), 403 if may_read else 404
        told = {"level": 1, "on": "2026-11-20"}
        assert app.put(f"{room(cast)}/goals/{make_id()}", SHIRT).status == status, name
        assert app.put(f"{at}/ratings/{make_id()}", told).status == status, name
        assert app.patch(at, {"title": "Mine"}, **{"If-Match": '"1"'}).status == status, name
        assert app.put(f"{room(cast)}/assessments/{make_id()}", COPM).status == status, name


def test_what_an_assistant_sets_waits_for_a_signature(cast: Cast, app_of: AppOf) -> None:
    drafted = app_of(cast.asha).put(f"{room(cast)}/goals/{make_id()}", SHIRT)
    assert (drafted.status, drafted["is_draft"]) == (201, True)
    assert app_of(cast.fay).get(f"{room(cast)}/goals")["items"] == []
