"""What is prescribed, as Fay's phone asks for it, and pausing it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import pytest

from clinic import rls
from clinic.models import User
from tests.api.client import App
from tests.cast import Cast
from tests.tracking.prescribing import next_draft, tonight
from tracking.models import HomeProgram

AppOf = Callable[[User], App]


@pytest.fixture
def program(cast: Cast) -> HomeProgram:
    """The story's: Bedtime calm without the open book, every evening after bath."""
    with rls.acting_as(cast.tess):
        return tonight(cast)


def room(cast: Cast) -> str:
    return f"/api/v1/children/{cast.cleo.pk}"


def test_the_program_that_runs_comes_with_its_sentence_and_its_steps(
    app_of: AppOf, cast: Cast, program: HomeProgram
) -> None:
    fay = app_of(cast.fay)
    (listed,) = fay.get(f"{room(cast)}/programs")["items"]
    assert (listed["id"], listed["state"], listed["week"], listed["weeks"]) == (
        str(program.pk),
        "active",
        1,
        8,
    )
    told = fay.get(f"{room(cast)}/programs/{program.pk}")
    current = told["current"]
    assert told["draft"] is None
    assert listed["sentence"] == current["sentence"]
    assert "8 weeks" in current["sentence"]
    assert [step["stroke"] for step in current["steps"]] == [
        "hello-hands",
        "back-long-sweep",
        "leg-long-glide",
        "sole-thumb-walk",
        "arm-long-glide",
        "palm-and-finger-rolls",
        "forehead-smooth",
    ]
    assert all(step["instruction"] and step["words_to_say"] for step in current["steps"])
    assert "back" in current["safe_sleep"].lower()
    assert current["adopted"] is None, "draft wording until the clinic adopts it"
    (schedule,) = current["schedules"]
    assert (schedule["minutes"], schedule["minutes_kind"], schedule["per"]) == (5, "minimum", "day")
    assert schedule["slots"][0]["anchor"] == "after_bath"


def test_tonight_has_one_slot_and_a_session_fills_it(app_of: AppOf, cast: Cast, program: HomeProgram) -> None:
    fay = app_of(cast.fay)
    (due,) = fay.get(f"{room(cast)}/today")["programs"]
    (slot,) = due["slots"]
    assert (slot["anchor"], slot["clock_time"], slot["done"]) == ("after_bath", "18:30:00", None)
    session = uuid.uuid4()
    step = fay.get(f"{room(cast)}/programs/{program.pk}")["current"]["steps"][0]
    answer = fay.put(
        f"{room(cast)}/sessions/{session}",
        {
            "outcome": "done",
            "occurred_at": rls.now().isoformat(),
            "zone": "America/New_York",
            "program_version": due["program_version"],
            "slot": slot["slot"],
            "steps": [{"step": step["id"], "stroke": step["stroke"], "seconds": step["seconds"]}],
        },
    )
    assert (answer.status, answer["slot"]) == (201, slot["slot"])
    assert answer["program_version"] == due["program_version"]
    (due,) = fay.get(f"{room(cast)}/today")["programs"]
    assert due["slots"][0]["done"]["session"] == str(session)
    assert due["recent"] == {"count": 1, "of": 1}


def test_the_family_reads_no_draft_and_the_therapist_does(
    app_of: AppOf, cast: Cast, program: HomeProgram
) -> None:
    with rls.acting_as(cast.tess):
        draft = next_draft(cast.tess, program).versions.get(published_at__isnull=True)
    path = f"{room(cast)}/programs/{program.pk}"
    assert app_of(cast.fay).get(path)["draft"] is None
    assert app_of(cast.fay).get(f"{path}/versions/{draft.pk}").status == 404
    assert app_of(cast.tess).get(path)["draft"]["id"] == str(draft.pk)
    assert app_of(cast.tess).get(f"{path}/versions/{draft.pk}").status == 200


def test_an_older_version_is_still_there_for_the_entries_that_answered_it(
    app_of: AppOf, cast: Cast, program: HomeProgram
) -> None:
    version = program.current_version_id
    answer = app_of(cast.fay).get(f"{room(cast)}/programs/{program.pk}/versions/{version}")
    assert (answer.status, answer["number"], answer["change_kind"]) == (200, 1, "first")


def test_a_mother_pauses_for_an_illness_and_ends_it(app_of: AppOf, cast: Cast, program: HomeProgram) -> None:
    fay = app_of(cast.fay)
    path = f"{room(cast)}/programs/{program.pk}"
    pause = fay.post(f"{path}/pauses", {"reason": "illness"})
    assert (pause.status, pause["until_on"], pause["covers_today"]) == (201, None, True)
    (due,) = fay.get(f"{room(cast)}/today")["programs"]
    assert (due["is_paused"], due["slots"]) == (True, [])
    again = fay.post(f"{path}/pauses", {"reason": "illness"})
    assert (again.status, again.code) == (409, "already_paused")
    assert app_of(cast.nan).delete(f"{path}/pauses/{pause['id']}").status == 403
    assert fay.delete(f"{path}/pauses/{pause['id']}").status == 204
    assert fay.get(path)["pauses"] == []


def test_a_pause_that_cannot_be_names_its_field(app_of: AppOf, cast: Cast, program: HomeProgram) -> None:
    fay = app_of(cast.fay)
    path = f"{room(cast)}/programs/{program.pk}/pauses"
    answer = fay.post(path, {"reason": "tired"})
    assert answer.fields == {"reason": "invalid_choice"}
    assert "illness" in answer["errors"][0]["allowed"]
    yesterday = (rls.now() - dt.timedelta(days=2)).date().isoformat()
    answer = fay.post(path, {"reason": "illness", "until_on": yesterday})
    assert answer.fields == {"until_on": "invalid"}


def test_a_program_of_another_child_is_no_program_of_this_one(
    app_of: AppOf, cast: Cast, program: HomeProgram
) -> None:
    path = f"/api/v1/children/{cast.fern.pk}/programs/{program.pk}"
    random = f"/api/v1/children/{cast.fern.pk}/programs/{uuid.uuid4()}"
    finn = app_of(cast.finn)
    assert finn.get(path).status == finn.get(random).status == 404
    assert finn.get(path).content == finn.get(random).content


def test_a_program_version_out_of_sight_is_an_unknown_one(
    app_of: AppOf, cast: Cast, program: HomeProgram
) -> None:
    finn = app_of(cast.finn)
    answers = [
        finn.put(
            f"/api/v1/children/{cast.fern.pk}/sessions/{uuid.uuid4()}",
            {"outcome": "done", "occurred_at": rls.now().isoformat(), "program_version": str(version)},
        )
        for version in (program.current_version_id, uuid.uuid4())
    ]
    assert answers[0].status == 400
    assert answers[0].content == answers[1].content
