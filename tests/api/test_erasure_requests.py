"""A family app asks the clinic to erase."""

from __future__ import annotations

from collections.abc import Callable

from clinic.models import User
from tests.api.client import App
from tests.cast import Cast, make_id


def test_a_request_is_sent_once_read_back_and_taken_back(cast: Cast, app_of: Callable[[User], App]) -> None:
    fay = app_of(cast.fay)
    here = f"/api/v1/children/{cast.cleo.pk}/erasure-requests"
    one = f"{here}/{make_id()}"
    asked = fay.put(one, {"about": "child"})
    assert (asked.status, asked["state"]) == (200, "open")
    assert fay.put(one, {"about": "child"}).body == asked.body
    assert fay.put(one, {"about": "me"}).code == "id_already_used"
    assert fay.put(f"{here}/{make_id()}", {"about": "child"}).code == "already_requested"
    assert fay.put(f"{here}/{make_id()}", {"about": "them"}).fields == {"about": "invalid"}
    assert [item["id"] for item in fay.get(here)["items"]] == [asked["id"]]
    assert fay.delete(one)["state"] == "withdrawn"
    assert fay.delete(one).code == "request_is_over"


def test_another_guardian_reads_nothing_of_it(cast: Cast, app_of: Callable[[User], App]) -> None:
    fay, greg = app_of(cast.fay), app_of(cast.greg)
    here = f"/api/v1/children/{cast.cleo.pk}/erasure-requests"
    one = f"{here}/{make_id()}"
    fay.put(one, {"about": "child"})
    assert greg.get(here)["items"] == []
    assert greg.delete(one).status == 404
