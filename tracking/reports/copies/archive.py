"""The archive: tables as files, a dictionary of every column, and a manifest.

    manifest.json      the files with size and SHA-256, and when the archive was made
    dictionary.json    each table and column: meaning, unit, range, codes, and what a missing value means
    README.txt         how to read it
    data/NAME.json     the rows of a table; or data/NAME.csv with dictionary.csv; or a sheet of record.xlsx
    recordings/ID.m4a  recordings of a family's own words
    reports/ID.pdf     reports: shared ones; in the clinic's copy all signed ones

`copies.kinds` says what each kind of archive holds and what its README says.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from clinic import files
from tracking.models import CopyFor, ExportFormat, FamilyWords, Report
from tracking.reports.copies.kinds import COPIES, CopyKind
from tracking.reports.copies.packing import Pack, Place, dictionary_heads, dictionary_lines, table_files
from tracking.reports.copies.tables import Table, Taker
from tracking.reports.spreadsheets import BYTE_ORDER_MARK, line

VERSION: Final = 1
"""Rises when a column or a file goes or means something else; what is only added leaves it."""

MOST_BYTES_OF_FILES = 60 * files.MEGABYTE


class Archive:
    """One archive while it is written to a pack."""

    def __init__(self, pack: Pack, copy_for: CopyFor, as_format: ExportFormat) -> None:
        self._kind = COPIES[copy_for]
        self._format = as_format
        self._all_tables = self._kind.tables
        self._pack = pack
        self._rows: Counter[str] = Counter()
        self._files: list[dict[str, Any]] = []
        self._left_out: list[dict[str, str]] = []
        self._bytes_of_files = 0
        self._table_files = table_files(as_format, pack, self._all_tables)

    def add_tables(self, tables: Iterable[Table], taker: Taker) -> None:
        """The rows of these tables, as the taker may read them now."""
        for table in tables:
            for row in table.read(taker):
                self._table_files.append(table, row)
                self._rows[table.name] += 1

    def add_files(self, taker: Taker) -> None:
        """Recordings of own words, and reports, as far as the taker may have them."""
        for path, name in stored_files(self._kind, taker):
            self._add_file(path, name)

    def finish(self, taker: Taker) -> Path:
        """Where the whole archive lies, with its dictionary, its manifest, and a page to read first."""
        tables = self._table_files.finish()
        about = about_tables(self._pack, self._all_tables, self._format)
        about.append(self._pack.write("README.txt", self._kind.readme(self._format).encode()))
        manifest = {
            "format": self._kind.format,
            "version": VERSION,
            "made_at": taker.now.isoformat(),
            "language": taker.language,
            "zone": taker.zone,
            "child": str(taker.child.pk),
            "about": about,
            "tables": [
                {
                    "name": table.name,
                    "says": str(table.says),
                    "rows": self._rows[table.name],
                    "files": tables[table.name],
                }
                for table in self._all_tables
            ],
            "files": self._files,
            "left_out": self._left_out,
        }
        self._pack.write("manifest.json", _json(manifest))
        return self._pack.finish()

    def _add_file(self, path: str, name: str) -> None:
        try:
            with files.open_stored(name) as stored:
                if self._bytes_of_files + stored.size > MOST_BYTES_OF_FILES:
                    self._left_out.append({"path": path, "because": "too_large"})
                    return
                self._files.append(self._pack.write(path, stored))
                self._bytes_of_files += stored.size
        except FileNotFoundError:
            self._left_out.append({"path": path, "because": "gone"})


def stored_files(kind: CopyKind, taker: Taker) -> Iterator[tuple[str, str]]:
    """(path in the archive, name in storage) of recordings of own words, and of reports, as far as the taker
    may have them.
    """
    own = {one.id for one in kind.words(taker) if one.has_recording}
    spoken = FamilyWords.objects.filter(pk__in=own).order_by("id").values_list("id", "recording")
    told = [one.id for one in kind.reports(taker)]
    written = Report.objects.filter(pk__in=told).order_by("id").values_list("id", "file_name")
    for folder, ending, stored in (("recordings", "m4a", spoken), ("reports", "pdf", written)):
        for pk, name in stored:
            yield f"{folder}/{pk}.{ending}", name


def about_tables(place: Place, tables: Iterable[Table], as_format: ExportFormat) -> list[dict[str, Any]]:
    """What the manifest says of the dictionary's files, which are in the language that is set."""
    tables = tuple(tables)
    dictionary = {
        table.name: {"says": str(table.says), "columns": [column.told() for column in table.columns]}
        for table in tables
    }
    about = [place.write("dictionary.json", _json(dictionary))]
    if as_format == ExportFormat.CSV:
        lines = (dictionary_heads(), *dictionary_lines(tables))
        told = "".join(line("" if cell is None else cell for cell in cells) for cells in lines)
        about.append(place.write("dictionary.csv", (BYTE_ORDER_MARK + told).encode()))
    return about


def _json(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
