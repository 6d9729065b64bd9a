"""Each of the two walls holds alone, and the matrix notices when a rule is made wrong.

The first wall is what the code asks (`visible_to`, `policy`), the second what the tables let through
(row-level security). With the first taken away, no row is read beyond the second's three lines; with the
second taken away, the matrix answers as ever. And of mutants of the rules, drawn by lot with a seed that is
printed, nearly all are caught without the second's help; docs/proofs/mutants.md is written anew, with what
caught each.

LITTLEFOOT_SEED and LITTLEFOOT_MUTANTS (how many) draw others; with LITTLEFOOT_EVERY=20 only every twentieth
route is asked, to see in minutes whether the proof itself works.
"""

from __future__ import annotations

import contextlib
import functools
import os
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import models, transaction

from clinic import policy, rls
from clinic.models import CaregiverGrant, Child, ClinicMembership, User
from clinic.policy import Places
from clinic.prepared import written_each_time
from clinic.vocabulary import GrantKind, Role, SharingMode
from tests import matrix, mutants
from tests.access import Row
from tests.architecture.test_second_wall import ALSO_SEEN_BY, OF_PEOPLE, admitted
from tests.cast import Cast
from tests.matrix import Cell, World
from tests.mutants import Mutant, Rule
from tests.tracking.test_one_rule_told_twice import (
    CASES,
    TABLE,
    let_everybody_go,
    open_by_glass,
    seen_by_row,
    seen_by_rule,
)
from tests.tracking.test_who_is_shown_what import CASES as SHOWN
from tests.tracking.test_who_is_shown_what import SINGLE, shown
from tests.tracking.test_who_may import predicates, things, who_may
from tracking.models import SafeguardingLead, SafeguardingNote

ROWS = list(matrix.table().rows.values())[:: int(os.environ.get("LITTLEFOOT_EVERY", "1"))]
SEED = int(os.environ.get("LITTLEFOOT_SEED", "20261126"))
COUNT = int(os.environ.get("LITTLEFOOT_MUTANTS", "120"))
CAUGHT = 0.95
TRIED = 500
"""How many cells a mutant is tried against at most, of those that ask its rule, by lot."""

LIST = Path("docs/proofs/mutants.md")

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
        with written_each_time():
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
        places = list(ClinicMembership.objects.active().filter(user=user))
        self.holds = {(place.clinic_id, role) for place in places for role in place.roles}
        self.leads_in = set(
            SafeguardingLead.objects.active().filter(user=user).values_list("clinic_id", flat=True)
        )
        caring = CaregiverGrant.objects.valid().filter(user=user).values_list("clinic_id", flat=True)
        self.clinics = {place.clinic_id for place in places} | set(caring)

    def are_crossed_by(self, row: models.Model) -> bool:
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
        is_of_people = name in OF_PEOPLE or (clinic_id, ALSO_SEEN_BY.get(name)) in self.holds
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
        if lines[actor].are_crossed_by(row):
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


@dataclass
class Asked:
    """The matrix asked once behind no second wall: what was wrong, and which cells asked which rule."""

    cells: int = 0
    leaks: int = 0
    faults: list[str] = field(default_factory=list)
    asking: dict[str, list[Cell]] = field(default_factory=lambda: defaultdict(list))


ASKED_ONCE: list[Asked] = []


def ask_everything(world: World) -> Asked:
    """Asked by whichever proof comes first, for all of them; a cell is the same in every world."""
    if not ASKED_ONCE:
        told = Asked()
        rules: set[str] = set()
        with mutants.noting(mutants.rules(), lambda rule: rules.add(rule.name)):
            for cell in matrix.cells(world, about=ASKED, rows=ROWS):
                seen = matrix.run(world, cell)
                told.cells += 1
                told.leaks += seen.leaks
                told.faults += seen.faults
                if seen.faults:
                    print(*seen.faults, sep="\n", flush=True)
                for name in rules:
                    told.asking[name].append(cell)
                rules.clear()
        ASKED_ONCE.append(told)
    return ASKED_ONCE[0]


