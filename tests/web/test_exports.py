"""A copy to keep, on the family's pages and the clinic's: none, on its way, ready, failed, over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clinic import rls
from clinic.models import CareTeam
from tests import factories
from tests.cast import Cast
from tracking.models import ExportFormat, ExportState, RecordExport
from tracking.services.exporting import make_export

pytestmark = pytest.mark.django_db


def test_a_copy_goes_through_its_states_on_one_page(cast: Cast, sign_in: Any) -> None:
    fays, room = sign_in(cast.fay), f"/family/{cast.cleo.pk}/exports/"
    first = fays.get(room).content.decode()
    assert "No copy yet" in first
    assert "(optional)" not in first, "a format is always chosen"
    assert fays.post(room).status_code == 302
    under_way = fays.get(room).content.decode()
    assert "It is being made" in under_way
    assert "hx-get" in under_way
    export = RecordExport.objects.get()
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
    RecordExport.objects.update(expires_at=rls.now() - dt.timedelta(seconds=1))
    assert "The last copy was removed" in fays.get(room).content.decode()
    RecordExport.objects.update(state=ExportState.FAILED, failure_code="not_made")
    assert "It could not be made" in fays.get(room).content.decode()
    assert "Make a copy" in fays.get(room).content.decode()


def test_a_copy_is_made_in_the_format_that_was_chosen_and_in_no_other(cast: Cast, sign_in: Any) -> None:
    fays, room = sign_in(cast.fay), f"/family/{cast.cleo.pk}/exports/"
    assert fays.post(room, {"file_format": "ods"}).status_code == 200
    assert not RecordExport.objects.exists()
    fays.post(room, {"file_format": "csv"})
    make_export(export_id=RecordExport.objects.get().pk)
    assert "CSV files" in fays.get(room).content.decode()


def test_the_clinics_copy_goes_through_its_states_on_one_page(cast: Cast, sign_in: Any) -> None:
    tesss, room = sign_in(cast.tess), f"/children/{cast.cleo.pk}/exports/"
    assert room in tesss.get(f"/children/{cast.cleo.pk}/reports/").content.decode()
    assert "No copy yet" in tesss.get(room).content.decode()
    assert tesss.post(room, {"file_format": "csv"}).status_code == 302
    assert "It is being made" in tesss.get(room).content.decode()
    export = RecordExport.objects.get()
    assert "This copy is not ready" in tesss.get(f"{room}{export.pk}/file/", follow=True).content.decode()
    make_export(export_id=export.pk)
    assert "It is ready" in tesss.get(room).content.decode()
    file = tesss.get(f"{room}{export.pk}/file/")
    assert (file.status_code, file["Content-Type"], file.content[:2]) == (200, "application/zip", b"PK")
    assert "no-store" in file["Cache-Control"]
    RecordExport.objects.update(state=ExportState.FAILED, failure_code="access_ended")
    assert "no longer on the care team" in tesss.get(room).content.decode()


def test_a_second_childs_copy_is_refused_in_words_while_one_is_made(cast: Cast, sign_in: Any) -> None:
    other = factories.sibling(cast.cleo, grants=[])
    for child, name in ((other, "tess"), (cast.cleo, "theo")):
        CareTeam.objects.create(
            clinic=cast.harbor, child=child, therapist=getattr(cast, name), from_at=rls.now()
        )
    tesss = sign_in(cast.tess)
    tesss.post(f"/children/{cast.cleo.pk}/exports/")
    refused = tesss.post(f"/children/{other.pk}/exports/")
    assert "A copy of another child’s record is being made for you" in refused.content.decode()
    assert RecordExport.objects.count() == 1
    colleague = sign_in(cast.theo)
    export = RecordExport.objects.get()
    assert colleague.get(f"/children/{cast.cleo.pk}/exports/{export.pk}/file/").status_code == 404
