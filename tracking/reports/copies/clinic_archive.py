"""A whole clinic's archive: a folder with the tables of the clinic's copies, all children in each.

manifest.json      the files with size and SHA-256, each table with its number of rows
dictionary.json    as in a copy of one child's record; dictionary.csv beside CSV tables
README.txt         how to read it
data/NAME.…        the rows of a table, each starting with its child; or record.xlsx
recordings/, reports/   as in a copy of one child's record
"""

from __future__ import annotations

import csv
import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic import files
from clinic.models import Clinic, ClinicMembership
from clinic.vocabulary import Role
from tracking.models import CopyFor, ExportFormat
from tracking.reports.copies.archive import VERSION, about_tables, stored_files
from tracking.reports.copies.kinds import COPIES, page, where_tables_are
from tracking.reports.copies.packing import BYTES_AT_ONCE, Folder, table_files
from tracking.reports.copies.tables import Column, Kind, Row, Table, Taker

FORMAT: Final = "littlefoot-clinic-record"
MANIFEST: Final = "manifest.json"

OF_CHILD = Column("child", Kind.ID, gettext_lazy("The child it is of"))

CLINIC = Table(
    "clinic",
    gettext_lazy("The clinic, in one row"),
    (
        Column("id", Kind.ID, gettext_lazy("Of the clinic")),
        Column("name", Kind.TEXT, gettext_lazy("What it is called")),
        Column("slug", Kind.TEXT, gettext_lazy("Its name in addresses")),
        Column("zone", Kind.TEXT, gettext_lazy("Its time zone")),
        Column("locale", Kind.TEXT, gettext_lazy("Its language")),
        Column("address", Kind.TEXT, gettext_lazy("Where it is")),
        Column("phone", Kind.TEXT, gettext_lazy("Its telephone")),
    ),
    lambda _: (),
)

STAFF = Table(
    "staff",
    gettext_lazy("Who works or worked in the clinic"),
    (
        Column("id", Kind.ID, gettext_lazy("Of the person"), "user_id"),
        Column("name", Kind.TEXT, gettext_lazy("Name"), "user.name"),
        Column("roles", Kind.CODES, gettext_lazy("As what they work at the clinic"), codes=Role),
        Column("credentials", Kind.CODES, gettext_lazy("What is printed under their signature")),
        Column("started_at", Kind.INSTANT, gettext_lazy("Since when")),
        Column("ended_at", Kind.INSTANT, gettext_lazy("Until when"), empty=gettext_lazy("No end")),
    ),
    lambda _: (),
)

LEFT_OUT = Table(
    "left_out",
    gettext_lazy("What should be in it and is not: a child, or one of a child's files"),
    (
        OF_CHILD,
        Column("path", Kind.TEXT, gettext_lazy("The file"), empty=gettext_lazy("All of the child")),
        Column("because", Kind.TEXT, gettext_lazy("Why: gone, the record or the file was removed meanwhile")),
    ),
    lambda _: (),
)

KIND = COPIES[CopyFor.CLINIC]
OF_CHILDREN = {table.name: replace(table, columns=(OF_CHILD, *table.columns)) for table in KIND.tables}
TABLES = (CLINIC, STAFF, *OF_CHILDREN.values(), LEFT_OUT)


class ClinicArchive:
    """One archive while it is written: a row at a time, so that it takes no more memory for more children."""

    def __init__(self, folder: Folder, as_format: ExportFormat) -> None:
        self._folder = folder
        self._format = as_format
        self._rows: Counter[str] = Counter()
        self._files: list[dict[str, Any]] = []
        self._table_files = table_files(as_format, folder, TABLES)

    def add_clinic(self, clinic: Clinic, staff: Iterable[ClinicMembership]) -> None:
        self._add(CLINIC, CLINIC.row(clinic))
        for one in staff:
            self._add(STAFF, STAFF.row(one))

    def add_child(self, taker_anew: Callable[[], Taker]) -> None:
        """All of one child; a taker of its own for each group of tables, so that what it found is let go."""
        for tables in KIND.groups:
            taker = taker_anew()
            for table in tables:
                for row in table.read(taker):
                    self._add(OF_CHILDREN[table.name], {OF_CHILD.name: str(taker.child.pk), **row})
        taker = taker_anew()
        for path, name in stored_files(KIND, taker):
            try:
                with files.open_stored(name) as stored:
                    self._files.append(self._folder.write(path, stored))
            except FileNotFoundError:
                self.leave_out(taker.child.pk, path=path)

    def leave_out(self, child: uuid.UUID, *, path: str = "") -> None:
        """A child, or (`path`) a file of a child's, that is gone."""
        self._add(LEFT_OUT, {"child": str(child), "path": path, "because": "gone"})

    def finish(self, *, clinic: Clinic, made_at: str, language: str) -> Path:
        """Where the whole archive lies from now on."""
        tables = self._table_files.finish()
        about = about_tables(self._folder, TABLES, self._format)
        about.append(self._folder.write("README.txt", _readme(self._format).encode()))
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "made_at": made_at,
            "language": language,
            "zone": clinic.zone,
            "clinic": clinic.slug,
            "about": about,
            "tables": [
                {
                    "name": table.name,
                    "says": str(table.says),
                    "rows": self._rows[table.name],
                    "files": tables[table.name],
                }
                for table in TABLES
            ],
            "files": self._files,
        }
        told = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        self._folder.write(MANIFEST, told)
        return self._folder.finish()

    def _add(self, table: Table, row: Row) -> None:
        self._table_files.append(table, row)
        self._rows[table.name] += 1


