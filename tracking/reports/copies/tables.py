"""The type of an archive's table: flat rows, so that JSON, CSV and a workbook can all hold it.

A list in a cell holds codes, ids or sentences, nothing nested: what has parts of its own (the cues of a
session) is a separate table that refers to its row.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum, StrEnum, unique
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.localtime import local_day
from clinic.models import Child, Family, User
from clinic.policy import Places
from tracking.readings.sight import Sight
from tracking.wording import labels

ROWS_AT_ONCE = 200

Row = dict[str, Any]
"""The values of one row by the names of their columns, as JSON has them."""


@unique
class Kind(StrEnum):
    """What a column holds: an instant is in UTC, a wall time and a local day have no offset; `codes` and
    `ids` are lists. An empty text, and null where a column may be without a value, mean: not told.
    """

    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    ID = "id"
    IDS = "ids"
    DAY = "local_day"
    INSTANT = "instant"
    WALL = "wall_time"
    CLOCK = "time_of_day"
    WHOLE = "whole_number"
    NUMBER = "number"
    YES_NO = "yes_no"


NUMBERS = (Kind.WHOLE, Kind.NUMBER)

NOT_TOLD = gettext_lazy("Not told")


@dataclass(frozen=True, slots=True)
class Column:
    """`of` is where the value is found in what the table is read from; `codes` the vocabulary it is of;
    `within` the least and the most it can be (None: no end); `empty` what it means that there is no value.
    """

    name: str
    kind: Kind
    says: Any
    of: str | Callable[[Any], Any] = ""
    codes: type[Enum] | tuple[type[Enum], ...] | None = None
    unit: Any = ""
    within: tuple[int | None, int | None] | None = None
    empty: Any = NOT_TOLD

    def value(self, row: Any) -> Any:
        """As JSON has it."""
        find = self.of if callable(self.of) else attrgetter(self.of or self.name)
        return _plain(find(row))

    def words(self) -> Mapping[str, str]:
        """What each code means, in the language that is set."""
        kinds = self.codes if isinstance(self.codes, tuple) else (self.codes,) if self.codes else ()
        return {str(code): word for kind in kinds for code, word in labels.choices(kind)}

    def told(self) -> dict[str, Any]:
        """What the dictionary says of it, in the language that is set."""
        unit, (least, most) = self._measured()
        return {
            "name": self.name,
            "kind": self.kind,
            "says": str(self.says),
            "unit": str(unit),
            "least": least,
            "most": most,
            "empty": str(self.empty),
            **({"codes": self.words()} if self.codes else {}),
        }

    def _measured(self) -> tuple[Any, tuple[int | None, int | None]]:
        """Its unit, which its name carries, and its ends: what is timed or counted is never below nothing."""
        counted = {"minutes": _("minutes"), "seconds": _("seconds"), "count": _("times")}
        unit = counted.get(self.name.rpartition("_")[2], "") if self.kind in NUMBERS else ""
        return self.unit or unit, self.within or ((0, None) if unit else (None, None))


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what it holds in a sentence, its columns, and what its rows are read from."""

    name: str
    says: Any
    columns: tuple[Column, ...]
    rows: Callable[[Taker], Iterable[Any]]

    def read(self, taker: Taker) -> Iterator[Row]:
        for one in self.rows(taker):
            yield self.row(one)

    def row(self, one: Any) -> Row:
        return {column.name: column.value(one) for column in self.columns}

    def told_to_clinic(self, says: Any, *more: Column) -> Table:
        """The same table with what the care team reads besides, and what it holds said to them."""
        return replace(self, says=says, columns=(*self.columns, *more))


@dataclass(frozen=True, eq=False)
class Taker:
    """Who takes it away, as what they are to the child; `home` is a guardian's household, None for staff."""

    user: User
    child: Child
    place: Places
    sight: Sight
    home: Family | None
    language: str
    now: dt.datetime
    _found: dict[Any, tuple[Any, ...]] = field(default_factory=dict, init=False, repr=False)

    @property
    def household(self) -> Family:
        """A guardian's own; no table of the clinic's copy asks."""
        assert self.home is not None
        return self.home

    @property
    def zone(self) -> str:
        return self.home.zone if self.home else self.child.clinic.zone

    @property
    def today(self) -> dt.date:
        return local_day(self.now, self.zone)

    def once(self, read: Callable[[Taker], Iterable[Any]]) -> tuple[Any, ...]:
        """What `read` finds for this taker; asked again, what it found."""
        if read not in self._found:
            self._found[read] = tuple(read(self))
        return self._found[read]


class Part:
    """Something with what it is part of."""

    def __init__(self, whole: Any, part: Any) -> None:
        self.whole, self.part = whole, part


def parts_of(read: Callable[[Taker], Iterable[Any]], name: str) -> Callable[[Taker], Iterable[Part]]:
    """Rows of a table of parts: every `name` of what `read` finds, each with its whole."""
    find = attrgetter(name)
    return lambda taker: (Part(whole, part) for whole in taker.once(read) for part in find(whole))


def paged(page: Callable[[Any], tuple[Iterable[Any], Any]]) -> Iterable[Any]:
    """Every row of what is read in pages: `page(before)` gives one, and where the next begins."""
    before = None
    while True:
        rows, before = page(before)
        yield from rows
        if before is None:
            return


def _plain(value: Any) -> Any:
    """As JSON has it: numbers, texts, null, and lists of them."""
    match value:
        case Enum():
            plain = value.value
        case None | bool() | int() | float() | str():
            plain = value
        case Decimal():
            plain = float(value)
        case uuid.UUID():
            plain = str(value)
        case dt.datetime() if value.tzinfo is not None:
            plain = value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
        case dt.date() | dt.time():  # a wall time has no offset
            plain = value.isoformat()
        case _:
            plain = [_plain(one) for one in value]
    return plain
