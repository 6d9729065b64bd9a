"""Find every row that belongs to a child, a household or a person by walking the models.

A row belongs to a child if it refers to the child, or to something that belongs to the child; it belongs to a
household or a person if its foreign key says CASCADE. PROTECT means that it only mentions them: an entry
stays when its author goes. New tables are covered automatically. Rows are found under the current stamp;
erasing runs under `erasing`, to which every table is open.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import CASCADE, Field, ForeignKey, Model
from pghistory.models import Event

from clinic.models import Child, Clinic, User
from clinic.models.clinics import FileNameField

Table = type[Model]


@dataclass(slots=True)
class Belongings:
    """The rows that go, `keys` by table, those of their history that outlived them included; and the names
    of their files. A table is in `keys` as soon as it is reached, whether it has rows or not.
    """

    keys: dict[Table, set[Any]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    def past_count(self, table: Table) -> int:
        """How many earlier states of these rows a table's history keeps."""
        past = histories().get(table)
        return past._base_manager.filter(pgh_obj_id__in=self.keys[table]).count() if past else 0


def tables() -> list[Table]:
    """Every table of rows, also those of the packages we use; histories aside."""
    return [
        model
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy and not issubclass(model, Event)
    ]


def is_of_a_clinic(table: Table) -> bool:
    """Whether rows of a table are a clinic's; the library's may be, those of packages never are."""
    return any(column.related_model is Clinic for column in table._meta.concrete_fields)


def histories() -> dict[Table, Table]:
    """The table in which each table that is changed in place keeps its past."""
    kept: list[Any] = [model for model in apps.get_models() if issubclass(model, Event)]
    return {model.pgh_tracked_model: model for model in kept}


def belongs(reference: Field[Any, Any], owner: Table) -> bool:
    """Whether a row goes with the row of `owner` that this column of it names."""
    if not isinstance(reference, ForeignKey) or reference.related_model is not owner:
        return False
    return owner is Child or reference.remote_field.on_delete is CASCADE


def parts_of(owner: Table) -> Iterator[tuple[Table, ForeignKey[Any, Any]]]:
    """The tables whose rows go with rows of `owner`, each with the column that names it."""
    for table in tables():
        for column in table._meta.concrete_fields:
            if isinstance(column, ForeignKey) and belongs(column, owner):
                yield table, column


def reached_from(root: Table) -> frozenset[Table]:
    """Every table that may hold something that goes with a row of `root`."""
    reached, waiting = {root}, [root]
    while waiting:
        for table, _ in parts_of(waiting.pop()):
            if table not in reached:
                reached.add(table)
                waiting.append(table)
    return frozenset(reached)


def belongings_of(root: Table, keys: Iterable[Any], *, clinic: Clinic | None = None) -> Belongings:
    """Everything that goes with these rows of `root`, and with it their histories and files.

    With `clinic`, only what is that clinic's.
    """
    past = histories()
    found = Belongings(keys=defaultdict(set))
    waiting: list[tuple[Table, set[Any]]] = [(root, set(keys))]
    while waiting:
        owner, fresh = waiting.pop()
        found.keys[owner] |= fresh
        for table, column in parts_of(owner):
            named: dict[str, Any] = {f"{column.attname}__in": fresh}
            if clinic is not None:
                if not is_of_a_clinic(table):
                    continue
                named["clinic"] = clinic
            mine = set(table._base_manager.filter(**named).values_list("pk", flat=True))
            if table in past:
                mine |= set(past[table]._base_manager.filter(**named).values_list("pgh_obj_id", flat=True))
            if new := mine - found.keys[table]:
                waiting.append((table, new))
    found.keys = dict(found.keys)
    for table, mine in found.keys.items():
        named_in = [one.attname for one in table._meta.concrete_fields if isinstance(one, FileNameField)]
        for name in named_in:
            found.files |= set(table._base_manager.filter(pk__in=mine).values_list(name, flat=True))
            if table in past:
                told = past[table]._base_manager.filter(pgh_obj_id__in=mine)
                found.files |= set(told.values_list(name, flat=True))
    found.files.discard("")
    return found


@dataclass(frozen=True, slots=True)
class Mention:
    """A column of a clinic's table, or of its history, that names a person in rows that stay; `words` are the
    columns beside it that say something about that person (`words_about` of the model).
    """

    table: Table
    column: str
    words: tuple[str, ...]


def mentions_of_people() -> Iterator[Mention]:
    """Where people are named in rows that outlive them."""
    past = histories()
    for table in tables():
        for column in table._meta.concrete_fields:
            if is_of_a_clinic(table) and _mentions(column, User):
                words = getattr(table, "words_about", {}).get(column.name, ())
                yield Mention(table, column.attname, words)
                if table in past:
                    yield Mention(past[table], column.attname, words)


def is_named_anywhere(root: Table, key: uuid.UUID, *, besides: Belongings | None = None) -> bool:
    """Whether a row that stays still names this row of `root`; `besides` are rows that will not stay."""
    going: Mapping[Table, set[Any]] = besides.keys if besides else {}
    return any(
        table._base_manager.filter(**{column.attname: key}).exclude(pk__in=going.get(table, ())).exists()
        for table in tables()
        for column in table._meta.concrete_fields
        if _mentions(column, root)
    )


def named_files() -> set[str]:
    """The names of all files that a row of any table names."""
    return {
        name
        for table in tables()
        for column in table._meta.concrete_fields
        if isinstance(column, FileNameField)
        for name in table._base_manager.exclude(**{column.attname: ""})
        .values_list(column.attname, flat=True)
        .iterator()
    }


def _mentions(column: Field[Any, Any], owner: Table) -> bool:
    is_reference = isinstance(column, ForeignKey) and column.related_model is owner
    return is_reference and not belongs(column, owner)