def _readme(as_format: ExportFormat) -> str:
    return page(
        _("These are the records of all children of a clinic, each as it was when it was read."),
        _(
            "manifest.json lists every file. dictionary.json says what each table and column holds, in which "
            "unit, what each code means, and what it means that there is no value. Every row says of which "
            "child it is. left_out names what should be here and is not."
        ),
        where_tables_are(as_format),
        _("Times that end in Z are in UTC; days and wall times are as clocks showed them there."),
        _(
            "Not in it: private notes, what was noted for safeguarding, photos, when a home is reminded, "
            "programs that are drafts, the clinic’s own strokes and presets, its settings and its audit."
        ),
        _("It names children and says how their homes are reached. Keep it as you keep the record itself."),
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """What an archive was found to be: `wrong` says in codes and paths what is not as its manifest says."""

    clinic: str
    child_count: int
    row_count: int
    file_count: int
    manifest_sha256: str
    wrong: tuple[str, ...]


class NoArchive(ValueError):
    """There is no manifest there that could be read, or it is of something else."""


def check(folder: Path) -> Checked:
    """Hold a clinic's archive against its manifest, without a database: every file there and none besides,
    each of its size and SHA-256, each table of as many rows as were written.

    Rows of a workbook are not counted: its SHA-256 is. Raises NoArchive.
    """
    try:
        told = (folder / MANIFEST).read_bytes()
        manifest = json.loads(told)
        is_ours = manifest["format"] == FORMAT and manifest["version"] == VERSION
    except (OSError, ValueError, KeyError, TypeError):
        raise NoArchive from None
    if not is_ours:
        raise NoArchive
    wrong = []
    of_tables = {file["path"]: file for table in manifest["tables"] for file in table["files"]}
    listed = {file["path"]: file for file in (*manifest["about"], *manifest["files"])} | of_tables
    lying = {str(one.relative_to(folder)) for one in folder.rglob("*") if not one.is_dir()} - {MANIFEST}
    wrong += [f"not_listed {path}" for path in sorted(lying - set(listed))]
    for path, file in listed.items():
        if path not in lying:
            wrong.append(f"missing {path}")
        elif _digest(folder / path) != (file["bytes"], file["sha256"]):
            wrong.append(f"changed {path}")
    for table in manifest["tables"]:
        paths = {file["path"] for file in table["files"]} & lying
        counted = [_rows_in(folder / path) for path in paths]
        if any(count not in (None, table["rows"]) for count in counted):
            wrong.append(f"rows {table['name']}")
    rows = {table["name"]: table["rows"] for table in manifest["tables"]}
    return Checked(
        clinic=manifest["clinic"],
        child_count=rows["child"],
        row_count=sum(rows.values()),
        file_count=len(listed),
        manifest_sha256=hashlib.sha256(told).hexdigest(),
        wrong=tuple(wrong),
    )


def _digest(path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while part := file.read(BYTES_AT_ONCE):
            digest.update(part)
            size += len(part)
    return size, digest.hexdigest()


def _rows_in(path: Path) -> int | None:
    """How many rows a table's file has; None where that is not counted."""
    match path.suffix:
        case ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                return sum(1 for _ in csv.reader(file)) - 1
        case ".json":
            with path.open("rb") as file:  # a line a row, between those of the brackets
                return sum(1 for line in file if line.startswith(b"{"))
        case _:
            return None
