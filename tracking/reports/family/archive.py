"""The archive: tables as files, a dictionary of every column, and a manifest of all that is in it.

    manifest.json      what is in it, of when, each file with its size and SHA-256
    dictionary.json    each table and column: what it holds, and what its codes mean
    README.txt         how to read it
    data/NAME.json     the rows of a table
    recordings/ID.m4a  own words as they were spoken
    reports/ID.pdf     reports the clinic has shared

A table's entry in the manifest lists its files: another kind of file is one more of them, beside the first.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _

from clinic import files
from tracking.models import FamilyWords, Report
from tracking.reports.family import child, communication, entries, goals, household, programs
from tracking.reports.family.tables import Table, Taker

FORMAT: Final = "littlefoot-family-record"
VERSION: Final = 1
"""Rises when a column or a file goes or means something else; what is only added leaves it."""

GROUPS: Final = (
    entries.TABLES,
    child.TABLES,
    programs.TABLES,
    goals.TABLES,
    communication.TABLES,
    household.TABLES,
)
"""Read in one transaction each: access is asked about anew before every one."""

MOST_BYTES_OF_FILES = 60 * files.MEGABYTE


class Archive:
    """One archive while it is written."""

    def __init__(self) -> None:
        self._written: dict[str, bytes] = {}
        self._tables: list[dict[str, Any]] = []
        self._files: list[dict[str, Any]] = []
        self._left_out: list[dict[str, str]] = []
        self._bytes_of_files = 0

    def add_tables(self, tables: Iterable[Table], taker: Taker) -> None:
        """The rows of these tables, as the taker may read them now."""
        for table in tables:
            rows = table.read(taker)
            told = self._write(f"data/{table.name}.json", _json(rows))
            self._tables.append(
                {"name": table.name, "says": str(table.says), "rows": len(rows), "files": [told]}
            )

    def add_files(self, taker: Taker) -> None:
        """Recordings of the household's own words, and reports that were shared."""
        own = {one.id for one in household.own_words(taker) if one.has_recording}
        spoken = FamilyWords.objects.filter(pk__in=own).order_by("id").values_list("id", "recording")
        shared = [one.id for one in communication.shared_reports(taker)]
        written = Report.objects.filter(pk__in=shared).order_by("id").values_list("id", "file_name")
        for folder, ending, stored in (("recordings", "m4a", spoken), ("reports", "pdf", written)):
            for pk, name in stored:
                self._add_file(f"{folder}/{pk}.{ending}", name)

    def finish(self, taker: Taker) -> bytes:
        """The whole archive, closed with its dictionary, its manifest, and a page to read first."""
        about = [
            self._write("dictionary.json", _json(dictionary())),
            self._write("README.txt", readme().encode()),
        ]
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "made_at": taker.now.isoformat(),
            "language": taker.language,
            "zone": taker.household.zone,
            "child": str(taker.child.pk),
            "about": about,
            "tables": self._tables,
            "files": self._files,
            "left_out": self._left_out,
        }
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, data in ({"manifest.json": _json(manifest)} | self._written).items():
                archive.writestr(path, data)
        return packed.getvalue()

    def _add_file(self, path: str, name: str) -> None:
        try:
            with files.open_stored(name) as stored:
                if self._bytes_of_files + stored.size > MOST_BYTES_OF_FILES:
                    self._left_out.append({"path": path, "because": "too_large"})
                    return
                data = stored.read()
        except FileNotFoundError:
            self._left_out.append({"path": path, "because": "gone"})
            return
        self._bytes_of_files += len(data)
        self._files.append(self._write(path, data))

    def _write(self, path: str, data: bytes) -> dict[str, Any]:
        self._written[path] = data
        return {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def dictionary() -> dict[str, Any]:
    """Every table and column, in the language that is set."""
    return {
        table.name: {
            "says": str(table.says),
            "columns": [
                {
                    "name": column.name,
                    "kind": column.kind,
                    "says": str(column.says),
                    **({"codes": column.words()} if column.codes else {}),
                }
                for column in table.columns
            ],
        }
        for group in GROUPS
        for table in group
    }


def readme() -> str:
    paragraphs = (
        _("This is what you may read of your child’s record, as it was on the day it was made."),
        _(
            "manifest.json lists every file. dictionary.json says what each table and column holds, and what "
            "each code means. The tables are in the folder data, the recordings of your own words and the "
            "reports your clinic shared in folders of their names."
        ),
        _(
            "Times that end in Z are in UTC; days and wall times are as clocks showed them there. Of another "
            "home’s entries only wall times are here, and their authors as your child’s homes share them."
        ),
        _("Not in it: photos, which the care team alone sees, and what other caregivers said of themselves."),
        _("Whoever has this file can read all of it. Keep it where nobody else does."),
    )
    return "\n\n".join(paragraphs) + "\n"


def _json(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
