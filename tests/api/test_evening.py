"""Fay's evening, told from her phone: a massage stopped because Cleo had enough, a bedtime, a touch."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from clinic import rls
from clinic.models import User
from tests import factories
from tests.api.client import App
from tests.cast import Cast, planted

AppOf = Callable[[User], App]
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def evening(cast: Cast) -> dt.date:
    """Yesterday where Fay lives."""
    return rls.now().astimezone(NEW_YORK).date() - dt.timedelta(days=1)


def at(evening: dt.date, clock: str) -> str:
    """An instant of the evening as a phone in New York writes it."""
    return dt.datetime.combine(evening, dt.time.fromisoformat(clock), NEW_YORK).isoformat()


def utc(instant: str) -> str:
    """The same as the API answers it."""
    return dt.datetime.fromisoformat(instant).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def massage(evening: dt.date) -> dict[str, object]:
    return {
        "outcome": "stopped",
        "occurred_at": at(evening, "18:55"),
        "zone": "America/New_York",
        "ended_by": "child",
        "minutes": 3.5,
        "state_before": "quiet_alert",
        "state_after": "drowsy",
        "steps": [
            {"stroke": "hello-hands", "is_done": True, "seconds": 30},
            {"stroke": "leg-long-glide", "is_done": True, "seconds": 60},
            {"stroke": "chest-open-book", "is_done": False},
        ],
        "cues": [
            {"code": "ep_gaze", "moment": "during", "at_seconds": 20},
            {"code": "ep_offer", "moment": "during", "at_seconds": 95},
            {"code": "ds_look_away", "moment": "during", "at_seconds": 170},
            {"code": "ds_stiff", "moment": "during", "at_seconds": 185},
        ],
    }


def lotion(evening: dt.date) -> dict[str, object]:
    return {
        "stimulus": "sunscreen_lotion",
        "occurred_at": at(evening, "18:40"),
        "zone": "America/New_York",
        "responses": ["withdraw", "cry"],
        "intensity": 3,
        "recovery_minutes": 4,
        "region": "hands",
        "setting": "home",
    }


def test_a_massage_stopped_by_the_child_is_kept_as_told(app_of: AppOf, cast: Cast, evening: dt.date) -> None:
    program = factories.program(cast.cleo, by=cast.tess)
    fay = app_of(cast.fay)
    session = uuid.uuid4()
    answer = fay.put(f"/api/v1/children/{cast.cleo.pk}/sessions/{session}", massage(evening))
    assert answer.status == 201
    body = dict(answer.body)
    assert body.pop("received_at")
    assert body == {
        "id": str(session),
        "revision": 1,
        "state": "recorded",
        "program": str(program.pk),
        "program_version": str(program.current_version_id),
        "slot": None,
        "occurred_at": utc(at(evening, "18:55")),
        "precision": "minute",
        "part_of_day": "",
        "zone": "America/New_York",
        "local_day": evening.isoformat(),
        "source": "app",
        "door": "api",
        "by": {"shown_as": "you", "role": "guardian", "name": f"Fay {planted('fay-name')}"},
        "told_by": None,
        "is_on_behalf": False,
        "may_revise": True,
        "flags": [],
        "note": "",
        "language": "",
        "outcome": "stopped",
        "provider": "caregiver",
        "ended_by": "child",
        "not_today_reason": "",
        "minutes": 3.5,
        "state_before": "quiet_alert",
        "state_after": "drowsy",
        "steps": [
            {"step": None, "stroke": "hello-hands", "is_done": True, "seconds": 30},
            {"step": None, "stroke": "leg-long-glide", "is_done": True, "seconds": 60},
            {"step": None, "stroke": "chest-open-book", "is_done": False, "seconds": None},
        ],
        "cues": [{**cue, "sign": None} for cue in massage(evening)["cues"]],
        "product_kind": "",
        "product_name": "",
        "contact": None,
        "not_asked": [],
    }


def test_the_same_massage_again_gets_the_same_answer(app_of: AppOf, cast: Cast, evening: dt.date) -> None:
    fay = app_of(cast.fay)
    path = f"/api/v1/children/{cast.cleo.pk}/sessions/{uuid.uuid4()}"
    first, again = fay.put(path, massage(evening)), fay.put(path, massage(evening))
    assert (first.status, again.status) == (201, 200)
    assert first.content == again.content == fay.get(path).content


def test_bed_and_sleep_are_told_one_after_the_other(app_of: AppOf, cast: Cast, evening: dt.date) -> None:
    fay = app_of(cast.fay)
    path = f"/api/v1/children/{cast.cleo.pk}/bedtimes/{uuid.uuid4()}"
    in_bed = {"lights_out_at": at(evening, "19:42"), "zone": "America/New_York"}
    first = fay.put(path, in_bed)
    assert (first.status, first["latency"], first["revision"]) == (201, None, 1)
    assert first["local_day"] == evening.isoformat()
    asleep = in_bed | {"asleep_at": at(evening, "20:01"), "accuracy": "watched", "base_revision": 1}
    then = fay.put(path, asleep)
    assert (then.status, then["revision"]) == (200, 2)
    assert then["latency"] == {
        "minutes": 19.0,
        "is_more_than": False,
        "is_about": False,
        "needs_review": False,
    }
    assert then["asleep_at"] == utc(at(evening, "20:01"))


def test_lotion_on_the_hands_is_an_observation(app_of: AppOf, cast: Cast, evening: dt.date) -> None:
    fay = app_of(cast.fay)
    answer = fay.put(f"/api/v1/children/{cast.cleo.pk}/observations/{uuid.uuid4()}", lotion(evening))
    assert answer.status == 201
    told = lotion(evening)
    for name in ("stimulus", "responses", "intensity", "recovery_minutes", "region", "setting"):
        assert answer[name] == told[name]
    assert answer["flags"] == []


def test_the_care_team_reads_it_with_its_author(app_of: AppOf, cast: Cast, evening: dt.date) -> None:
    path = f"/api/v1/children/{cast.cleo.pk}/sessions/{uuid.uuid4()}"
    app_of(cast.fay).put(path, massage(evening))
    seen = app_of(cast.tess).get(path)
    assert seen["by"] == {"shown_as": "name", "role": "guardian", "name": f"Fay {planted('fay-name')}"}
    assert seen["zone"] == "America/New_York"
    assert seen["may_revise"] is False


def test_the_other_household_reads_neither_zone_nor_instant_nor_name(
    app_of: AppOf, cast: Cast, evening: dt.date
) -> None:
    child = f"/api/v1/children/{cast.cleo.pk}"
    session, bedtime = uuid.uuid4(), uuid.uuid4()
    fay, greg = app_of(cast.fay), app_of(cast.greg)
    fay.put(f"{child}/sessions/{session}", massage(evening))
    fay.put(f"{child}/bedtimes/{bedtime}", {"lights_out_at": at(evening, "19:42")})
    seen = greg.get(f"{child}/sessions/{session}")
    assert seen["zone"] is None
    assert seen["received_at"] is None
    assert seen["occurred_at"] == f"{evening}T18:55:00"
    assert seen["by"] == {"shown_as": "role", "role": "guardian", "name": ""}
    (night,) = greg.get(f"{child}/bedtimes")["items"]
    assert night["lights_out_at"] == f"{evening}T19:42:00"
    assert planted("fay-name") not in greg.get(f"{child}/sessions").content.decode()


def test_a_withdrawn_entry_stays_and_may_be_restored(app_of: AppOf, cast: Cast, evening: dt.date) -> None:
    fay = app_of(cast.fay)
    path = f"/api/v1/children/{cast.cleo.pk}/observations/{uuid.uuid4()}"
    fay.put(path, lotion(evening))
    for _ in range(2):
        withdrawn = fay.put(f"{path}/withdrawal", {})
        assert (withdrawn.status, withdrawn["state"], withdrawn["revision"]) == (200, "withdrawn", 2)
    listed = path.rpartition("/")[0]
    assert [item["state"] for item in fay.get(listed)["items"]] == ["withdrawn"]
    assert fay.get(listed, with_withdrawn="false")["items"] == []
    restored = fay.delete(f"{path}/withdrawal")
    assert (restored.status, restored["state"], restored["revision"]) == (200, "recorded", 3)


def test_tonight_shows_what_is_done(app_of: AppOf, cast: Cast) -> None:
    now = rls.now().replace(microsecond=0)
    fay = app_of(cast.fay)
    child = f"/api/v1/children/{cast.cleo.pk}"
    before = fay.get(f"{child}/today")
    assert (before.status, before["sessions"], before["unread_count"]) == (200, [], 0)
    assert before["zone"] == "America/New_York"
    assert before["child_name"] == planted("cleo-nickname")
    session = uuid.uuid4()
    fay.put(f"{child}/sessions/{session}", {"outcome": "done", "occurred_at": now.isoformat()})
    after = fay.get(f"{child}/today")
    assert [one["id"] for one in after["sessions"]] == [str(session)]
