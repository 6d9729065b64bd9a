"""Reading CSV as spreadsheets save it, record by record: the file is never whole in memory.

UTF-8, with or without a byte order mark, and UTF-16 with one; cells separated by commas, semicolons or tabs.
Text in any other encoding is refused, because a wrong guess would change names. Formulas are never computed.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from collections.abc import Iterator
from typing import IO, Final

from clinic.errors import Invalid

MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 10_000

WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx and .ods, and .xls, begin."""

SEPARATORS: Final = (";", ",", "\t")

BEGINS_A_FORMULA: Final = ("=", "+", "-", "@")
"""What the product writes with an apostrophe before it (`tracking.reports.spreadsheets`)."""


class NotACsvFile(Invalid):
    """The file is not a readable CSV file; `because` says why, `row` where, counted from one."""

    code = "not_a_csv_file"


def records(content: IO[bytes], *, field: str = "file") -> Iterator[tuple[int, list[str]]]:
    """Each record that is not empty, with its number from one, as a spreadsheet numbers its rows.

    Cells come without space around them, and without the apostrophe that keeps them from being computed.
    Raises NotACsvFile, as soon as it comes to what is none.
    """
    begin = content.read(4)
    if begin.startswith(WORKBOOKS):
        raise NotACsvFile(field=field, because="workbook", row=0)
    content.seek(0)
    text = io.TextIOWrapper(content, encoding=_encoding(begin), newline="")
    row = 0
    try:
        lines = _without_nul(text, field)
        first = next(lines, "")
        if first.strip().lower() in {f"sep={one}" for one in SEPARATORS}:  # as Excel writes for itself
            row, first = 1, next(lines, "")
        reader = csv.reader(_again(first, lines), delimiter=_separator(first), strict=True)
        for cells in reader:
            row += 1
            if len(cells) > MOST_COLUMNS:
                raise NotACsvFile(field=field, because="columns", row=row, most=MOST_COLUMNS)
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise NotACsvFile(field=field, because="cell", row=row, most=LONGEST_CELL)
            if any(cell.strip() for cell in cells):
                yield row, [_plain(cell) for cell in cells]
    except UnicodeError:
        raise NotACsvFile(field=field, because="encoding", row=row + 1) from None
    except csv.Error:
        raise NotACsvFile(field=field, because="quotes", row=row + 1) from None
    finally:
        with contextlib.suppress(ValueError):  # the file was closed before its rows were read
            text.detach()


def text_of(content: IO[bytes]) -> str:
    """All of a file that `records` read to its end, as one text."""
    content.seek(0)
    encoding = _encoding(content.read(4))
    content.seek(0)
    return content.read().decode(encoding)


def _encoding(begin: bytes) -> str:
    return "utf-16" if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def _without_nul(text: io.TextIOWrapper, field: str) -> Iterator[str]:
    """The lines. A file with NUL in it is no text, or text in UTF-16 that does not say so."""
    for number, line in enumerate(text, start=1):
        if "\x00" in line:
            raise NotACsvFile(field=field, because="nul", row=number)
        yield line


def _again(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _separator(heads: str) -> str:
    return max(SEPARATORS, key=heads.count)


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(BEGINS_A_FORMULA) else cell
