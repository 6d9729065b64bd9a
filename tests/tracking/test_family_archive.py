"""The copy of a record a guardian takes along: what is in it, what never is, and until when."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from clinic import files, rls
from clinic.errors import Forbidden
from clinic.models import AuditEvent, CaregiverGrant, Child
from clinic.vocabulary import AuditCode, GrantKind, SharingMode
from tests import factories, matrix
from tests.cast import Cast, planted
from tests.outlets import words_in
from tests.tracking.records import log_session
from tracking.models import CopyFor, ExportFormat, ExportState, RecordExport
from tracking.reports.copies.kinds import COPIES
from tracking.services import ending_access, exporting


def copy_of(
    cast: Cast,
    name: str,
    as_format: ExportFormat = ExportFormat.JSON,
    copy_for: CopyFor = CopyFor.FAMILY,
) -> tuple[RecordExport, zipfile.ZipFile, bytes]:
    """Asked for, made as the worker makes it, and opened."""
    user = getattr(cast, name)
    with rls.acting_as(user):
        export = exporting.ask_export(
            by=user, child=cast.cleo, copy_for=copy_for, as_format=as_format, now=rls.now()
        )
    exporting.make_export(export_id=export.pk)
    export.refresh_from_db()
    assert export.state == ExportState.READY, export.failure_code
    with files.open_stored(export.file_name) as stored:
        data = stored.read()
    return export, zipfile.ZipFile(io.BytesIO(data)), data


def rows(archive: zipfile.ZipFile, table: str) -> list[dict[str, Any]]:
    return json.loads(archive.read(f"data/{table}.json"))


def test_a_copy_holds_what_was_logged_as_it_was_told(cast: Cast) -> None:
    record = factories.record(cast)
    with rls.acting_as(cast.fay):
        told = log_session(cast.fay, cast.cleo).row
    export, archive, _ = copy_of(cast, "fay")
    (session,) = [one for one in rows(archive, "sessions") if one["id"] == str(told.client_id)]
    assert (session["outcome"], session["minutes"], session["by"]) == ("stopped", 4.5, "you")
    cues = [one["code"] for one in rows(archive, "session_cues") if one["entry"] == session["id"]]
    assert cues == ["ep_gaze", "ep_offer", "ds_look_away", "ds_stiff"]
    assert [one["id"] for one in rows(archive, "messages")] == [str(record.message.client_id)]
    assert rows(archive, "child")[0]["first_name"] == cast.cleo.first_name
    assert export.expires_at is not None
    assert export.expires_at - export.asked_at >= exporting.KEPT_FOR


@pytest.mark.parametrize("as_format", ExportFormat)
def test_the_manifest_names_every_file_with_its_hash(cast: Cast, as_format: ExportFormat) -> None:
    factories.record(cast)
    export, archive, data = copy_of(cast, "fay", as_format)
    assert hashlib.sha256(data).hexdigest() == export.content_sha256
    manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["format"], manifest["version"]) == ("littlefoot-family-record", 1)
    listed = [*manifest["about"], *manifest["files"]]
    listed += [file for table in manifest["tables"] for file in table["files"]]
    assert {one["path"] for one in listed} == set(archive.namelist()) - {"manifest.json"}
    for one in listed:
        inside = archive.read(one["path"])
        assert (len(inside), hashlib.sha256(inside).hexdigest()) == (one["bytes"], one["sha256"])


def test_the_dictionary_tells_every_column_of_every_row(cast: Cast) -> None:
    factories.record(cast)
    _, archive, _ = copy_of(cast, "fay")
    manifest = json.loads(archive.read("manifest.json"))
    dictionary = json.loads(archive.read("dictionary.json"))
    for table in manifest["tables"]:
        columns = [column["name"] for column in dictionary[table["name"]]["columns"]]
        assert len(set(columns)) == len(columns)
        told = rows(archive, table["name"])
        assert len(told) == table["rows"]
        assert all(list(row) == columns for row in told), table["name"]
        assert all(column["says"] and column["empty"] for column in dictionary[table["name"]]["columns"])
    assert dictionary["sessions"]["columns"], "an empty table is told, too"


def test_every_row_is_flat_so_that_a_sheet_can_hold_it(cast: Cast) -> None:
    factories.record(cast)
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)
    _, archive, _ = copy_of(cast, "fay")
    for table in COPIES[CopyFor.FAMILY].tables:
        for row in rows(archive, table.name):
            for value in row.values():
                assert not isinstance(value, dict)
                assert not isinstance(value, list) or all(isinstance(one, str | int) for one in value)


@pytest.mark.parametrize("as_format", ExportFormat)
@pytest.mark.parametrize("name", ["fay", "greg"])
def test_a_copy_says_what_its_reader_may_know(cast: Cast, name: str, as_format: ExportFormat) -> None:
    """Each planted word in it is its reader's own to read, as on every page; and there are many."""
    world = matrix.build(cast)
    _, _, data = copy_of(world.cast, name, as_format)
    told = words_in(data)
    table = matrix.table()
    at_home = {planted("nan-name")} if name == "fay" else set()  # as on the page of who cares at home
    assert {word for word in told if not table.may_read(name, word)} == at_home
    assert len(told) > 10
    assert not {word for word in told if "photo" in word or word.endswith("strain-word")} - {
        planted(f"{name}-strain")
    }


