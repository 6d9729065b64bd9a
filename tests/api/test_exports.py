"""A copy of the record over HTTP: asked for, and fetched by whoever asked alone."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest

from clinic.models import User
from clinic.services import step_up
from tests import factories
from tests.api.client import App
from tests.cast import Cast
from tracking.services.exporting import make_export

AppOf = Callable[[User], App]


def test_a_copy_is_asked_for_made_and_fetched(app_of: AppOf, cast: Cast) -> None:
    factories.session(cast.cleo, by=cast.fay)
    fay, room = app_of(cast.fay), f"/api/v1/children/{cast.cleo.pk}/exports"
    assert fay.get(room)["items"] == []
    asked = fay.post(room)
    assert (asked.status, asked["state"], asked["percent"]) == (202, "asked", 0)
    at = f"{room}/{asked['id']}"
    early = fay.get(f"{at}/file")
    assert (early.status, early.code) == (409, "export_not_ready")
    make_export(export_id=asked["id"])
    assert (fay.get(at)["state"], fay.get(at)["percent"]) == ("ready", 100)
    file = fay.get(f"{at}/file")
    assert (file.status, file.headers["Content-Type"]) == (200, "application/zip")
    archive = zipfile.ZipFile(io.BytesIO(file.content))
    assert len(json.loads(archive.read("data/sessions.json"))) == 1
    greg = app_of(cast.greg)
    assert (greg.get(at).status, greg.get(f"{at}/file").status) == (404, 404)


def test_fetching_asks_again_who_one_is(app_of: AppOf, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    fay, room = app_of(cast.fay), f"/api/v1/children/{cast.cleo.pk}/exports"
    asked = fay.post(room)
    make_export(export_id=asked["id"])
    assert fay.get(f"{room}/{asked['id']}/file").status == 200
    monkeypatch.setattr(step_up, "is_recent", lambda **_: False)
    refused = fay.get(f"{room}/{asked['id']}/file")
    assert (refused.status, refused.code) == (403, "recent_sign_in_needed")
    assert fay.get(f"{room}/{asked['id']}").status == 200, "how far it is may be asked at any time"


def test_a_copy_is_asked_for_as_a_workbook_and_as_nothing_unknown(app_of: AppOf, cast: Cast) -> None:
    fay, room = app_of(cast.fay), f"/api/v1/children/{cast.cleo.pk}/exports"
    refused = fay.post(room, {"format": "ods"})
    assert (refused.status, refused["errors"][0]["field"]) == (400, "format")
    asked = fay.post(room, {"format": "xlsx"})
    assert (asked.status, asked["format"]) == (202, "xlsx")
    assert fay.post(room, {"format": "csv"})["format"] == "xlsx", "the one that is being made"
    make_export(export_id=asked["id"])
    archive = zipfile.ZipFile(io.BytesIO(fay.get(f"{room}/{asked['id']}/file").content))
    assert "record.xlsx" in archive.namelist()


def test_who_treats_the_child_has_the_clinics_copy_and_a_guardian_the_familys(
    app_of: AppOf, cast: Cast
) -> None:
    room = f"/api/v1/children/{cast.cleo.pk}/exports"
    tess, fay = app_of(cast.tess), app_of(cast.fay)
    asked = tess.post(room)
    assert (asked.status, asked["copy_for"], fay.post(room)["copy_for"]) == (202, "clinic", "family")
    make_export(export_id=asked["id"])
    archive = zipfile.ZipFile(io.BytesIO(tess.get(f"{room}/{asked['id']}/file").content))
    assert json.loads(archive.read("manifest.json"))["format"] == "littlefoot-child-record"
    assert [one["id"] for one in tess.get(room)["items"]] == [asked["id"]]
    assert fay.get(f"{room}/{asked['id']}").status == 404
    assert tess.post(room, {"copy_for": "family"}).status == 403
    assert fay.post(room, {"copy_for": "clinic"}).status == 403
