"""The hand-off line over HTTP: what the other home did, and how far one has looked."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from clinic import rls
from clinic.models import Child, User
from clinic.vocabulary import SharingMode
from tests.api.client import App
from tests.cast import Cast, planted

AppOf = Callable[[User], App]


def room(cast: Cast) -> str:
    return f"/api/v1/children/{cast.cleo.pk}"


def log(app: App, cast: Cast) -> str:
    entry = str(uuid.uuid4())
    body = {"outcome": "done", "occurred_at": rls.now().isoformat(), "minutes": 6}
    assert app.put(f"{room(cast)}/sessions/{entry}", body).status == 201
    return entry


def test_the_other_parent_reads_what_was_done_and_not_where_or_by_whom(app_of: AppOf, cast: Cast) -> None:
    entry = log(app_of(cast.fay), cast)
    answer = app_of(cast.greg).get(f"{room(cast)}/hand-off")
    (line,) = answer["lines"]
    assert (line["kind"], line["id"], line["said"]) == ("session", entry, "Done, 6 minutes")
    assert line["by"] == {"shown_as": "role", "role": "guardian", "name": ""}
    assert line["happened"][-1:].isdigit(), "what the wall showed, without an offset"
    assert planted("fay-name").encode() not in answer.content
    assert b"America/New_York" not in answer.content


def test_own_entries_only_hands_over_nothing(app_of: AppOf, cast: Cast) -> None:
    log(app_of(cast.fay), cast)
    greg = app_of(cast.greg)
    assert len(greg.get(f"{room(cast)}/hand-off")["lines"]) == 1
    with rls.acting_as(cast.otto):
        Child.objects.filter(pk=cast.cleo.pk).update(sharing_mode=SharingMode.OWN_ONLY)
    assert greg.get(f"{room(cast)}/hand-off")["lines"] == []


def test_asking_marks_nothing_and_looking_does(app_of: AppOf, cast: Cast) -> None:
    log(app_of(cast.fay), cast)
    greg = app_of(cast.greg)
    greg.get(f"{room(cast)}/hand-off")
    again = greg.get(f"{room(cast)}/hand-off")
    assert len(again["lines"]) == 1
    looked = greg.put(f"{room(cast)}/hand-off/looked", {"until": rls.now().isoformat()})
    assert (looked.status, looked["lines"]) == (200, [])
    assert looked["since"] > again["since"]


def test_it_is_said_in_the_askers_language(cast: Cast) -> None:
    answers = []
    for language in ("en", "de"):
        app = App(language=language)
        app.sign_in(cast.nan if language == "en" else cast.greg)
        if language == "en":
            log(app, cast)
        answers.append(app.get(f"{room(cast)}/hand-off"))
    assert [len(answer["lines"]) for answer in answers] == [0, 1]


def test_who_only_treats_has_no_hand_off(app_of: AppOf, cast: Cast) -> None:
    answer = app_of(cast.tess).get(f"{room(cast)}/hand-off")
    assert (answer.status, answer.code) == (403, "forbidden")
    assert app_of(cast.theo).get(f"{room(cast)}/hand-off").status == 404
