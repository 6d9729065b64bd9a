"""Service labels over the API: named and retired by who keeps them, read by all staff, put on contacts."""

from __future__ import annotations

from collections.abc import Callable

from clinic.models import User
from tests.api.client import App
from tests.cast import Cast

AppOf = Callable[[User], App]
LABELS = "/api/v1/clinics/harbor/service-labels"


def test_a_label_is_named_put_on_a_visit_renamed_and_retired(cast: Cast, app_of: AppOf) -> None:
    tess = app_of(cast.tess)
    made = tess.post(LABELS, {"name": "Massage, 45 min"})
    [label] = made["items"]
    assert (made.status, label["name"], label["is_offered"]) == (201, "Massage, 45 min", True)
    sent = {"kind": "visit", "starts_at": "2026-01-05T10:30:00-05:00", "minutes": 45, "label": label["id"]}
    visit = tess.post(f"/api/v1/children/{cast.cleo.pk}/contacts", sent)
    assert visit["label"] == "Massage, 45 min"
    own = f"{LABELS}/{label['id']}"
    assert tess.put(own, {"name": "Massage"})["items"][0]["name"] == "Massage"
    assert tess.get(f"/api/v1/children/{cast.cleo.pk}/contacts/{visit['id']}")["label"] == "Massage"
    assert tess.delete(own)["items"] == [label | {"name": "Massage", "is_offered": False}]
    assert app_of(cast.asha).get(LABELS)["items"][0]["is_offered"] is False


def test_a_name_is_offered_once_and_only_by_who_keeps_the_labels(cast: Cast, app_of: AppOf) -> None:
    otto = app_of(cast.otto)
    assert otto.post(LABELS, {"name": "Massage"}).status == 201
    again = otto.post(LABELS, {"name": "massage"})
    assert (again.status, again.code) == (409, "label_in_use")
    assert otto.post(LABELS, {"name": "x" * 81}).fields == {"name": "max_length"}
    assert app_of(cast.opal).post(LABELS, {"name": "Other"}).status == 403
    assert app_of(cast.fay).get(LABELS).status == 404
