"""The child's own signs over the API: told under an id, offered by today, named by a session."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from clinic import rls
from clinic.models import User
from tests import factories
from tests.api.client import App
from tests.cast import Cast

AppOf = Callable[[User], App]


def test_a_sign_is_told_once_offered_by_today_and_named_by_a_session(cast: Cast, app_of: AppOf) -> None:
    fay, room, sign = app_of(cast.fay), f"/api/v1/children/{cast.cleo.pk}", uuid.uuid4()
    body = {"asks_for": "enough", "words": "Curls his toes", "language": "en", "cue": "ds_kick"}
    assert fay.put(f"{room}/signs/{sign}", body).status == 201
    assert fay.put(f"{room}/signs/{sign}", body).status == 200
    assert fay.put(f"{room}/signs/{sign}", body | {"words": "Other"}).code == "id_already_used"

    [offered] = fay.get(f"{room}/today")["signs"]
    assert (offered["id"], offered["words"], offered["cue"]) == (str(sign), "Curls his toes", "ds_kick")

    told = {"outcome": "stopped", "occurred_at": rls.now().isoformat(), "cues": [{"sign": str(sign)}]}
    [cue] = fay.put(f"{room}/sessions/{uuid.uuid4()}", told)["cues"]
    assert (cue["code"], cue["sign"]["words"], cue["sign"]["asks_for"]) == (
        "ds_kick",
        "Curls his toes",
        "enough",
    )

    assert fay.delete(f"{room}/signs/{sign}").status == 200
    assert fay.get(f"{room}/signs")["items"] == []


def test_a_cue_is_a_code_or_a_sign_of_this_child(cast: Cast, app_of: AppOf) -> None:
    fay, room = app_of(cast.fay), f"/api/v1/children/{cast.cleo.pk}"
    ferns = factories.sign(cast.fern, by=cast.finn)
    told = {"outcome": "done", "occurred_at": rls.now().isoformat()}
    answer = fay.put(f"{room}/sessions/{uuid.uuid4()}", told | {"cues": [{"moment": "after"}]})
    assert answer.fields == {"cues.0.code": "required"}
    answer = fay.put(f"{room}/sessions/{uuid.uuid4()}", told | {"cues": [{"sign": str(ferns.client_id)}]})
    assert (answer.status, answer.fields) == (400, {"cues.0.sign": "invalid"})


def test_a_therapist_sets_how_soon_a_massage_pauses(cast: Cast, app_of: AppOf) -> None:
    tess, at = app_of(cast.tess), f"/api/v1/children/{cast.cleo.pk}/stop-sensitivity"
    by_age = {"sensitivity": "gentle", "is_set": False, "by_default": "gentle", "because": ["neonatal_care"]}
    assert tess.get(at).body == by_age
    assert tess.put(at, {"sensitivity": "usual"}).body == by_age | {"sensitivity": "usual", "is_set": True}
    assert tess.put(at, {"sensitivity": "loud"}).fields == {"sensitivity": "invalid_choice"}
    fay = app_of(cast.fay)
    assert fay.get(at)["sensitivity"] == "usual"
    assert fay.put(at, {"sensitivity": ""}).status == 403
    assert tess.put(at, {"sensitivity": ""}).body == by_age
