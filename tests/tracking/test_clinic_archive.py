"""A whole clinic as an operator archives it: every child of it, whole or not at all, and checked."""

from __future__ import annotations

import csv
import gc
import json
import tracemalloc
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clinic import rls
from clinic.models import AuditEvent, CareTeam, Child, ClinicMembership, User
from clinic.vocabulary import AuditCode
from tests import factories, matrix
from tests.cast import Cast
from tests.outlets import words_in
from tests.tracking.records import log_session
from tracking.models import ExportFormat
from tracking.reports.copies import clinic_archive
from tracking.services import clinic_archiving

AS_PYTHON_DOES = (700, 10, 10)
"""How often it looks for what can be freed; a run of the tests looks less often."""


def archived(folder: Path, *options: str, slug: str = "harbor") -> str:
    """What the command said; the product's own walls stand, as where an operator runs it."""
    said = StringIO()
    with rls.acting_as(None):
        call_command("archive_clinic", slug, str(folder), *options, stdout=said, stderr=said)
    return said.getvalue()


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(StringIO((folder / f"data/{table}.csv").read_text("utf-8-sig"), newline="")))


def everything_in(folder: Path) -> frozenset[str]:
    return words_in(*(one.read_bytes() for one in folder.rglob("*") if one.is_file()))


def test_an_archive_holds_every_child_of_the_clinic_and_no_other(cast: Cast, tmp_path: Path) -> None:
    with rls.acting_as(cast.fay):
        told = log_session(cast.fay, cast.cleo).row
    said = archived(tmp_path / "harbor")
    harbors = Child.objects.filter(clinic=cast.harbor)
    assert {one["id"] for one in rows(tmp_path / "harbor", "child")} == {str(one.pk) for one in harbors}
    (session,) = rows(tmp_path / "harbor", "sessions")
    assert (session["child"], session["id"]) == (str(cast.cleo.pk), str(told.client_id))
    assert f"{harbors.count()} children" in said
    assert rows(tmp_path / "harbor", "left_out") == []
    assert str(cast.cody.pk) not in (tmp_path / "harbor/data/child.csv").read_text()


def test_nobody_joined_and_the_audit_says_that_it_was_made(cast: Cast, tmp_path: Path) -> None:
    before = [model.objects.count() for model in (User, ClinicMembership, CareTeam)]
    archived(tmp_path / "harbor")
    assert [model.objects.count() for model in (User, ClinicMembership, CareTeam)] == before
    assert {one["name"] for one in rows(tmp_path / "harbor", "staff")} == set(
        ClinicMembership.objects.filter(clinic=cast.harbor).values_list("user__name", flat=True)
    )
    told = AuditEvent.objects.filter(code=AuditCode.EXPORTED_CLINIC)
    assert [(one.actor_id, one.clinic_id) for one in told] == [(None, cast.harbor.pk)]


@pytest.mark.parametrize("as_format", ExportFormat)
def test_it_holds_no_word_of_another_clinic_nor_what_no_team_reads(
    cast: Cast, tmp_path: Path, as_format: ExportFormat
) -> None:
    world = matrix.build(cast)
    private = factories.note(world.cast.cleo, by=world.cast.tess, is_private=True)
    archived(tmp_path / "harbor", "--format", str(as_format))
    told = everything_in(tmp_path / "harbor")
    table = matrix.table()
    readers = ("otto", "tess", "theo", "tara")  # between them, the teams and the office of this clinic
    assert {word for word in told if not any(table.may_read(name, word) for name in readers)} == set()
    assert len(told) > 30
    assert not {word for word in told if "safeguarding" in word or "photo" in word}
    assert str(private.pk).encode() not in b"".join(
        one.read_bytes() for one in (tmp_path / "harbor/data").glob("notes.*")
    )


@pytest.mark.parametrize("as_format", ExportFormat)
def test_a_changed_missing_or_added_file_is_found(
    cast: Cast, tmp_path: Path, as_format: ExportFormat
) -> None:
    archived(folder := tmp_path / "harbor", "--format", str(as_format))
    assert "is whole" in archived(folder, "--check")
    (folder / "README.txt").write_text("something else")
    (folder / "dictionary.json").unlink()
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data/more.csv").write_text("a,b")
    with pytest.raises(CommandError, match="3 differences"):
        archived(folder, "--check")
    assert clinic_archive.check(folder).wrong == (
        "not_listed data/more.csv", "missing dictionary.json", "changed README.txt",
    )  # fmt: skip


def test_a_manifest_that_counts_other_rows_is_found(cast: Cast, tmp_path: Path) -> None:
    archived(folder := tmp_path / "harbor")
    manifest = json.loads((folder / "manifest.json").read_text())
    for table in manifest["tables"]:
        table["rows"] += table["name"] == "child"
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert clinic_archive.check(folder).wrong == ("rows child",)


def test_a_folder_that_is_there_is_refused_and_left_alone(cast: Cast, tmp_path: Path) -> None:
    (folder := tmp_path / "harbor").mkdir()
    with pytest.raises(CommandError, match="is there already"):
        archived(folder)
    assert list(tmp_path.iterdir()) == [folder]
    with pytest.raises(CommandError, match="is no archive"):
        archived(folder, "--check")
    with pytest.raises(CommandError, match="There is no clinic"):
        archived(tmp_path / "nowhere", slug="nowhere")


def test_an_archive_is_not_there_before_it_is_whole(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []

    def breaks(*_: Any, **__: Any) -> None:
        seen.append([one.name for one in tmp_path.iterdir()])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(clinic_archive.ClinicArchive, "finish", breaks)
    with pytest.raises(CommandError, match="No space left on device"):
        archived(tmp_path / "harbor")
    (names,) = seen
    assert [name.startswith(".harbor-unfinished-") for name in names] == [True]
    assert list(tmp_path.iterdir()) == []


def test_a_child_that_was_erased_meanwhile_is_named(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = clinic_archiving._taker

    def gone(reader: User, child: Any, language: str) -> Any:
        return taker(reader, cast.cody.pk if child == cast.cleo.pk else child, language)

    monkeypatch.setattr(clinic_archiving, "_taker", gone)
    archived(folder := tmp_path / "harbor")
    assert rows(folder, "left_out") == [{"child": str(cast.cleo.pk), "path": "", "because": "gone"}]
    assert str(cast.cleo.pk) not in {one["id"] for one in rows(folder, "child")}


def test_more_children_take_no_more_memory(cast: Cast, tmp_path: Path) -> None:
    """The peak over eight times as many children, each with evenings of its own, is that over one lot."""
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)

    def peak(folder: str) -> int:
        thresholds = gc.get_threshold()
        gc.set_threshold(*AS_PYTHON_DOES)
        tracemalloc.start()
        try:
            archived(tmp_path / folder)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            gc.set_threshold(*thresholds)

    archived(tmp_path / "before")  # what is read once and kept for the process
    few = peak("few")
    with rls.acting_as(None, system="seeding"):
        for _ in range(40):
            child = factories.sibling(cast.cleo, grants=[])
            factories.session(child, by=cast.fay)
            factories.note(child, by=cast.tess)
    many = peak("many")
    assert len(rows(tmp_path / "many", "child")) >= 8 * len(rows(tmp_path / "few", "child"))
    assert many < few * 1.2