def test_own_entries_only_leaves_the_other_home_out(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)
    _, shared, data = copy_of(cast, "greg")
    (session,) = rows(shared, "sessions")
    assert (session["by"], session["by_name"], session["zone"], session["at"]) == ("role", "", None, None)
    assert b"America/New_York" not in b"".join(shared.read(one) for one in shared.namelist())
    Child.objects.filter(pk=cast.cleo.pk).update(sharing_mode=SharingMode.OWN_ONLY)
    _, apart, _ = copy_of(cast, "greg")
    assert rows(apart, "sessions") == []
    assert data


@pytest.mark.parametrize("name", ["tess", "otto", "nan"])
def test_only_guardians_take_the_record_along(cast: Cast, name: str) -> None:
    user = getattr(cast, name)
    with rls.acting_as(user), pytest.raises(Forbidden):
        exporting.ask_export(by=user, child=cast.cleo, now=rls.now())


def test_asking_twice_is_asking_once_and_a_new_copy_takes_the_place_of_the_old(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        asked = [exporting.ask_export(by=cast.fay, child=cast.cleo, now=rls.now()) for _ in range(2)]
    assert asked[0].pk == asked[1].pk
    exporting.make_export(export_id=asked[0].pk)
    exporting.make_export(export_id=asked[0].pk)
    old = RecordExport.objects.get(pk=asked[0].pk)
    assert old.state == ExportState.READY
    new, _, _ = copy_of(cast, "fay")
    old.refresh_from_db()
    assert (new.pk == old.pk, old.state, old.file_name) == (False, ExportState.EXPIRED, "")


def test_access_that_ended_before_it_was_made_ends_it(cast: Cast) -> None:
    with rls.acting_as(cast.greg):
        export = exporting.ask_export(by=cast.greg, child=cast.cleo, now=rls.now())
    CaregiverGrant.objects.filter(user=cast.greg, kind=GrantKind.GUARDIAN).update(revoked_at=rls.now())
    exporting.make_export(export_id=export.pk)
    export.refresh_from_db()
    assert (export.state, export.failure_code, export.file_name) == (ExportState.FAILED, "access_ended", "")


def test_ending_access_takes_a_copy_that_was_ready_away(cast: Cast) -> None:
    export, _, _ = copy_of(cast, "greg")
    grant = CaregiverGrant.objects.get(user=cast.greg, child=cast.cleo)
    with rls.acting_as(cast.otto):
        ended = ending_access.end_access(by=cast.otto, grant=grant, now=rls.now())
    export.refresh_from_db()
    assert (ended.export_count, export.state, export.file_name) == (1, ExportState.EXPIRED, "")


def test_a_copy_is_kept_for_a_week_and_fetching_it_is_told_to_the_audit(cast: Cast) -> None:
    export, _, _ = copy_of(cast, "fay")
    assert export.expires_at is not None
    with rls.acting_as(cast.fay):
        assert exporting.open_export(by=cast.fay, export=export, now=rls.now()) == export.file_name
    assert AuditEvent.objects.filter(code=AuditCode.EXPORTED_RECORD, actor_id=cast.fay.pk).count() == 1
    with rls.acting_as(cast.fay), pytest.raises(exporting.ExportNotReady):
        exporting.open_export(by=cast.fay, export=export, now=export.expires_at)
    with rls.acting_as(system=exporting.SYSTEM):
        assert exporting.sweep_exports(now=export.expires_at) == 1
        assert exporting.sweep_exports(now=export.expires_at) == 0
    export.refresh_from_db()
    assert (export.state, export.file_name) == (ExportState.EXPIRED, "")


def test_a_copy_whose_worker_was_lost_is_given_up_and_may_be_asked_for_again(cast: Cast) -> None:
    export = factories.record_export(cast.cleo, by=cast.fay, state=ExportState.WORKING)
    with rls.acting_as(system=exporting.SYSTEM):
        exporting.sweep_exports(now=rls.now() + dt.timedelta(hours=1))
    export.refresh_from_db()
    assert (export.state, export.failure_code) == (ExportState.FAILED, "not_made")
    again, _, _ = copy_of(cast, "fay")
    assert again.pk != export.pk
