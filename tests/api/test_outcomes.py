"""What changed alongside, over the API: the care team's alone, and it says why it says nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import User
from tests.api.client import App
from tests.cast import Cast
from tests.web.test_change import QUICK, SLOW, in_bed, running
from tracking.services.goals import set_goal
from tracking.vocabulary.outcomes import Outcome

AppOf = Callable[[User], App]


def test_the_team_reads_a_comparison_with_its_sentences_and_families_do_not(
    cast: Cast, app_of: AppOf
) -> None:
    goal, begins = running(cast)
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), [*SLOW, *QUICK])
    at = f"/api/v1/children/{cast.cleo.pk}/outcomes"
    [seen] = app_of(cast.tess).get(at)["items"]
    assert (seen["goal"], seen["primary_outcome"], seen["better"]) == (
        str(goal.client_id),
        "sleep_latency",
        "decrease",
    )
    assert (seen["judgement"], seen["finding"], seen["withheld"]) == ("ok", "as_wished", None)
    assert "changed alongside the program" in " ".join(seen["said"])
    assert seen["before"]["median"] == {"value": 50, "is_more_than": False}
    assert (seen["before"]["told_days"], seen["before"]["asked_days"]) == (7, 7)
    assert seen["comparison"]["tau"] == 2 * seen["comparison"]["nap"] - 1
    assert len(seen["points"]) == 17
    for other in (cast.fay, cast.nan, cast.otto, cast.theo):
        assert app_of(other).get(at).status == 404


def test_one_night_before_is_refused_with_a_reason(cast: Cast, app_of: AppOf) -> None:
    _, begins = running(cast)
    in_bed(cast, cast.fay, begins - dt.timedelta(days=1), [60, 5])
    [seen] = app_of(cast.tess).get(f"/api/v1/children/{cast.cleo.pk}/outcomes")["items"]
    assert (seen["judgement"], seen["finding"]) == ("refused", None)
    assert seen["comparison"]["reason"] == "fewer_than_three"
    assert seen["comparison"]["nap_se"] is None
    assert "Only one evening was told from before the program began." in seen["said"]


def test_more_goals_and_nights_ask_no_more(cast: Cast, app_of: AppOf) -> None:
    _, begins = running(cast)
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), SLOW)
    tess, at = app_of(cast.tess), f"/api/v1/children/{cast.cleo.pk}/outcomes"
    tess.get(at)
    with CaptureQueriesContext(connection) as few:
        assert len(tess.get(at)["items"]) == 1
    in_bed(cast, cast.fay, begins, QUICK)
    for outcome in Outcome:
        with rls.acting_as(cast.tess, system="seeding"):
            set_goal(
                by=cast.tess,
                child=cast.cleo,
                title=outcome,
                ladder=["a", "b", "c", "d", "e"],
                set_on=begins,
                primary_outcome=outcome,
                now=rls.now(),
            )
    with CaptureQueriesContext(connection) as many:
        items = tess.get(at)["items"]
    assert len(many) == len(few)
    assert {one["primary_outcome"] for one in items} == set(Outcome)
    assert all("look_back" in one["cautions"] or one["judgement"] == "refused" for one in items[1:])
