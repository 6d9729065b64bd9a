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
