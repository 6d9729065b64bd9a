"""Spreadsheet cells that cannot be read as formulas.

In CSV, text a person typed gets an apostrophe if it would start a formula. In a workbook it is a text cell;
no formula cell is ever written.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import xlsxwriter

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the wide ones, which a spreadsheet takes for the same."""

BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for something else."""

MOST_ROWS: Final = 1_048_576
MOST_CHARACTERS: Final = 32_767
"""Of a sheet, and of a cell of one: Excel's limits."""

FIRST_DAY: Final = dt.date(1900, 3, 1)
"""Days before it are text: Excel counts a February 29 that 1900 did not have."""


def line(cells: Iterable[str | int | float]) -> str:
    """One line of CSV. A number stays one; a text that begins as a formula does is kept from being one."""
    written = io.StringIO()
    csv.writer(written).writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return written.getvalue()


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would compute."""
    return f"'{cell}" if cell.lstrip(" ").startswith(BEGINS_A_FORMULA) else cell


class Workbook:
    """A workbook that is written row by row, each as soon as it is given: it is never whole in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_open = True
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
        self._head = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})

    def sheet(self, name: str, heads: Iterable[str]) -> Sheet:
        return Sheet(self, name, tuple(heads))

    def begin(self, name: str, heads: tuple[str, ...]) -> Any:
        """A sheet of XlsxWriter's with its heads, which stay in sight."""
        page = self._book.add_worksheet(name)
        page.set_column(0, max(len(heads) - 1, 0), 18)
        page.freeze_panes(1, 0)
        for place, head in enumerate(heads):
            page.write_string(0, place, head, self._head)
        return page

    def write(self, page: Any, row: int, place: int, value: object) -> None:
        match value:
            case None | "":
                return
            case bool():
                page.write_boolean(row, place, value)
            case int() | float():
                page.write_number(row, place, value)
            case dt.date() if value >= FIRST_DAY:
                page.write_datetime(row, place, value, self._day)
            case _:
                text = str(value)
                cut = text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"
                page.write_string(row, place, cut)

    def close(self) -> None:
        """Write it; once it is written, nothing."""
        if self._is_open:
            self._is_open = False
            self._book.close()

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Sheet:
    """A table of a workbook; where it has more rows than a sheet holds, it goes on in further ones."""

    def __init__(self, book: Workbook, name: str, heads: tuple[str, ...]) -> None:
        self.names = [name]
        self._book, self._heads, self._row = book, heads, 0
        self._page = book.begin(name, heads)

    def append(self, values: Iterable[object]) -> None:
        if self._row == MOST_ROWS - 1:
            self.names.append(f"{self.names[0]}_{len(self.names) + 1}")
            self._page, self._row = self._book.begin(self.names[-1], self._heads), 0
        self._row += 1
        for place, value in enumerate(values):
            self._book.write(self._page, self._row, place, value)
