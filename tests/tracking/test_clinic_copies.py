"""The clinic's copy of a child's record: all of what its taker reads, nothing that is somebody else's."""

from __future__ import annotations

import datetime as dt
import json
import zipfile

import pytest

from clinic import rls
from clinic.errors import Forbidden
from clinic.models import AuditEvent, CareTeam, Child
from clinic.vocabulary import AuditCode, SharingMode
from tests import factories, matrix
from tests.cast import Cast
from tests.outlets import words_in
from tests.tracking.records import log_session
from tests.tracking.test_family_archive import copy_of, rows
from tests.tracking.test_spreadsheets import sheets_of
from tracking.models import CopyFor, ExportFormat, ExportState, RecordExport
from tracking.readings.sight import sight_of
from tracking.readings.who_saw import who_saw
from tracking.reports.copies.kinds import COPIES
from tracking.reports.copies.tables import Kind
from tracking.services import exporting

CELLS = {Kind.WHOLE: "n", Kind.NUMBER: "n", Kind.YES_NO: "b", Kind.DAY: "d"}
"""How a workbook holds a value of a kind: a number, true or false, a day; all else is text."""


def clinics_copy(
    cast: Cast, name: str = "tess", as_format: ExportFormat = ExportFormat.JSON
) -> tuple[RecordExport, zipfile.ZipFile, bytes]:
    return copy_of(cast, name, as_format, CopyFor.CLINIC)


def ask(cast: Cast, child: Child, name: str = "tess") -> RecordExport:
    user = getattr(cast, name)
    with rls.acting_as(user):
        return exporting.ask_export(by=user, child=child, copy_for=CopyFor.CLINIC, now=rls.now())


def join(cast: Cast, name: str, child: Child | None = None) -> None:
    """A place on a child's team, from a minute ago."""
    child = child or cast.cleo
    since = rls.now() - dt.timedelta(minutes=1)
    CareTeam.objects.create(clinic=child.clinic, child=child, therapist=getattr(cast, name), from_at=since)


def test_the_clinics_copy_holds_every_homes_entries_however_homes_share(cast: Cast) -> None:
    Child.objects.filter(pk=cast.cleo.pk).update(sharing_mode=SharingMode.OWN_ONLY)
    for user in (cast.fay, cast.greg):
        with rls.acting_as(user):
            log_session(user, cast.cleo)
    _, archive, _ = clinics_copy(cast)
    told = {(one["by"], one["by_name"], one["at"] is not None) for one in rows(archive, "sessions")}
    assert told == {("name", cast.fay.name, True), ("name", cast.greg.name, True)}
    assert {one["name"] for one in rows(archive, "homes")} == {cast.fays_home.name, cast.gregs_home.name}


@pytest.mark.parametrize("as_format", ExportFormat)
def test_it_says_what_who_treats_the_child_may_know(cast: Cast, as_format: ExportFormat) -> None:
    world = matrix.build(cast)
    _, _, data = clinics_copy(world.cast, as_format=as_format)
    told = words_in(data)
    table = matrix.table()
    assert {word for word in told if not table.may_read("tess", word)} == set()
    assert len(told) > 20
    assert not {word for word in told if "photo" in word or "safeguarding" in word}


def test_a_private_note_is_in_its_authors_copy_and_in_nobody_elses(cast: Cast) -> None:
    join(cast, "theo")
    for name in ("tess", "theo"):
        factories.note(cast.cleo, by=getattr(cast, name), is_private=True)
    for name in ("tess", "theo"):
        _, archive, _ = clinics_copy(cast, name)
        assert [(one["by"], one["is_private"]) for one in rows(archive, "notes")] == [("you", True)]


