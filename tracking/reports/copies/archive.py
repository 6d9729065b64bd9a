"""The archive: tables as files, a dictionary of every column, and a manifest of all that is in it.

manifest.json      what is in it, of when, each file with its size and SHA-256
dictionary.json    each table and column: what it holds, its unit and range, what its codes mean, and what
                   it means that a value is missing
README.txt         how to read it
data/NAME.json     the rows of a table; or data/NAME.csv with dictionary.csv; or a sheet of record.xlsx
recordings/ID.m4a  own words as they were spoken
reports/ID.pdf     reports the clinic has shared
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from clinic import files
from tracking.models import ExportFormat, FamilyWords, Report
from tracking.reports.copies import child, communication, entries, goals, household, programs
from tracking.reports.copies.packing import Pack, dictionary_heads, dictionary_lines, table_files
from tracking.reports.copies.tables import Table, Taker
from tracking.reports.spreadsheets import BYTE_ORDER_MARK, line

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
    """One archive while it is written to a pack."""

    def __init__(self, pack: Pack, as_format: ExportFormat) -> None:
        self._format = as_format
        self._all_tables = tuple(table for group in GROUPS for table in group)
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
        """Recordings of the household's own words, and reports that were shared."""
        own = {one.id for one in household.own_words(taker) if one.has_recording}
        spoken = FamilyWords.objects.filter(pk__in=own).order_by("id").values_list("id", "recording")
        shared = [one.id for one in communication.shared_reports(taker)]
        written = Report.objects.filter(pk__in=shared).order_by("id").values_list("id", "file_name")
        for folder, ending, stored in (("recordings", "m4a", spoken), ("reports", "pdf", written)):
            for pk, name in stored:
                self._add_file(f"{folder}/{pk}.{ending}", name)

    def finish(self, taker: Taker) -> Path:
        """Where the whole archive lies, with its dictionary, its manifest, and a page to read first."""
        tables = self._table_files.finish()
        about = [
            self._pack.write("dictionary.json", _json(self._dictionary())),
            self._pack.write("README.txt", readme(self._format).encode()),
        ]
        if self._format == ExportFormat.CSV:
            lines = (dictionary_heads(), *dictionary_lines(self._all_tables))
            told = "".join(line("" if cell is None else cell for cell in cells) for cells in lines)
            about.append(self._pack.write("dictionary.csv", (BYTE_ORDER_MARK + told).encode()))
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "made_at": taker.now.isoformat(),
            "language": taker.language,
            "zone": taker.household.zone,
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

    def _dictionary(self) -> dict[str, Any]:
        """Every table and column, in the language that is set."""
        return {
            table.name: {
                "says": str(table.says),
                "columns": [column.told() for column in table.columns],
            }
            for table in self._all_tables
        }


def where_tables_are(as_format: ExportFormat) -> str:
    match as_format:
        case ExportFormat.JSON:
            return _("The tables are in the folder data.")
        case ExportFormat.CSV:
            return _(
                "The tables are in the folder data, for any spreadsheet: values are parted by commas, "
                "letters are in UTF-8. An apostrophe at the beginning of a text keeps a spreadsheet from "
                "computing it. dictionary.csv says the same as dictionary.json."
            )
        case ExportFormat.XLSX:
            return _(
                "The tables are the sheets of record.xlsx; its first sheet says what their columns mean."
            )


def readme(as_format: ExportFormat) -> str:
    paragraphs = (
        _("This is what you may read of your child’s record, as it was on the day it was made."),
        _(
            "manifest.json lists every file. dictionary.json says what each table and column holds, in which "
            "unit, what each code means, and what it means that there is no value. Recordings of your own "
            "words and reports your clinic shared are in folders of their names."
        ),
        where_tables_are(as_format),
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
