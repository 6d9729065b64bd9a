"""Strategies over the API: prescribed by the team, offered to the family, tried with an answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from clinic import rls
from clinic.models import User
from tests.api.client import App
from tests.cast import Cast

AppOf = Callable[[User], App]


def test_a_strategy_is_prescribed_offered_and_tried(cast: Cast, app_of: AppOf) -> None:
    tess, fay, room = app_of(cast.tess), app_of(cast.fay), f"/api/v1/children/{cast.cleo.pk}"
    strategy = uuid.uuid4()
    body = {"stimuli": ["cloth_tag"], "code": "tag_removed", "text": "Cut it out first.", "language": "en"}
    assert tess.put(f"{room}/strategies/{strategy}", body).status == 201
    assert tess.put(f"{room}/strategies/{strategy}", body).status == 200
    [offered] = fay.get(f"{room}/strategies")["items"]
    assert (offered["id"], offered["stimuli"]) == (str(strategy), ["cloth_tag"])

    told = {"stimulus": "cloth_tag", "occurred_at": rls.now().isoformat(), "intensity": 1}
    tried = [{"strategy": str(strategy), "helped": "yes"}, {"code": "countdown"}]
    answer = fay.put(f"{room}/observations/{uuid.uuid4()}", told | {"tried": tried})
    assert [(one["code"], one["helped"]) for one in answer["tried"]] == [
        ("tag_removed", "yes"),
        ("countdown", ""),
    ]

    assert tess.delete(f"{room}/strategies/{strategy}").status == 200
    assert fay.get(f"{room}/strategies")["items"] == []


def test_what_was_tried_is_a_code_or_a_strategy_of_this_child(cast: Cast, app_of: AppOf) -> None:
    fay, room = app_of(cast.fay), f"/api/v1/children/{cast.cleo.pk}"
    told = {"stimulus": "cloth_tag", "occurred_at": rls.now().isoformat()}
    answer = fay.put(f"{room}/observations/{uuid.uuid4()}", told | {"tried": [{"helped": "yes"}]})
    assert answer.fields == {"tried.0.code": "required"}
    answer = fay.put(
        f"{room}/observations/{uuid.uuid4()}", told | {"tried": [{"strategy": str(uuid.uuid4())}]}
    )
    assert (answer.status, answer.fields) == (400, {"tried.0.strategy": "invalid"})


def test_a_clinic_keeps_strategies_of_its_own(cast: Cast, app_of: AppOf) -> None:
    tess, own = app_of(cast.tess), "/api/v1/clinics/harbor/strategies"
    told = {"name": "Her washcloth", "text": "Let her hold it first.", "stimuli": ["groom_face_wash"]}
    kept = tess.post(own, told)
    [strategy] = kept["items"]
    assert (kept.status, strategy["name"], strategy["stimuli"]) == (201, "Her washcloth", ["groom_face_wash"])
    assert tess.post(own, told | {"stimuli": ["no_touch"]}).fields == {"stimuli": "invalid"}
    asha = app_of(cast.asha)
    assert asha.get(own)["items"] == [strategy]
    assert asha.delete(f"{own}/{strategy['id']}").status == 403
    assert tess.delete(f"{own}/{strategy['id']}")["items"] == []
