"""Each of the two walls holds alone, and the matrix notices when a rule is made wrong.

The first wall is what the code asks (`visible_to`, `policy`), the second what the tables let through
(row-level security). With the first taken away, no row is read beyond the second's three lines; with the
second taken away, the matrix answers as ever. And of mutants of the rules, drawn by lot with a seed that is
printed (LITTLEFOOT_SEED and LITTLEFOOT_MUTANTS choose others), nearly all are caught, with both walls' help
or without the second's.
"""

from __future__ import annotations

import contextlib
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models, transaction

from clinic import policy, rls
from clinic.models import CaregiverGrant, Child, ClinicMembership, User
from clinic.policy import Places
from clinic.vocabulary import GrantKind, Role
from tests import matrix, mutants
from tests.access import Row
from tests.architecture.test_second_wall import ALSO_SEEN_BY, OF_PEOPLE, admitted
from tests.cast import Cast
from tests.matrix import Cell, World
from tests.mutants import Mutant, Rule
from tests.tracking.test_one_rule_told_twice import TABLE, seen_by_row, seen_by_rule
from tracking.models import SafeguardingLead, SafeguardingNote

ROWS = list(matrix.table().rows.values())[:: int(os.environ.get("EVERY", "1"))]
SEED = int(os.environ.get("LITTLEFOOT_SEED", "20261126"))
COUNT = int(os.environ.get("LITTLEFOOT_MUTANTS", "120"))
CAUGHT = 0.95

ASKED = ("cleo", "fern", "cody", "nobody", *matrix.WITHIN)
"""What every proof here asks about: all but an archived child."""


