"""The ask plan over the API: what an app asks, and what it may not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from clinic import rls
from clinic.models import User
from tests import factories
from tests.api.client import App
from tests.cast import Cast, make_id

AppOf = Callable[[User], App]


def address(cast: Cast) -> str:
    return f"/api/v1/children/{cast.cleo.pk}"


def test_an_app_is_told_what_to_ask_and_nothing_else(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    by_age = fay.get(f"{address(cast)}/today")["plan"]
    assert by_age["questions"] == ["state_before", "state_after", "cues", "bedtime", "touch", "check_in"]
    chosen = app_of(cast.tess).post(
        f"{address(cast)}/ask-plan", {"questions": ["state_after"], "state_scale": "arousal"}
    )
    assert chosen.status == 201
    assert fay.get(f"{address(cast)}/today")["plan"] == {
        "questions": ["state_after"],
        "state_scale": "arousal",
    }
    assert fay.get(address(cast))["state_scale"] == "arousal"


def test_an_entry_says_what_it_was_not_asked(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    # A night belongs to its evening until noon: it may have begun yesterday.
    factories.ask_plan(cast.cleo, by=cast.fay, at=rls.now() - dt.timedelta(days=2))
    told = {"occurred_at": rls.now().isoformat(), "outcome": "done"}
    session = fay.put(f"{address(cast)}/sessions/{make_id()}", told)
    bedtime = fay.put(
        f"{address(cast)}/bedtimes/{make_id()}",
        {"occurred_at": rls.now().isoformat(), "lights_out_at": rls.now().isoformat()},
    )
    assert (session.status, bedtime.status) == (201, 201)
    assert session["not_asked"] == ["state_before", "cues"]
    assert bedtime["not_asked"] == ["bedtime"]


def test_a_guardian_chooses_and_sets_no_scale_and_who_only_logs_reads(app_of: AppOf, cast: Cast) -> None:
    fay, nan = app_of(cast.fay), app_of(cast.nan)
    assert fay.post(f"{address(cast)}/ask-plan", {"questions": []}).status == 201
    refused = fay.post(f"{address(cast)}/ask-plan", {"questions": [], "state_scale": "arousal"})
    assert (refused.status, refused.code) == (403, "forbidden")
    assert nan.get(f"{address(cast)}/ask-plan")["asked"]["questions"] == []
    assert nan.post(f"{address(cast)}/ask-plan", {"questions": ["cues"]}).status == 403


def test_a_question_nobody_knows_is_named(app_of: AppOf, cast: Cast) -> None:
    answer = app_of(cast.tess).post(f"{address(cast)}/ask-plan", {"questions": ["mood"]})
    assert answer.status == 400
    assert "questions" in answer.fields