@pytest.mark.parametrize("name", ["otto", "asha", "opal", "fay", "nan"])
def test_who_does_not_treat_the_child_takes_no_copy_for_the_clinic(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        ask(cast, cast.cleo, name)


def test_one_copy_is_made_at_a_time_and_the_next_child_waits(cast: Cast) -> None:
    other = factories.sibling(cast.cleo, grants=[])
    join(cast, "tess", other)
    first = ask(cast, cast.cleo)
    assert ask(cast, cast.cleo).pk == first.pk
    with pytest.raises(exporting.OtherExportUnderWay):
        ask(cast, other)
    exporting.make_export(export_id=first.pk)
    assert ask(cast, other).pk != first.pk


def test_no_more_copies_are_kept_for_one_person_than_a_handful(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_KEPT", 1)
    other = factories.sibling(cast.cleo, grants=[])
    join(cast, "tess", other)
    first, _, _ = clinics_copy(cast)
    of_family, _, _ = copy_of(cast, "fay")
    exporting.make_export(export_id=ask(cast, other).pk)
    first.refresh_from_db()
    of_family.refresh_from_db()
    assert (first.state, first.file_name) == (ExportState.EXPIRED, "")
    assert of_family.state == ExportState.READY


def test_who_left_the_team_neither_gets_nor_fetches_a_copy(cast: Cast) -> None:
    ready, _, _ = clinics_copy(cast)
    asked = ask(cast, cast.cleo)
    CareTeam.objects.filter(child=cast.cleo, therapist=cast.tess).update(until_at=rls.now())
    exporting.make_export(export_id=asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.failure_code) == (ExportState.FAILED, "access_ended")
    with rls.acting_as(cast.tess):
        assert not RecordExport.objects.visible_to(cast.tess).filter(pk=ready.pk).exists()


def test_guardians_read_that_the_clinic_took_a_copy_away(cast: Cast) -> None:
    export, _, _ = clinics_copy(cast)
    with rls.acting_as(cast.tess):
        exporting.open_export(by=cast.tess, export=export, now=rls.now())
    assert AuditEvent.objects.filter(code=AuditCode.EXPORTED_RECORD, actor_id=cast.tess.pk).count() == 1
    with rls.acting_as(cast.fay):
        tomorrow = rls.now().date() + dt.timedelta(days=2)
        seen = who_saw(cast.cleo, sight_of(cast.fay, cast.cleo), zone="UTC", before=tomorrow)
    assert AuditCode.EXPORTED_RECORD in {
        kind for day in seen.days for one in day.sightings for kind in one.kinds
    }


def test_a_copy_of_each_kind_is_kept_apart(cast: Cast) -> None:
    of_family, family, _ = copy_of(cast, "fay")
    of_clinic, clinic, _ = clinics_copy(cast)
    manifests = [json.loads(archive.read("manifest.json")) for archive in (family, clinic)]
    assert [one["format"] for one in manifests] == ["littlefoot-family-record", "littlefoot-child-record"]
    assert (of_family.state, of_clinic.state) == (ExportState.READY, ExportState.READY)


@pytest.mark.parametrize("copy_for", CopyFor)
def test_every_cell_read_back_is_what_its_column_says_and_none_is_computed(
    cast: Cast, copy_for: CopyFor
) -> None:
    """Read by openpyxl, which would tell a formula from a text: for both copies, every table and row."""
    factories.record(cast)
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)
    name = "tess" if copy_for == CopyFor.CLINIC else "fay"
    _, archive, _ = copy_of(cast, name, ExportFormat.XLSX, copy_for)
    book = sheets_of(archive)
    told = {(line[0].value, line[1].value) for line in book["dictionary"].iter_rows(min_row=2)}
    seen = set()
    for table in COPIES[copy_for].tables:
        heads, *lines = book[table.name].iter_rows()
        assert [head.value for head in heads] == [column.name for column in table.columns]
        seen |= {(table.name, head.value) for head in heads} | {(table.name, None)}
        for cells in lines:
            for column, cell in zip(table.columns, cells, strict=False):
                if cell.value is not None:
                    assert cell.data_type == CELLS.get(column.kind, "s"), (table.name, column.name)
    assert seen == told
    for one in (day for line in book["child"].iter_rows(min_row=2) for day in line if day.is_date):
        assert one.number_format == "yyyy-mm-dd"
