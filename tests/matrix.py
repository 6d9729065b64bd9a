"""The authorization matrix: every route by every method, for every actor, about every object.

What each cell has to answer is told by tests/access.toml alone, the addresses by the URL configuration.
Driven whole by tests/architecture/test_access.py. To drive a part of it, as proofs do that take a wall away
or change a rule:

    world = matrix.build(cast)                        # in a test's transaction: records, sessions, tokens
    cells = matrix.cells(world, about=["cleo"], touching={"note"})   # or rows=…, actors=…
    outcomes = [matrix.run(world, cell) for cell in cells]
    faults = [fault for outcome in outcomes for fault in outcome.faults]

`run` asks one cell and undoes what it did; `Outcome.faults` says in words what is wrong: another status than
the table's, a planted word that this actor may not read, a word in a refusal. `uneven(world, outcomes)` says
where answers tell somebody else's thing from one that never was. Nothing here asserts, and nothing imports
the product's policy.
"""

from __future__ import annotations

import contextlib
import tomllib
import uuid
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from django.apps import apps
from django.db import models, transaction
from pghistory.models import Event

from clinic import rls
from clinic.models import Child
from tests import access, belongings, factories, outlets
from tests.access import ACTORS, METHODS, TABLE, Answer, Door, Row
from tests.alike import EXPIRES, MASKED, difference
from tests.cast import Cast, planted
from tests.planting import plant_the_rest
from tracking.services.archiving import archive_child

EVERYBODY = (*ACTORS, "tara", "olga", "dana", "sol")
"""Nobody signed in, the people of the table's columns, and those who stand where one of them does."""

OBJECTS = ("cleo", "fern", "cody", "archived", "nobody", "strange", "foreign", "invented")
"""What an address is about: Cleo and what is hers; a child of another family of the clinic; one of another
clinic; Cleo, archived; nothing that ever was; and of Cleo's addresses, the things in them being Fern's
(strange), Cody's (foreign) or nobody's (invented)."""

WITHIN = ("strange", "foreign", "invented")

NOBODYS = uuid.UUID("01980000-0000-7000-8000-00000000ff00")
"""The first of the ids that were never given to anything."""


# ---- the table --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """tests/access.toml, read."""

    rows: Mapping[str, Row]
    stands_for: Mapping[str, Mapping[str, str]]
    exceptions: Mapping[str, Mapping[str, Mapping[str, int]]]
    makes_ids: frozenset[str]
    undeclared: Mapping[str, tuple[frozenset[int], frozenset[int]]]
    readers: Mapping[str, frozenset[str]]
    readers_at: Mapping[str, Mapping[str, frozenset[str]]]

    def expected(self, row: Row, actor: str, about: str) -> int:
        """The status the table says."""
        told = self.exceptions.get(about, {}).get(str(row), {})
        if actor in told or ("everybody" in told and actor != "anonymous"):
            return told.get(actor, told.get("everybody", 0))
        if about in WITHIN:
            is_as_own = self.is_refused(row, actor) or str(row) in self.makes_ids
            return self.expected(row, actor, "cleo") if is_as_own else 404
        return row.statuses[self.part(actor, about)]

    def is_refused(self, row: Row, actor: str) -> bool:
        """Whether somebody does not even come in where Cleo and what is hers are asked for."""
        return actor == "anonymous" or self.expected(row, actor, "cleo") in (401, 403, 404)

    def expected_of_undeclared(self, address: str, actor: str) -> frozenset[int]:
        """The statuses of a method that an address does not answer."""
        begins = [name for name in self.undeclared if f"{address}$".startswith(name)]
        return self.undeclared[max(begins, key=len)][actor != "anonymous"]

    def part(self, actor: str, about: str) -> str:
        """The column in which an actor stands towards an object."""
        parts = self.stands_for.get(about, self.stands_for["cleo"])
        if actor == "anonymous":
            return actor
        return parts.get(actor, parts.get("everybody", actor))

    def may_read(self, actor: str, word: str, *, at: Row | None = None) -> bool:
        """Whether a planted word may be in an answer to this actor: ever, or of this row."""
        name = plain(word)
        if not word.endswith("-word"):  # cut at the end of a line: any that begins like this
            begun = [whole for whole in self.readers if whole.startswith(name)]
            return any(self.may_read(actor, f"{whole}-word", at=at) for whole in begun)
        if actor in self.readers_at.get(str(at), {}).get(name, ()):
            return True
        if name in self.readers:
            return actor in self.readers[name]
        child, _, rest = name.partition("-")
        return child in ("fern", "cody") and self.part(actor, child) in self.readers.get(rest, ())

    def has_readers(self, name: str) -> bool:
        """Whether the table says who may read a word, be it nobody."""
        child, _, rest = name.partition("-")
        return name in self.readers or (child in ("fern", "cody") and rest in self.readers)