@pytest.fixture
def open_cast(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast behind no second wall: whoever asks, the tables take them for the job they are all open to."""
    asker = rls.stamp_parameters
    monkeypatch.setattr(rls, "stamp_parameters", lambda: (asker()[0], rls.SEEDING))
    with rls.acting_as(cast.sol):
        assert Child.objects.filter(pk=cast.cleo.pk).exists()
    return cast


# ---- the first wall taken away ----------------------------------------------------------------------------


@contextlib.contextmanager
def without_the_first_wall() -> Iterator[None]:
    """Every rule says yes, every queryset shows every row, everybody is all there is to be to a child."""
    everything = Places(roles=frozenset(Role), is_on_team=True, grant=GrantKind.GUARDIAN, household=None)
    put_back = []
    for rule in mutants.rules():
        if rule.function.__code__.co_freevars or ".Places." in rule.name:
            continue
        answer = "given[0]" if "QuerySet." in rule.name else "True"
        if rule.name.endswith(("._staff_sees", "._granted", "._lived_in")):
            answer = "__anything__"
        put_back.append(
            (rule.function, rule.function.__code__, rule.function.__defaults__, rule.function.__kwdefaults__)
        )
        made: dict[str, Any] = {}
        exec(f"def yes(*given, **named): return {answer}", made)
        rule.function.__globals__["__anything__"] = models.Q(pk__isnull=False)
        rule.function.__code__ = made["yes"].__code__
        rule.function.__defaults__ = rule.function.__kwdefaults__ = None
    real = policy._read
    policy._read = lambda *_: everything
    try:
        yield
    finally:
        policy._read = real
        for function, code, defaults, keyword_defaults in put_back:
            function.__code__, function.__defaults__, function.__kwdefaults__ = (
                code,
                defaults,
                keyword_defaults,
            )


class Lines:
    """The three lines, told from the rows of people alone, for one actor."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.record = admitted(user, is_record=True)
        self.people = admitted(user, is_record=False)
        working = set(ClinicMembership.objects.active().filter(user=user).values_list("clinic_id", flat=True))
        self.leads_in = set(
            SafeguardingLead.objects.active().filter(user=user).values_list("clinic_id", flat=True)
        )
        caring = CaregiverGrant.objects.valid().filter(user=user).values_list("clinic_id", flat=True)
        self.clinics = working | set(caring)

    def are_crossed_by(self, row: models.Model, actor: str) -> bool:
        """Whether a row is of another clinic, or of a child whose rows of that kind are not theirs."""
        clinic_id = getattr(row, "clinic_id", None)
        if clinic_id is not None and clinic_id not in self.clinics:
            return getattr(row, "user_id", None) is None  # one's own past places are one's own
        if isinstance(row, SafeguardingNote):
            return row.author_id != self.user.pk and row.clinic_id not in self.leads_in
        if isinstance(row, Child):
            return row.pk not in self.people
        child_id = getattr(row, "child_id", None)
        if child_id is None:
            return False
        name = type(row).__name__
        is_of_people = name in OF_PEOPLE or ALSO_SEEN_BY.get(name) == actor
        return child_id not in (self.people if is_of_people else self.record)


@contextlib.contextmanager
def reading(note: Any) -> Iterator[None]:
    """Every row that is read as a person, not by a named system job, is noted."""
    real = models.Model.from_db.__func__

    def from_db(cls: Any, db: Any, names: Any, values: Any) -> Any:
        row = real(cls, db, names, values)
        if not rls.current_stamp().system:
            note(row)
        return row

    models.Model.from_db = classmethod(from_db)
    try:
        yield
    finally:
        models.Model.from_db = classmethod(real)


def rows_across(world: World, rows: list[Row]) -> tuple[Counter[str], Counter[str], Counter[int]]:
    """With the first wall off: rows read, rows of them beyond a line, and statuses."""
    lines = {name: Lines(user) for name, user in world.cast.people().items()}
    read: Counter[str] = Counter()
    crossed: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    actor = ""

    def note(row: models.Model) -> None:
        if row._meta.app_label not in ("clinic", "tracking") or isinstance(row, User):
            return
        read[type(row).__name__] += 1
        if lines[actor].are_crossed_by(row, actor):
            crossed[f"{type(row).__name__} by {actor}"] += 1

    with without_the_first_wall(), reading(note):
        for cell in matrix.cells(world, about=ASKED, rows=rows):
            if cell.actor != "anonymous":
                actor = cell.actor
                statuses[world.doors[actor].ask(cell.row, world.values[cell.about]).status] += 1
    return read, crossed, statuses


def test_with_the_first_wall_off_no_row_crosses_a_line(cast: Cast) -> None:
    with rls.acting_as(cast.sol):
        assert not Child.objects.filter(pk=cast.cleo.pk).exists()
    read, crossed, statuses = rows_across(matrix.build(cast), ROWS)
    print(f"\nfirst wall off: {statuses.total()} cells, {read.total()} rows of {len(read)} kinds read,")
    print(f"  beyond the three lines: {crossed.total()}; statuses {dict(sorted(statuses.items()))}")
    for name, count in crossed.most_common():
        print(f"  {name}: {count}")
    assert statuses[200] > len(ROWS)
    assert not crossed


def test_with_both_walls_off_rows_cross_the_lines(open_cast: Cast) -> None:
    _, crossed, _ = rows_across(matrix.build(open_cast), ROWS[::20])
    print(f"\nboth walls off, every twentieth route: {crossed.total()} rows beyond the three lines")
    assert crossed.total() > 100


# ---- the second wall taken away ---------------------------------------------------------------------------


def test_with_the_second_wall_off_every_cell_answers_as_ever(open_cast: Cast) -> None:
    world = matrix.build(open_cast)
    asked = leaks = 0
    faults: list[str] = []
    for cell in matrix.cells(world, about=ASKED, rows=ROWS):
        seen = matrix.run(world, cell)
        asked += 1
        leaks += seen.leaks
        faults += seen.faults
    print(f"\nsecond wall off: {asked} cells, {leaks} leaks, {len(faults)} faults")
    assert asked > 10 * len(ROWS)
    assert not faults, "\n".join(faults)


# ---- rules made wrong -------------------------------------------------------------------------------------


def test_mutants_of_the_rules_are_caught(open_cast: Cast) -> None:
    chosen = mutants.rules()
    every = mutants.mutants(chosen)
    drawn = mutants.draw(every, COUNT, seed=SEED)
    print(f"\n{len(drawn)} of {len(every)} mutants of {len(chosen)} rules, seed {SEED}")
    point = transaction.savepoint()
    world = matrix.build(open_cast)
    touching = _cells_that_ask(world, chosen)
    caught_by = {mutant: _by_the_matrix(world, mutant, touching[mutant.rule.name]) for mutant in drawn}
    transaction.savepoint_rollback(point)
    told = {kind: _told(open_cast, kind) for kind in TABLE}
    survivors = []
    for mutant in drawn:
        by = caught_by[mutant] or _by_rows(open_cast, mutant, told)
        print(f"  {mutant}\n    {by or 'SURVIVES'}")
        if not by:
            survivors.append(mutant)
    caught = len(drawn) - len(survivors)
    print(f"caught {caught} of {len(drawn)}: {caught / len(drawn):.1%}")
    assert caught >= CAUGHT * len(drawn), "\n".join(str(mutant) for mutant in survivors)


def _cells_that_ask(world: World, chosen: list[Rule]) -> dict[str, list[Cell]]:
    """For each rule the cells that ask it, in the order of a lot: what a mutant of it is tried against."""
    asking: dict[str, list[Cell]] = defaultdict(list)
    asked: set[str] = set()
    with mutants.noting(chosen, lambda rule: asked.add(rule.name)):
        for cell in matrix.cells(world, about=ASKED, rows=ROWS):
            matrix.run(world, cell)
            for name in asked:
                asking[name].append(cell)
            asked.clear()
    lots = random.Random(SEED)
    for cells in asking.values():
        lots.shuffle(cells)
    return asking


def _by_the_matrix(world: World, mutant: Mutant, cells: list[Cell]) -> str | None:
    """The first fault in what these cells answer under the mutant."""
    with mutant.in_force():
        for cell in cells:
            faults = matrix.run(world, cell).faults
            if faults:
                return faults[0]
    return None


def _told(cast: Cast, kind: str) -> Any:
    """Who sees which things of a kind, by the rows and by the rule, in the order they are made."""
    _, rule, make = TABLE[kind]
    point = transaction.savepoint()
    try:
        things = make(cast)
        by_row = seen_by_row(cast, things)
        by_rule = seen_by_rule(cast, rule, things)
        return [(by_row[thing.pk], by_rule[thing.pk]) for thing in things]
    finally:
        transaction.savepoint_rollback(point)


def _by_rows(cast: Cast, mutant: Mutant, told: dict[str, Any]) -> str | None:
    """The first kind of row that is seen by others, or by the rule and the rows differently."""
    with mutant.in_force():
        for kind, before in told.items():
            try:
                if _told(cast, kind) != before:
                    return f"one rule told twice: {kind}"
            except Exception as wrong:  # noqa: BLE001  # a mutant may fail in any way
                return f"one rule told twice: {kind}: {type(wrong).__name__}"
    return None