def test_with_the_second_wall_off_every_cell_answers_as_ever(open_cast: Cast) -> None:
    told = ask_everything(matrix.build(open_cast))
    print(f"\nsecond wall off: {told.cells} cells, {told.leaks} leaks, {len(told.faults)} faults")
    assert told.cells > 10 * len(ROWS)
    assert not told.faults, "\n".join(told.faults)


# ---- rules made wrong -------------------------------------------------------------------------------------


def test_mutants_of_the_rules_are_caught(open_cast: Cast) -> None:
    rules = mutants.rules()
    every = mutants.mutants(rules)
    drawn = mutants.draw(every, COUNT, seed=SEED)
    drawing = f"{len(drawn)} of {len(every)} mutants of {len(rules)} rules, seed {SEED}"
    print(f"\n{drawing}")
    caught_by: dict[Mutant, str] = {}
    for find in (by_rules, by_rows, by_the_matrix):
        left = [mutant for mutant in drawn if mutant not in caught_by]
        for mutant, noticed in find(open_cast, left):
            caught_by[mutant] = noticed
            print(f"  {mutant}\n    {noticed}", flush=True)
    survivors = [mutant for mutant in drawn if mutant not in caught_by]
    for mutant in survivors:
        print(f"  {mutant}\n    SURVIVES")
    figures = f"caught {len(caught_by)} of {len(drawn)}: {len(caught_by) / len(drawn):.1%}"
    print(figures)
    if len(ROWS) == len(matrix.table().rows):
        LIST.write_text(_list(f"{drawing}; {figures}", drawn, caught_by))
    assert len(caught_by) >= CAUGHT * len(drawn), "\n".join(str(mutant) for mutant in survivors)


def _list(heading: str, drawn: list[Mutant], caught_by: dict[Mutant, str]) -> str:
    """The page that is kept of them."""
    lines = [
        "# Rules made wrong, and what noticed",
        "",
        f"Written by `make prove-walls` on {rls.now():%Y-%m-%d}: {heading}.",
        "",
        "| rule | it said | the mutant says | caught by |",
        "|---|---|---|---|",
    ]
    for mutant in sorted(drawn, key=str):
        columns = (mutant.rule.name, mutant.was, mutant.says, caught_by.get(mutant, "**nothing**"))
        lines.append("| " + " | ".join(words.replace("|", "\\|") for words in columns) + " |")
    return "\n".join(lines) + "\n"


