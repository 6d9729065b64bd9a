"""Writing an archive: tables to temporary files as JSON, CSV or one workbook, then packed into one file.

Rows are written as they are read, so neither the rows nor the archive are ever in memory as a whole.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final, Protocol

from django.utils.translation import gettext as _

from tracking.models.exports import ExportFormat
from tracking.reports.copies.tables import NUMBERS, Column, Kind, Row, Table
from tracking.reports.spreadsheets import BYTE_ORDER_MARK, Sheet, Workbook, line

BYTES_AT_ONCE: Final = 64 * 1024
WORKBOOK: Final = "record.xlsx"


class Pack(contextlib.ExitStack):
    """A ZIP while it is written, in a folder of its own: at the end of the block, both are gone."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(self.enter_context(tempfile.TemporaryDirectory()))
        self.path = self.folder / "archive.zip"
        self._zip = self.enter_context(zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED))

    def open(self, name: str) -> IO[bytes]:
        """A file beside it, to be written and read again."""
        return self.enter_context((self.folder / name).open("w+b"))

    def write(self, path: str, data: bytes | IO[bytes]) -> dict[str, Any]:
        """What the manifest says of a file: its path in the archive, its bytes, and their SHA-256."""
        with self._zip.open(path, "w") as member:
            return _written(member, path, data)

    def finish(self) -> Path:
        """Where the whole of it lies, until the end of the block."""
        self._zip.close()
        return self.path


class Folder(contextlib.ExitStack):
    """As `Pack`, a folder in place of a ZIP: until it is finished it has another name, beside the one it is
    to have; a block that ends before removes it.

    What is written is on the disk before `finish` gives it its name, so that nothing half-written is taken
    for whole. Nobody but the owner may read it.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        made = tempfile.TemporaryDirectory(prefix=f".{path.name}-unfinished-", dir=path.parent)
        self.folder = Path(self.enter_context(made))
        self._whole = self.folder / "whole"
        self._whole.mkdir(mode=0o700)

    def open(self, name: str) -> IO[bytes]:
        """A file beside it, to be written and read again."""
        return self.enter_context((self.folder / name).open("w+b"))

    def write(self, path: str, data: bytes | IO[bytes]) -> dict[str, Any]:
        """What the manifest says of a file, as of a pack's."""
        target = self._whole / path
        target.parent.mkdir(exist_ok=True)
        with target.open("xb") as member:
            told = _written(member, path, data)
            member.flush()
            os.fsync(member.fileno())
        return told

    def finish(self) -> Path:
        """Where the whole of it lies, from now on. Raises FileExistsError where something lies there."""
        if os.path.lexists(self.path):
            raise FileExistsError(self.path)
        for folder in (*self._whole.iterdir(), self._whole):
            if folder.is_dir():
                _kept_on_disk(folder)
        self._whole.rename(self.path)
        _kept_on_disk(self.path.parent)
        return self.path


Place = Pack | Folder
"""Where the files of an archive go."""


class TableFiles(Protocol):
    """Tables as files of one kind."""

    def append(self, table: Table, row: Row) -> None: ...

    def finish(self) -> dict[str, list[dict[str, Any]]]:
        """What the manifest says of the files of each table, which are in the archive from now on."""


class JsonFiles:
    """`data/NAME.json`: a list of rows."""

    def __init__(self, pack: Place, tables: Iterable[Table]) -> None:
        self._pack = pack
        self._files = {table.name: pack.open(f"{table.name}.json") for table in tables}

    def append(self, table: Table, row: Row) -> None:
        file = self._files[table.name]
        file.write(b",\n" if file.tell() else b"[\n")
        file.write(json.dumps(row, ensure_ascii=False).encode())

    def finish(self) -> dict[str, list[dict[str, Any]]]:
        for file in self._files.values():
            file.write(b"\n]\n" if file.tell() else b"[]\n")
        return _packed(self._pack, self._files, "json")


