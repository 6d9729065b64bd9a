"""Messages, notes and what is asked about daily, over HTTP."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from clinic import rls
from clinic.models import User
from tests import factories
from tests.api.client import App
from tests.cast import Cast, planted

AppOf = Callable[[User], App]


def room(cast: Cast) -> str:
    return f"/api/v1/children/{cast.cleo.pk}"


def test_a_message_is_sent_once_however_often_it_is_put(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    path = f"{room(cast)}/messages/{uuid.uuid4()}"
    first = fay.put(path, {"body": "She loved it tonight."})
    again = fay.put(path, {"body": "She loved it tonight."})
    assert (first.status, again.status) == (201, 200)
    assert first.content == again.content
    assert first["by"]["shown_as"] == "you"
    other = fay.put(path, {"body": "Something else."})
    assert (other.status, other.code) == (409, "id_already_used")


def test_a_thread_is_unread_until_it_is_read(app_of: AppOf, cast: Cast) -> None:
    fay, tess = app_of(cast.fay), app_of(cast.tess)
    sent = fay.put(f"{room(cast)}/messages/{uuid.uuid4()}", {"body": "A question."})
    thread = tess.get(f"{room(cast)}/messages")
    assert thread["unread_count"] == 1
    assert thread["items"][0]["is_unread"] is True
    assert thread["items"][0]["by"]["name"] == f"Fay {planted('fay-name')}"
    read = tess.put(f"{room(cast)}/messages/read", {"read_until": sent["sent_at"]})
    assert (read.status, read["unread_count"]) == (200, 0)
    assert tess.get(f"{room(cast)}/messages")["items"][0]["is_unread"] is False


def test_the_other_parent_reads_who_wrote_by_role(app_of: AppOf, cast: Cast) -> None:
    app_of(cast.fay).put(f"{room(cast)}/messages/{uuid.uuid4()}", {"body": "A question."})
    answer = app_of(cast.greg).get(f"{room(cast)}/messages")
    assert answer["items"][0]["by"] == {"shown_as": "role", "role": "guardian", "name": ""}
    assert planted("fay-name").encode() not in answer.content


def test_messages_come_in_pages_newest_first(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    for number in range(5):
        fay.put(f"{room(cast)}/messages/{uuid.uuid4()}", {"body": str(number)})
    first = fay.get(f"{room(cast)}/messages", limit=3)
    then = fay.get(f"{room(cast)}/messages", limit=3, cursor=first["next_cursor"])
    assert (len(first["items"]), len(then["items"]), then["next_cursor"]) == (3, 2, None)
    ids = [message["id"] for message in (*first["items"], *then["items"])]
    assert len(set(ids)) == 5


def test_a_guardian_reads_shared_notes_and_no_private_one(app_of: AppOf, cast: Cast) -> None:
    factories.note(cast.cleo, by=cast.tess)
    factories.note(cast.cleo, by=cast.tess, is_private=True)
    assert len(app_of(cast.tess).get(f"{room(cast)}/notes")["items"]) == 2
    (note,) = app_of(cast.fay).get(f"{room(cast)}/notes")["items"]
    assert note["is_private"] is False
    assert len(app_of(cast.asha).get(f"{room(cast)}/notes")["items"]) == 1


def test_a_touch_is_asked_about_and_answered_daily(app_of: AppOf, cast: Cast) -> None:
    tess, fay = app_of(cast.tess), app_of(cast.fay)
    asked = tess.post(f"{room(cast)}/tracked-stimuli", {"stimulus": "cloth_tag", "label": "the blue shirt"})
    assert (asked.status, asked["until_on"]) == (201, None)
    again = tess.post(f"{room(cast)}/tracked-stimuli", {"stimulus": "cloth_tag", "label": "the blue shirt"})
    assert (again.status, again.code) == (409, "already_tracked")
    (due,) = fay.get(f"{room(cast)}/today")["asked"]
    assert (due["tracked_stimulus"], due["came_up"]) == (asked["id"], None)
    day = fay.put(
        f"{room(cast)}/stimulus-days/{uuid.uuid4()}",
        {"tracked_stimulus": asked["id"], "came_up": True, "occurred_at": rls.now().isoformat()},
    )
    assert (day.status, day["label"], day["precision"]) == (201, "the blue shirt", "day")
    (due,) = fay.get(f"{room(cast)}/today")["asked"]
    assert due["came_up"] is True
    stopped = tess.delete(f"{room(cast)}/tracked-stimuli/{asked['id']}")
    assert (stopped.status, stopped["until_on"] is None) == (200, False)


def test_a_touch_tracked_for_another_child_is_unknown_here(app_of: AppOf, cast: Cast) -> None:
    theo = app_of(cast.theo)
    ferns = theo.post(f"/api/v1/children/{cast.fern.pk}/tracked-stimuli", {"stimulus": "cloth_tag"})["id"]
    fay = app_of(cast.fay)
    answers = [
        fay.put(
            f"{room(cast)}/stimulus-days/{uuid.uuid4()}",
            {"tracked_stimulus": stimulus, "came_up": True, "occurred_at": rls.now().isoformat()},
        )
        for stimulus in (ferns, str(uuid.uuid4()))
    ]
    assert answers[0].fields == {"tracked_stimulus": "unknown"}
    assert answers[0].content == answers[1].content


def test_a_guardian_chooses_what_is_tracked_and_who_only_logs_does_not(app_of: AppOf, cast: Cast) -> None:
    assert app_of(cast.fay).post(f"{room(cast)}/tracked-stimuli", {"stimulus": "cloth_tag"}).status == 201
    answer = app_of(cast.nan).post(f"{room(cast)}/tracked-stimuli", {"stimulus": "cloth_seam"})
    assert (answer.status, answer.code) == (403, "forbidden")
