"""A copy to keep, on the family's pages: none, on its way, ready, failed, over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clinic import rls
from tests.cast import Cast
from tracking.models import ExportFormat, ExportState, FamilyExport
from tracking.services.exporting import make_export

pytestmark = pytest.mark.django_db


def test_a_copy_goes_through_its_states_on_one_page(cast: Cast, sign_in: Any) -> None:
    fays, room = sign_in(cast.fay), f"/family/{cast.cleo.pk}/exports/"
    assert "No copy yet" in fays.get(room).content.decode()
    assert fays.post(room).status_code == 302
    under_way = fays.get(room).content.decode()
    assert "It is being made" in under_way
    assert "hx-get" in under_way
    export = FamilyExport.objects.get()
    assert export.file_format == ExportFormat.XLSX, "what most people open first"
    early = fays.get(f"{room}{export.pk}/file/", follow=True)
    assert "This copy is not ready" in early.content.decode()

    make_export(export_id=export.pk)
    assert "It is ready" in fays.get(room).content.decode()
    file = fays.get(f"{room}{export.pk}/file/")
    assert (file.status_code, file["Content-Type"], file.content[:2]) == (200, "application/zip", b"PK")
    assert file["Content-Disposition"].startswith("attachment")
    assert "no-store" in file["Cache-Control"]
    assert sign_in(cast.greg).get(f"{room}{export.pk}/file/").status_code == 404

    fays = sign_in(cast.fay)
    FamilyExport.objects.update(expires_at=rls.now() - dt.timedelta(seconds=1))
    assert "The last copy was removed" in fays.get(room).content.decode()
    FamilyExport.objects.update(state=ExportState.FAILED, failure_code="not_made")
    assert "It could not be made" in fays.get(room).content.decode()
    assert "Make a copy" in fays.get(room).content.decode()


def test_a_copy_is_made_in_the_format_that_was_chosen_and_in_no_other(cast: Cast, sign_in: Any) -> None:
    fays, room = sign_in(cast.fay), f"/family/{cast.cleo.pk}/exports/"
    assert fays.post(room, {"file_format": "ods"}).status_code == 200
    assert not FamilyExport.objects.exists()
    fays.post(room, {"file_format": "csv"})
    make_export(export_id=FamilyExport.objects.get().pk)
    assert "CSV files" in fays.get(room).content.decode()
