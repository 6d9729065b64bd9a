"""Whoever reads something of a child leaves a row in the audit, and whoever is refused leaves one too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from clinic.vocabulary import AuditCode
from tests import access, factories
from tests.access import Door
from tests.cast import Cast

OF_THEIR_OWN = {
    AuditCode.DOWNLOADED_REPORT,
    AuditCode.EXPORTED_CONTACTS,
    AuditCode.EXPORTED_RECORD,
    AuditCode.VIEWED_PHOTO,
}
"""What is taken away, and each look at a photo: a row every time, not one an hour."""

OF_A_CHILD = re.compile(r"<(child|report|program|draft|contact|flag)>")


@pytest.fixture
def written() -> Iterator[list[dict[str, Any]]]:
    """Every row that is written to the audit, as the statement that writes it says."""
    rows: list[dict[str, Any]] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        told = re.match(r'INSERT INTO "clinic_auditevent" \(([^)]*)\)', sql)
        if told:
            columns = re.findall(r'"(\w+)"', told[1])
            rows.append(dict(zip(columns, params, strict=False)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield rows


def is_of_a_read(row: dict[str, Any]) -> bool:
    return row["hour"] is not None or row["code"] in OF_THEIR_OWN


def test_every_read_of_a_child_leaves_a_row(cast: Cast, written: list[dict[str, Any]]) -> None:
    filled = access.values(cast, factories.record(cast))
    unwritten: list[str] = []
    for actor in ("tess", "fay"):
        door = Door(actor, cast)
        for row in access.rows():
            if row.method != "GET" or not OF_A_CHILD.search(row.address):
                continue
            written.clear()
            status = door.ask(row, filled).status
            reads = [one["code"] for one in written if is_of_a_read(one)]
            if status == 200 and len(reads) != 1:
                unwritten.append(f"{row} as {actor} leaves {reads}")
    assert not unwritten, "\n".join(unwritten)


OF_NO_CLINIC = ("/accounts/", "/api/auth/", "/metrics")
"""Doors to what is a person's own, or a monitor's: no clinic's audit tells of them."""


def test_every_refusal_leaves_a_row(cast: Cast, written: list[dict[str, Any]]) -> None:
    filled = access.values(cast, factories.record(cast))
    unwritten: list[str] = []
    for actor in ("theo", "opal", "nan"):
        door = Door(actor, cast)
        for row in access.rows():
            if row.statuses[actor] not in (403, 404) or row.address.startswith(OF_NO_CLINIC):
                continue
            written.clear()
            status = door.ask(row, filled).status
            codes = [one["code"] for one in written]
            # What was written before it is undone with the rest.
            if status in (403, 404) and (codes.count(AuditCode.REFUSED), codes[-1:]) != (
                1,
                [AuditCode.REFUSED],
            ):
                unwritten.append(f"{row} as {actor} leaves {codes}")
    assert not unwritten, "\n".join(unwritten)