def plain(word: str) -> str:
    """What a planted word is called in the table."""
    return word.removeprefix("planted-").removesuffix("-word")


@cache
def table() -> Table:
    told = tomllib.loads(TABLE.read_text())
    return Table(
        rows={str(row): row for row in access.rows()},
        stands_for=told["stands_for"],
        exceptions={
            about: {name: _each(given) for name, given in lines.items()}
            for about, lines in told["exceptions"].items()
        },
        makes_ids=frozenset(told["makes_ids"]["rows"]),
        undeclared={
            name: (frozenset(nobody), frozenset(signed_in))
            for name, (nobody, signed_in) in told["undeclared"].items()
        },
        readers=_readers(told["words"]),
        readers_at={name: _readers(words) for name, words in told["words_at"].items()},
    )


def _readers(words: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(who.split()) for name, who in words.items()}


def _each(given: Mapping[str, int]) -> dict[str, int]:
    """`{ "tess asha" = 403 }`, a name at a time."""
    return {name: status for names, status in given.items() for name in names.split()}


# ---- the world --------------------------------------------------------------------------------------------


@dataclass
class World:
    """The cast with records, their doors, and what the placeholders of each object stand for."""

    cast: Cast
    doors: Mapping[str, Door]
    values: Mapping[str, Mapping[str, object]]
    now_archived: bool = False

    def own_words(self, actor: str) -> frozenset[str]:
        """What of somebody stands on their own pages, refusals too."""
        return frozenset({planted(f"{actor}-name"), planted(actor)})

    @contextlib.contextmanager
    def archiving(self) -> Iterator[None]:
        """Cleo is archived for as long as this lasts."""
        point = transaction.savepoint()
        with rls.acting_as(self.cast.otto, system="seeding"):
            archive_child(by=self.cast.otto, child=self.cast.copy().cleo, now=rls.now())
        self.now_archived = True
        try:
            yield
        finally:
            self.now_archived = False
            transaction.savepoint_rollback(point)


def build(cast: Cast) -> World:
    """Write three children's records, and sign everybody in."""
    record = factories.record(cast)
    own = access.values(cast, record)
    for around in (factories.around_fern(cast), factories.around_cody(cast)):
        belongings.of_child(factories.record(cast, around), around)
        if around.child.clinic_id != cast.harbor.pk:
            belongings.of_clinic(around)
        factories.reminder(around.child, by=around.therapist, family=around.home)
    rows = rows_of(own.values())
    ferns, codys = (translated(own, rows, child) for child in (cast.fern, cast.cody))
    invented = {key: _nobodys(number, value) for number, (key, value) in enumerate(own.items())}
    here = {key: own[key] for key in ("child", "clinic")}
    values = {
        "cleo": own,
        "archived": own,
        "fern": ferns,
        "cody": codys,
        "nobody": invented,
        "strange": {**ferns, **here},
        "foreign": {**codys, **here},
        "invented": {**invented, **here},
    }
    doors = {actor: Door(actor, cast) for actor in EVERYBODY}
    plant_the_rest(cast, record)
    return World(cast, doors, values)


def _nobodys(number: int, value: object) -> object:
    """Something of the same shape that names nothing."""
    if isinstance(value, uuid.UUID) or (isinstance(value, str) and is_id(value)):
        return uuid.UUID(int=NOBODYS.int + number)
    return "nowhere" if value == "harbor" else value


