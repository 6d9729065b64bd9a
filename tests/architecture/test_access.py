"""The authorization matrix, whole: tests/access.toml is the whole truth about who is answered what.

Every route by every method, for everybody, about their own, about another family's in the clinic, another
clinic's, an archived child's, and what never was. tests/matrix.py is the engine.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import pytest

from tests import access, matrix
from tests.access import ACTORS, Row
from tests.cast import Cast
from tests.matrix import OBJECTS, WITHIN, Cell, Outcome, World

FEWEST_CELLS = 10_000
BY_HEAD = ("anonymous", "tess", "fay")
BY_ANY_METHOD = ("anonymous", "tess")

IS_WHOLE = os.environ.get("LITTLEFOOT_MATRIX") == "whole"
"""By `make prove-matrix`. Otherwise every route too, but no archived child, and fewer of those to whom the
table says that there is no such thing."""

ABOUT = tuple(name for name in OBJECTS if IS_WHOLE or name != "archived")
GROUPS = (("cleo",), ("fern", "cody", "nobody"), WITHIN)
"""What is asked about together: where there is nothing for somebody, the answers are alike."""

PARTS = 4
"""The matrix is asked in so many transactions, to be shared among processes; each builds its world anew."""


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    declared = {f"{method} {address}" for address, methods in access.routes() for method in methods}
    listed = {str(row) for row in access.rows()}
    assert not declared - listed, "routes without a row in tests/access.toml"
    assert not listed - declared, "rows of tests/access.toml without a route"


def test_a_row_names_all_actors_or_tells_only_who_is_signed_in() -> None:
    assert ACTORS[0] == "anonymous"
    assert len(set(ACTORS)) == 12
    assert all(set(row.statuses) == set(ACTORS) for row in access.rows())


def test_no_line_of_the_table_is_stale() -> None:
    known = matrix.table()
    addresses = {address for address, _ in access.routes()}
    for about, lines in known.exceptions.items():
        assert about in matrix.OBJECTS
        for name, told in lines.items():
            assert name in known.rows, name
            assert set(told) <= {*matrix.EVERYBODY, "everybody"}, name
    for name in known.undeclared:
        assert any(f"{address}$".startswith(name) for address in addresses), name
    for parts in known.stands_for.values():
        assert set(parts) <= {*matrix.EVERYBODY, "everybody"}
        assert set(parts.values()) <= set(ACTORS)
    assert set(known.readers_at) <= set(known.rows)
    for name, readers in known.readers.items():
        assert readers <= set(matrix.EVERYBODY), name


REFUSED_TO_ALL = {
    "what a secret opens, and nobody holds this one": (
        r"/accounts/(email/<token>|confirm-email/<key>|sessions/<device>/end|apps/<app>/end|2fa/.*)/",
        r"/calendars/<calendar>.ics",
        r"/invitations/<token>/",
        r"/identity/o/api/userinfo",
        r"/api/auth/app/v1/(auth/webauthn/authenticate|auth/sessions/<device>)",
        r"/api/auth/app/v1/account/authenticators/webauthn/<passkey>",
    ),
    "a page that sends on whoever was not sent to it": (r"/accounts/number/",),
    "not offered, or not to anybody with an account": (
        r"/metrics",
        r"/identity/o/(device|api/device/code|logout)",
    ),
}
"""Addresses that refuse each role, by why that is so; whether who may do it can is tested beside them."""


def test_no_row_is_refused_to_every_role() -> None:
    refused = {
        str(row): row.address
        for row in access.rows()
        if all(row.statuses[actor] in (401, 403, 404, 410) for actor in ACTORS[1:])
    }
    reasons = [pattern for patterns in REFUSED_TO_ALL.values() for pattern in patterns]
    unexplained = {
        name for name, address in refused.items() if not any(re.fullmatch(p, address) for p in reasons)
    }
    assert not unexplained, "rows that show nothing: give the cast what they ask for (tests/belongings.py)"
    stale = {p for p in reasons if not any(re.fullmatch(p, address) for address in refused.values())}
    assert not stale


def test_every_run_asks_every_route_of_everybody(cast: Cast) -> None:
    world = matrix.build(cast)
    asked = list(matrix.cells(world, about=ABOUT, is_whole=IS_WHOLE))
    assert len(asked) >= FEWEST_CELLS
    for name in matrix.table().rows:
        about_cleo = [cell.actor for cell in asked if cell.about == "cleo" and str(cell.row) == name]
        assert set(about_cleo) >= set(ACTORS), name
    about = {name: {str(cell.row) for cell in asked if cell.about == name} for name in OBJECTS}
    of_a_child = {name for name in matrix.table().rows if "<child>" in name}
    assert of_a_child <= about["fern"] & about["cody"] & about["nobody"]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_cell_answers_as_the_table_says(
    cast: Cast, say_at_the_end: Callable[[str], None], part: int
) -> None:
    world = matrix.build(cast)
    tally = Tally(f"part {part + 1} of {PARTS}")
    rows = list(matrix.table().rows.values())[part::PARTS]
    for row in rows:
        for group in GROUPS:
            asked = _asked(world, group, [row])
            tally.add(asked)
            tally.add(matrix.heads(world, [seen for seen in asked if _is_asked_by_head(seen.cell)]))
            tally.faults += matrix.uneven(world, asked)
    undeclared = list(matrix.undeclared(world, actors=BY_ANY_METHOD))
    tally.add(matrix.run(world, cell) for cell in undeclared[part::PARTS])
    if IS_WHOLE:
        with world.archiving():
            tally.add(_asked(world, ["archived"], rows))
    TALLIES.append(tally)
    for line in tally.lines() if len(TALLIES) < PARTS else Tally.of(TALLIES).lines():
        say_at_the_end(line)
    assert not tally.faults, "\n".join(tally.faults)


def _asked(world: World, about: Sequence[str], rows: Sequence[Row]) -> list[Outcome]:
    cells = matrix.cells(world, about=about, rows=rows, is_whole=IS_WHOLE)
    return [matrix.run(world, cell) for cell in cells]


def _is_asked_by_head(cell: Cell) -> bool:
    return cell.about == "cleo" and cell.actor in BY_HEAD


class Tally:
    """What was asked, counted; what was wrong, in words."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.cells = self.leaks = 0
        self.by: dict[str, Counter[str]] = defaultdict(Counter)
        self.faults: list[str] = []

    @classmethod
    def of(cls, tallies: Sequence[Tally]) -> Tally:
        """All of them in one."""
        total = cls(f"{len(tallies)} parts")
        for tally in tallies:
            total.cells += tally.cells
            total.leaks += tally.leaks
            total.faults += tally.faults
            for name, counted in tally.by.items():
                total.by[name] += counted
        return total

    def add(self, outcomes: Iterable[Outcome]) -> None:
        for seen in outcomes:
            self.cells += 1
            self.leaks += seen.leaks
            self.faults += seen.faults
            self.by["method"][seen.cell.row.method] += 1
            self.by["actor"][seen.cell.actor] += 1
            self.by["object"][seen.cell.about] += 1
            self.by["status"][str(seen.answer.status)] += 1

    def lines(self) -> Iterator[str]:
        yield (
            f"authorization matrix, {self.what}: {self.cells} cells, {self.leaks} leaks,"
            f" {len(self.faults)} faults"
        )
        for name, counted in self.by.items():
            yield f"  by {name}: " + ", ".join(f"{key} {count}" for key, count in sorted(counted.items()))