def by_the_matrix(cast: Cast, tried: list[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """The mutants under which a cell that asks their rule is answered otherwise, and the first such fault."""
    lots = random.Random(SEED)
    with _undone():
        world = matrix.build(cast)
        asking = ask_everything(world).asking
        for mutant in tried:
            cells = asking[mutant.rule.name]
            fault = _first_fault(world, mutant, lots.sample(cells, min(TRIED, len(cells))))
            if fault:
                yield mutant, fault


def _first_fault(world: World, mutant: Mutant, cells: list[Cell]) -> str | None:
    with mutant.in_force():
        for cell in cells:
            faults = matrix.run(world, cell).faults
            if faults:
                return faults[0]
    return None


def by_rules(cast: Cast, tried: list[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """The mutants under which a predicate says yes to others than ever, and which one."""
    left = list(tried)
    for state, enter in STATES.items():
        with _undone():
            about = things(cast)
            enter(cast)
            for mutant, name in _by_rules(functools.partial(who_may, cast, about=about), left):
                left.remove(mutant)
                yield mutant, f"who may, {state}: {name}"


def _by_rules(may: Callable[[Rule], set[str]], tried: list[Mutant]) -> Iterator[tuple[Mutant, str]]:
    asking: dict[str, list[tuple[Rule, set[str]]]] = defaultdict(list)
    for rule in predicates():
        names, true = _asked_by(functools.partial(may, rule))
        for name in names:
            asking[name].append((rule, true))
    for mutant in list(tried):
        for rule, true in asking[mutant.rule.name]:
            with mutant.in_force():
                is_as_ever = _whatever(functools.partial(may, rule)) == true
            if not is_as_ever:
                yield mutant, rule.name
                break


def _break_glass(cast: Cast) -> None:
    for user in (cast.theo, cast.otto):
        open_by_glass(cast, user)


STATES: dict[str, Callable[[Cast], None]] = {
    "as things are": lambda _: None,
    "by glass": _break_glass,
    "who left": let_everybody_go,
}
"""What tests/tracking/test_who_may.py asks about."""


def by_rows(cast: Cast, tried: list[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """The mutants under which rows are seen by others, or by rule and rows differently, and which rows."""
    asks = dict(_asks_about_rows(cast))
    asking: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for told, ask in asks.items():
        names, true = _asked_by(ask)
        for name in names:
            asking[name].append((told, true))
    for mutant in tried:
        for told, true in asking[mutant.rule.name]:
            with mutant.in_force():
                is_as_ever = _whatever(asks[told]) == true
            if not is_as_ever:
                yield mutant, told
                break


def _asks_about_rows(cast: Cast) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Who sees what, by the case that asks it; nothing of a case is left."""
    for kind, mode in CASES:
        yield f"one rule told twice: {kind}, {mode}", functools.partial(_seen, cast, kind, mode, False)
    for kind in TABLE:
        by_glass = functools.partial(_seen, cast, kind, SharingMode.ROLE_LABEL, True)
        yield f"one rule told twice: {kind}, by glass or left", by_glass
    for name, case in SHOWN.items():
        yield (
            f"who is shown what: {name}",
            functools.partial(_alone, cast, functools.partial(shown, case=case)),
        )
    for ask in SINGLE:
        yield f"who is shown what: {ask.__name__}", functools.partial(_alone, cast, ask)


def _alone(cast: Cast, ask: Callable[[Cast], Any]) -> Any:
    with _undone():
        return ask(cast.copy())


def _seen(cast: Cast, kind: str, mode: SharingMode, is_by_glass: bool) -> list[tuple[set[str], set[str]]]:
    """Who sees which things of a kind, by the rows and by the rule, in the order they are made."""
    _, rule, make = TABLE[kind]
    cast = cast.copy()
    with _undone():
        Child.objects.filter(pk=cast.cleo.pk).update(sharing_mode=mode)
        cast.cleo.sharing_mode = mode
        made = make(cast)
        if is_by_glass:
            _break_glass(cast)
        seen = _both(cast, rule, made)
        if is_by_glass:
            let_everybody_go(cast)
            seen += _both(cast, rule, made)
        return seen


def _both(cast: Cast, rule: Any, made: list[Any]) -> list[tuple[set[str], set[str]]]:
    by_row = seen_by_row(cast, made)
    by_rule = seen_by_rule(cast, rule, made)
    return [(by_row[thing.pk], by_rule[thing.pk]) for thing in made]


def _asked_by(ask: Callable[[], Any]) -> tuple[set[str], Any]:
    """The rules that are asked meanwhile, and what is answered."""
    names: set[str] = set()
    with mutants.noting(mutants.rules(), lambda rule: names.add(rule.name)):
        answer = ask()
    return names, answer


def _whatever(ask: Callable[[], Any]) -> Any:
    """What is answered, or the kind of error raised: with a rule made wrong it may be any."""
    try:
        return ask()
    except Exception as wrong:  # noqa: BLE001  # a rule made wrong may raise whatever it likes: that is what is caught
        return type(wrong)


@contextlib.contextmanager
def _undone() -> Iterator[None]:
    """Whatever was written meanwhile is undone."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
        transaction.savepoint_commit(point)