def is_id(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True


CHILD_OF = {
    "Family": lambda child: {"child_homes__child": child},
    "ProgramVersion": lambda child: {"program__child": child},
    "GroupClass": lambda child: {"places__child": child},
    "ClassDate": lambda child: {"group_class__places__child": child},
    "User": lambda child: {"grants__child": child},
    "GoalRating": lambda child: {"goal__child": child},
    "ProgramPause": lambda child: {"program__child": child},
}
"""How rows without a child of their own belong to one."""

ALIKE = ("state", "kind", "roles")
"""What two like rows have in common, where they have it."""


def translated(
    own: Mapping[str, object], rows: Mapping[object, tuple[str, models.Model]], child: Child
) -> dict[str, object]:
    """The same placeholders for another child: each id of one of `rows` becomes that of the like row."""
    others: dict[object, object] = {}
    for value in own.values():
        if isinstance(value, uuid.UUID) and value not in others:
            key, row = rows.get(value, ("", None))
            other = None if row is None else _like_row(row, child, key, set(others.values()))
            others[value] = NOBODYS if other is None else getattr(other, key)
    told = {name: others.get(value, value) for name, value in own.items()}
    return {**told, "child": child.pk, "clinic": child.clinic.slug}


def rows_of(values: Iterable[object]) -> dict[object, tuple[str, models.Model]]:
    """The rows that ids among these values name, each with the key that it is named by."""
    ids = {value for value in values if isinstance(value, uuid.UUID)}
    named: dict[object, tuple[str, models.Model]] = {}
    for model in _models():
        for key in ("pk", "client_id"):
            if key == "pk" or any(field.name == key for field in model._meta.fields):
                for row in model._base_manager.filter(**{f"{key}__in": ids}).order_by("pk"):
                    named.setdefault(getattr(row, key), (key, row))
    return named


def like(value: uuid.UUID, child: Child) -> object:
    """What of a child is named as this names something of another's; NOBODYS for nothing."""
    return translated({"it": value}, rows_of([value]), child)["it"]


def _like_row(row: models.Model, child: Child, key: str, taken: Collection[object]) -> models.Model | None:
    """Of a child's rows, one that is most like this, and stands for no other yet if there is such."""
    names = {field.name for field in row._meta.fields}
    rows = type(row)._base_manager.order_by("pk")
    if "child" in names:
        rows = rows.filter(child=child)
    elif type(row).__name__ in CHILD_OF:
        rows = rows.filter(**CHILD_OF[type(row).__name__](child))
    elif getattr(row, "clinic_id", None) in (None, child.clinic_id):
        return row
    else:
        rows = rows.filter(clinic=child.clinic)
    alike = rows.filter(**{name: getattr(row, name) for name in ALIKE if name in names})
    free = alike.exclude(**{f"{key}__in": taken})
    return free.first() or alike.first() or rows.first()


@cache
def _models() -> tuple[type[models.Model], ...]:
    return tuple(
        model
        for label in ("clinic", "tracking")
        for model in apps.get_app_config(label).get_models()
        if not issubclass(model, Event) and model is not Child
    )


# ---- cells ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """One question: this row of the table, asked by this actor about this object."""

    row: Row
    actor: str
    about: str
    expected: int
    may: frozenset[int] = frozenset()  # where the table leaves it at several

    def __str__(self) -> str:
        return f"{self.row} as {self.actor} about {self.about}"


def cells(
    world: World,
    *,
    about: Sequence[str] = OBJECTS,
    rows: Iterable[Row] | None = None,
    actors: Sequence[str] = EVERYBODY,
    touching: Iterable[str] = (),
    is_whole: bool = True,
) -> Iterator[Cell]:
    """The cells of the matrix, an address that an object does not change asked about Cleo alone.

    About Cleo everybody is asked. About the rest, whomever the table does not simply answer that there is no
    such thing, and of the others three, in turn, the same three about each object. `touching` are words of
    addresses: only rows that have one of them. Not whole, one in turn instead of three is answered that there
    is no such thing, beside the table's columns about Cleo, and of things within Cleo's addresses only they
    are asked who come in at that address.
    """
    known = table()
    chosen = list(known.rows.values() if rows is None else rows)
    wanted = set(touching)
    if wanted:
        chosen = [row for row in chosen if any(word in row.address for word in wanted)]
    for name in about:
        for row in chosen:
            if name != "cleo" and not _is_other(world, row, name):
                continue
            in_turn = _in_turn(row, 3 if is_whole else 1)
            for actor in actors:
                expected = known.expected(row, actor, name)
                if not is_whole and name in WITHIN:
                    is_asked = not known.is_refused(row, actor)
                else:
                    is_column = name == "cleo" and (is_whole or actor in ACTORS)
                    is_asked = is_column or expected != 404 or actor in in_turn
                if is_asked:
                    yield Cell(row, actor, name, expected)


def _is_other(world: World, row: Row, about: str) -> bool:
    """Whether a row asks something else about an object than it does about Cleo."""
    if about == "archived":
        return "<child>" in row.address or "<report>" in row.address or "<flag>" in row.address
    if about in WITHIN and "<child>" not in row.address:
        return (
            about == "foreign"
            and row.address.startswith("/c/<clinic>/")
            and _filled_is_new(world, row, about)
        )
    return _filled_is_new(world, row, about)


def _filled_is_new(world: World, row: Row, about: str) -> bool:
    return _filled(row, world.values[about]) != _filled(row, world.values["cleo"])


def _in_turn(row: Row, count: int) -> frozenset[str]:
    """So many people, whose turn it is to be asked about a row."""
    people = [actor for actor in EVERYBODY if actor != "anonymous"]
    apart = len(people) // count
    return frozenset(people[zlib.crc32(str(row).encode()) % apart :: apart])


def _filled(row: Row, values: Mapping[str, object]) -> tuple[str, str]:
    filled = row.filled(values)
    return access.fill(row.address, filled), access.body_of(row, filled)[0]


def undeclared(world: World, *, actors: Sequence[str]) -> Iterator[Cell]:
    """Every method that an address does not answer, OPTIONS among them."""
    known = table()
    for address, methods in access.routes():
        for method in (*METHODS, "OPTIONS"):
            if method not in methods:
                row = Row(method, address, {}, None)
                for actor in actors:
                    may = known.expected_of_undeclared(address, actor)
                    yield Cell(row, actor, "cleo", min(may), may)


# ---- asking -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a cell answered, and what is wrong with that, in words."""

    cell: Cell
    answer: Answer
    words: frozenset[str]
    faults: tuple[str, ...] = field(default=())

    @property
    def leaks(self) -> bool:
        return any("reads" in fault for fault in self.faults)


def run(world: World, cell: Cell) -> Outcome:
    """Ask one cell; whatever it did is undone."""
    answer = world.doors[cell.actor].ask(cell.row, world.values[cell.about])
    return Outcome(cell, answer, *_judged(world, cell, answer))


def _judged(world: World, cell: Cell, answer: Answer) -> tuple[frozenset[str], tuple[str, ...]]:
    words = outlets.words_in(answer.body, *answer.headers)
    faults = []
    # Whether somebody may not do it at all, or there is no such thing in there, may be asked in either order:
    # `uneven` sees to it that nothing is told by that.
    is_either = cell.about in WITHIN and {answer.status, cell.expected} == {403, 404}
    if answer.status != cell.expected and answer.status not in cell.may and not is_either:
        faults.append(f"{cell}: {answer.status}, the table says {cell.expected}")
    allowed = world.own_words(cell.actor)
    if answer.status >= 400:
        read = words - allowed
    else:
        read = (
            frozenset(word for word in words if not table().may_read(cell.actor, word, at=cell.row)) - allowed
        )
    if read:
        faults.append(f"{cell}: {answer.status} reads {' '.join(sorted(read))}")
    return words, tuple(faults)


def heads(world: World, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The same GETs asked by HEAD: status and headers alike, nothing in the body."""
    for seen in outcomes:
        if seen.cell.row.method != "GET":
            continue
        cell = replace(seen.cell, row=replace(seen.cell.row, method="HEAD"))
        answer = world.doors[cell.actor].ask(cell.row, world.values[cell.about])
        faults = []
        if answer.status != seen.answer.status:
            faults.append(f"{cell}: {answer.status}, GET answers {seen.answer.status}")
        if outlets.words_in(*answer.headers) - world.own_words(cell.actor):
            faults.append(f"{cell}: a header reads {answer.headers}")
        yield Outcome(cell, answer, frozenset(), tuple(faults))


# ---- alike ------------------------------------------------------------------------------------------------


def uneven(world: World, outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Where somebody else's thing and a thing that never was are told apart, to the byte, by any actor.

    Headers count; what was asked for may be said again, and each answer masks its form's token anew.
    """
    alike: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for seen in outcomes:
        if seen.cell.expected == 404 or seen.cell.about in WITHIN:
            alike[str(seen.cell.row), seen.cell.actor].append(seen)
    for (row, actor), seen in alike.items():
        told = {outcome.cell.about: _told(world, outcome) for outcome in seen}
        if len(set(told.values())) > 1:
            yield f"{row} as {actor}: told apart, {difference(**told)}"


def _told(world: World, seen: Outcome) -> bytes:
    """An answer to the byte, ids that were asked for, masked tokens and the second left out."""
    headers = [line for line in seen.answer.headers if not line.startswith("Set-Cookie: csrf=")]
    told = b"\n".join(
        [b"%d" % seen.answer.status, *(line.encode() for line in headers), b"", seen.answer.body]
    )
    for value in world.values[seen.cell.about].values():
        if len(str(value)) == len(str(NOBODYS)):
            told = told.replace(str(value).encode(), b"<id>")
    return EXPIRES.sub(b"<later>", MASKED.sub(b"<token>", told))


def unread(words: Iterable[str]) -> set[str]:
    """Words of the table that were in no answer: nothing would have been found, had they leaked."""
    return set(table().readers) - {plain(word) for word in words}