TALLIES: list[Tally] = []
"""Of the parts that this process asked."""


# ---- what is wrong is found -------------------------------------------------------------------------------


def test_another_status_and_a_word_too_many_are_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    world = matrix.build(cast)
    known = matrix.table()
    row = known.rows["GET /api/v1/children/<child>/notes"]
    (cell,) = matrix.cells(world, about=["cleo"], rows=[row], actors=["tess"])
    assert matrix.run(world, cell).faults == ()
    told = matrix.run(world, replace(cell, expected=404))
    assert told.faults == (f"{cell}: 200, the table says 404",)
    readers = {**known.readers, "note-body": frozenset({"fay"})}
    monkeypatch.setattr(matrix, "table", lambda: replace(known, readers=readers))
    leaking = matrix.run(world, cell)
    assert leaking.leaks
    assert leaking.faults == (f"{cell}: 200 reads planted-note-body-word",)


def test_a_thing_that_is_told_from_nothing_is_found(cast: Cast) -> None:
    world = matrix.build(cast)
    row = matrix.table().rows["GET /api/v1/children/<child>/notes"]
    cells = [
        Cell(row, "tess", about, matrix.table().expected(row, "tess", about))
        for about in ("fern", "cody", "nobody")
    ]
    asked = [matrix.run(world, cell) for cell in cells]
    assert list(matrix.uneven(world, asked)) == []
    odd = replace(asked[0], answer=replace(asked[0].answer, headers=("ETag: 7", *asked[0].answer.headers)))
    (found,) = matrix.uneven(world, [odd, *asked[1:]])
    assert "told apart" in found
    assert "ETag" in found
