"""Tables for spreadsheets: the same rows in each kind of file, and nothing in them that would be computed."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clinic import rls
from tests import factories
from tests.cast import Cast
from tests.tracking.records import log_session
from tests.tracking.test_family_archive import copy_of
from tracking.models import ExportFormat
from tracking.reports import spreadsheets
from tracking.reports.spreadsheets import Workbook, line

COMPUTED = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\uff1d1",
    '=HYPERLINK("http://a.example")',
)


def lines_of(archive: zipfile.ZipFile, table: str) -> list[dict[str, str]]:
    return list(
        csv.DictReader(io.StringIO(archive.read(f"data/{table}.csv").decode("utf-8-sig"), newline=""))
    )


def sheets_of(archive: zipfile.ZipFile) -> Any:
    return openpyxl.load_workbook(io.BytesIO(archive.read("record.xlsx")))


@pytest.mark.parametrize("typed", COMPUTED)
def test_what_would_be_computed_is_text_in_csv_and_a_number_stays_one(typed: str) -> None:
    (cells,) = csv.reader(io.StringIO(line([typed, -2, -0.5, "a=1"]), newline=""))
    assert cells == [f"'{typed}", "-2", "-0.5", "a=1"]


def test_a_workbook_holds_text_where_text_was_given(tmp_path: Path) -> None:
    book = Workbook(tmp_path / "book.xlsx")
    sheet = book.sheet("rows", ["name"])
    for typed in (*COMPUTED, "http://a.example", "mailto:a@b.example", "{=1}", "\x01", "7", "x" * 40_000):
        sheet.append([typed])
    sheet.append([-2])
    book.close()
    read = openpyxl.load_workbook(tmp_path / "book.xlsx")["rows"]
    told = [row[0] for row in read.iter_rows(min_row=2)]
    assert [cell.data_type for cell in told] == ["s"] * (len(told) - 1) + ["n"]
    assert [cell.value for cell in told][:2] == ["=1+1", "+1"]
    assert [len(str(told[-2].value)), str(told[-2].value)[-1]] == [spreadsheets.MOST_CHARACTERS, "…"]
    assert b"<f>" not in (tmp_path / "book.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "book.xlsx") as parts:
        assert not any(
            b"<f>" in parts.read(name) or b"<hyperlink" in parts.read(name) for name in parts.namelist()
        )


def test_a_table_longer_than_a_sheet_goes_on_in_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)
    book = Workbook(tmp_path / "book.xlsx")
    sheet = book.sheet("rows", ["number"])
    for number in range(5):
        sheet.append([number])
    book.close()
    read = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert sheet.names == read.sheetnames == ["rows", "rows_2", "rows_3"]
    assert [[cell.value for cell in one["A"]] for one in read] == [
        ["number", 0, 1],
        ["number", 2, 3],
        ["number", 4],
    ]


def test_a_long_workbook_is_never_whole_in_memory(tmp_path: Path) -> None:
    book = Workbook(tmp_path / "book.xlsx")
    sheet = book.sheet("rows", ["number", "text"])
    tracemalloc.start()
    try:
        for number in range(20_000):
            sheet.append([number, f"{number} " * 20])
        book.close()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 3_000_000, "the texts alone are over 2 MB, as objects over 5"


def test_a_copy_holds_the_same_rows_in_each_kind_of_file(cast: Cast) -> None:
    factories.record(cast)
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo, note="=cmd|' /C calc'!A0")
    _, as_json, _ = copy_of(cast, "fay")
    _, as_csv, _ = copy_of(cast, "fay", ExportFormat.CSV)
    _, as_xlsx, _ = copy_of(cast, "fay", ExportFormat.XLSX)
    book = sheets_of(as_xlsx)
    tables = json.loads(as_json.read("manifest.json"))["tables"]
    assert book.sheetnames == ["dictionary", *(table["name"] for table in tables)]
    for table in tables:
        rows = json.loads(as_json.read(f"data/{table['name']}.json"))
        heads, *cells = book[table["name"]].iter_rows(values_only=True)
        lines = lines_of(as_csv, table["name"])
        assert len(rows) == len(lines) == len(cells), table["name"]
        if rows:
            assert list(rows[0]) == list(lines[0]) == list(heads)
    assert "'=cmd|' /C calc'!A0" in [one["note"] for one in lines_of(as_csv, "sessions")]
    notes = [
        cell for row in book["sessions"].iter_rows(min_row=2) for cell in row if "calc" in str(cell.value)
    ]
    assert [(cell.data_type, cell.value) for cell in notes] == [("s", "=cmd|' /C calc'!A0")]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {
        "s",
        "n",
        "b",
        "d",
    }


def test_the_dictionary_of_a_spreadsheet_says_unit_range_and_what_empty_means(cast: Cast) -> None:
    _, archive, _ = copy_of(cast, "fay", ExportFormat.XLSX)
    told = {
        (row[0], row[1]): row
        for row in sheets_of(archive)["dictionary"].iter_rows(min_row=2, values_only=True)
    }
    assert told["sessions", "minutes"][2:8] == ("How long", "number", "minutes", 0, None, "Nobody timed it")
    assert told["goal_ratings", "level"][5:7] == (-2, 2)
    assert "done = " in told["sessions", "outcome"][8]
    _, archive, _ = copy_of(cast, "fay", ExportFormat.CSV)
    assert "Nobody timed it" in archive.read("dictionary.csv").decode()
