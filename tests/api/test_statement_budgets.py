"""Every address of the API has a budget of statements, in tests/statements.toml, and keeps it however long
the record is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from tests import access, matrix
from tests.access import Row
from tests.cast import Cast
from tests.matrix import World
from tests.multiplying import multiply

BUDGETS: dict[str, int] = tomllib.loads(Path(__file__).parents[1].joinpath("statements.toml").read_text())
ASKERS = ("fay", "tess", "otto", "sol")
SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
TEN = 10


def rows() -> list[Row]:
    return [row for row in access.rows() if row.address.startswith("/api/v1/")]


def asker(row: Row) -> str:
    """Who gets the most of a row: an answer, else the sentence that what was sent is not understood."""
    return min(ASKERS, key=lambda actor: matrix.table().expected(row, actor, "cleo"))


def statements(world: World, asked: Iterable[Row]) -> dict[str, int]:
    """How many each row takes, savepoints and the transaction's own apart."""
    taken = {}
    for row in asked:
        with CaptureQueriesContext(connection) as captured:
            world.doors[asker(row)].ask(row, world.values["cleo"])
        taken[str(row)] = sum(not query["sql"].startswith(SAVEPOINTS) for query in captured)
    return taken


def test_every_address_has_a_budget_and_every_budget_an_address() -> None:
    addresses = {str(row) for row in rows()}
    assert addresses - set(BUDGETS) == set(), "write these into tests/statements.toml"
    assert set(BUDGETS) - addresses == set(), "these are no addresses any more"


def test_no_address_takes_more_than_its_budget_nor_more_for_ten_times_the_record(cast: Cast) -> None:
    world = matrix.build(cast)
    once = statements(world, rows())
    over = [f'"{name}" = {count}' for name, count in once.items() if count > BUDGETS.get(name, -1)]
    assert not over, "\n".join(["more than tests/statements.toml says:", *over])
    with rls.acting_as(system="seeding"):
        written = multiply(cast.cleo, TEN)
    assert written > 500
    again = statements(world, [row for row in rows() if row.method == "GET"])
    grown = [f"{name}: {once[name]}, then {count}" for name, count in again.items() if count > once[name]]
    assert not grown, "\n".join(["more statements for more rows:", *grown])