class CsvFiles:
    """`data/NAME.csv`: a line of names, then a line a row, in UTF-8."""

    def __init__(self, pack: Place, tables: Iterable[Table]) -> None:
        self._pack = pack
        self._files: dict[str, IO[bytes]] = {}
        for table in tables:
            file = self._files[table.name] = pack.open(f"{table.name}.csv")
            file.write((BYTE_ORDER_MARK + line(column.name for column in table.columns)).encode())

    def append(self, table: Table, row: Row) -> None:
        cells = line(_cell(column, row[column.name]) for column in table.columns)
        self._files[table.name].write(cells.encode())

    def finish(self) -> dict[str, list[dict[str, Any]]]:
        return _packed(self._pack, self._files, "csv")


class SheetsOfOne:
    """`record.xlsx`: what the columns mean on the first sheet, then a sheet a table."""

    def __init__(self, pack: Place, tables: Iterable[Table]) -> None:
        tables = tuple(tables)
        self._pack = pack
        self._book = pack.enter_context(Workbook(pack.folder / WORKBOOK))
        about = self._book.sheet("dictionary", dictionary_heads())
        for told in dictionary_lines(tables):
            about.append(told)
        self._sheets: dict[str, Sheet] = {
            table.name: self._book.sheet(table.name, (column.name for column in table.columns))
            for table in tables
        }

    def append(self, table: Table, row: Row) -> None:
        self._sheets[table.name].append(_sheet_cell(column, row[column.name]) for column in table.columns)

    def finish(self) -> dict[str, list[dict[str, Any]]]:
        self._book.close()
        with self._book.path.open("rb") as file:
            told = self._pack.write(WORKBOOK, file)
        return {
            table: [{**told, "sheet": name} for name in sheet.names] for table, sheet in self._sheets.items()
        }


def table_files(as_format: ExportFormat, pack: Place, tables: Iterable[Table]) -> TableFiles:
    match as_format:
        case ExportFormat.JSON:
            return JsonFiles(pack, tables)
        case ExportFormat.CSV:
            return CsvFiles(pack, tables)
        case ExportFormat.XLSX:
            return SheetsOfOne(pack, tables)


def dictionary_heads() -> list[str]:
    return [
        _("Table"),
        _("Column"),
        _("Meaning"),
        _("Kind"),
        _("Unit"),
        _("Least"),
        _("Most"),
        _("What empty means"),
        _("Codes"),
    ]


def dictionary_lines(tables: Iterable[Table]) -> Iterator[list[Any]]:
    """A line for every column, below one for its table; in the language that is set."""
    for table in tables:
        yield [table.name, "", str(table.says)]
        for column in table.columns:
            told = column.told()
            codes = "; ".join(f"{code} = {word}" for code, word in told.get("codes", {}).items())
            yield [
                table.name,
                column.name,
                told["says"],
                str(column.kind),
                told["unit"],
                told["least"],
                told["most"],
                told["empty"],
                codes,
            ]


def _written(member: IO[bytes], path: str, data: bytes | IO[bytes]) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    for part in [data] if isinstance(data, bytes) else iter(lambda: data.read(BYTES_AT_ONCE), b""):
        member.write(part)
        digest.update(part)
        size += len(part)
    return {"path": path, "bytes": size, "sha256": digest.hexdigest()}


def _kept_on_disk(folder: Path) -> None:
    """Have the names in a folder written, not only what they name."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _packed(pack: Place, files: dict[str, IO[bytes]], ending: str) -> dict[str, list[dict[str, Any]]]:
    told = {}
    for name, file in files.items():
        file.seek(0)
        told[name] = [pack.write(f"data/{name}.{ending}", file)]
    return told


def _cell(column: Column, value: Any) -> str | int | float:
    """As CSV has it: no value is an empty cell, a list its parts with semicolons between."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float() if column.kind in NUMBERS:
            return value
        case list():
            return "; ".join(str(one) for one in value)
        case _:
            return str(value)


def _sheet_cell(column: Column, value: Any) -> object:
    """As a sheet has it: numbers, days, true and false are what they are, all else is text."""
    if isinstance(value, bool):
        return value
    if column.kind == Kind.DAY and value:
        return dt.date.fromisoformat(value)
    return _cell(column, value)
