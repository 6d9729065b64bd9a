"""Importing a caseload from a file: every child in it is enrolled, or none.

All mistakes are reported by row and column before anything is written. Invitations are only drafted; nothing
leaves the clinic.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final

from django.db import transaction

from clinic import audit, policy
from clinic.csv_files import NotACsvFile, records
from clinic.errors import Conflict, DomainError, Forbidden, Invalid
from clinic.files import MEGABYTE, FileTooLarge
from clinic.localtime import local_day
from clinic.models import Child, Clinic, Family, User
from clinic.services import enrolment, homes, invitations, values
from clinic.services.homes import NewHome
from clinic.vocabulary import AuditCode, EpisodeState, GrantKind

MOST_BYTES: Final = MEGABYTE // 2
MOST_CHILDREN: Final = 300
MOST_TOLD: Final = 200
"""So many refusals are told; how many more there are, is."""

STATES: Final = (EpisodeState.ACTIVE, EpisodeState.WAITING, EpisodeState.REFERRED)
GERMAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", re.ASCII)

HOME_COLUMNS: Final = {
    "home_zone": "zone",
    "home_phone": "phone",
    "home_email": "contact_email",
    "home_address": "address",
}
"""Columns that say something of a home besides its name, and what of `NewHome` each is."""

NEEDED: Final = ("first_name", "born_on", "home_name")


class CaseloadNotRight(Conflict):
    """Some rows cannot be enrolled, so none was; `count` is the number of mistakes."""

    code = "caseload_not_right"


class TwiceInTheFile(Invalid):
    """An earlier row, `row`, has the same name and birthday."""

    code = "twice_in_the_file"


class AlreadyEnrolled(Invalid):
    """A child with this name and birthday is in the clinic already, and the requester may see it."""

    code = "already_enrolled"


class OtherHomeOfThisName(Invalid):
    """An earlier row, `row`, describes a home of this name differently."""

    code = "other_home_of_this_name"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is not right in one cell; `column` is empty where it is the whole row."""

    row: int
    column: str
    error: DomainError


@dataclass(frozen=True, slots=True)
class Guardian:
    email: str
    relationship: str


@dataclass(frozen=True, slots=True)
class PlannedChild:
    """One child to be enrolled, as row `row` of the file says."""

    row: int
    first_name: str
    last_name: str
    nickname: str
    born_on: dt.date
    gestation_weeks: int | None
    gestation_days: int
    state: EpisodeState
    home: NewHome
    guardians: tuple[Guardian, ...]

    @property
    def key(self) -> tuple[str, str, dt.date]:
        """By what a child is known again."""
        return _key(self.first_name, self.last_name, self.born_on)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; `refusals` are the first of `refusal_count`, and with any it does nothing."""

    children: tuple[PlannedChild, ...]
    refusals: tuple[Refusal, ...]
    refusal_count: int

    @property
    def home_count(self) -> int:
        return len({child.home.name.casefold() for child in self.children})

    @property
    def invitation_count(self) -> int:
        return sum(len(child.guardians) for child in self.children)


@dataclass(frozen=True, slots=True)
class Imported:
    children: tuple[Child, ...]
    home_count: int
    draft_count: int


def plan_import(*, by: User, clinic: Clinic, content: IO[bytes], now: dt.datetime) -> Plan:
    """What the file would enroll, and all that is not right in it. Nothing is written.

    Children that are there already are found among those `by` may see. Raises Forbidden, FileTooLarge,
    NotACsvFile, or Invalid for its first row.
    """
    if not policy.may_enroll_child(by, clinic):
        raise Forbidden
    content.seek(0, 2)
    if content.tell() > MOST_BYTES:
        raise FileTooLarge(field="file", megabytes=MOST_BYTES / MEGABYTE)
    content.seek(0)
    reading = _Reading(local_day(now, clinic.zone), _known(by, clinic))
    for row, cells in _rows(content):
        reading.take(row, cells)
    if not reading.children and not reading.refusals:
        raise NotACsvFile(field="file", because="nobody", row=0)
    return Plan(
        children=tuple(reading.children),
        refusals=tuple(reading.refusals[:MOST_TOLD]),
        refusal_count=len(reading.refusals),
    )


@transaction.atomic
def import_caseload(*, by: User, clinic: Clinic, content: IO[bytes], now: dt.datetime) -> Imported:
    """Every child of the file, enrolled with its home, and its guardians' invitations drafted.

    Children whose rows name the same home live in one household. Raises CaseloadNotRight (409) where
    `plan_import` finds anything not right, and what that raises.
    """
    plan = plan_import(by=by, clinic=clinic, content=content, now=now)
    if plan.refusal_count:
        raise CaseloadNotRight(count=plan.refusal_count)
    families: dict[str, Family] = {}
    children = []
    for planned in plan.children:
        name = planned.home.name.casefold()
        if name not in families:
            families[name] = homes.add_household(by=by, clinic=clinic, home=planned.home, now=now)
        child = enrolment.enroll_child(
            by=by,
            clinic=clinic,
            first_name=planned.first_name,
            last_name=planned.last_name,
            nickname=planned.nickname,
            born_on=planned.born_on,
            gestation_weeks=planned.gestation_weeks,
            gestation_days=planned.gestation_days,
            state=planned.state,
            home=families[name],
            now=now,
        )
        for guardian in planned.guardians:
            invitations.draft(
                by=by,
                child=child,
                family=families[name],
                kind=GrantKind.GUARDIAN,
                relationship=guardian.relationship,
                email=guardian.email,
                now=now,
            )
        children.append(child)
    audit.record(AuditCode.IMPORTED_CASELOAD, by=by, now=now, clinic_id=clinic.pk)
    return Imported(tuple(children), len(families), plan.invitation_count)


def _known(by: User, clinic: Clinic) -> frozenset[tuple[str, str, dt.date]]:
    seen = Child.objects.seen_by_staff(by).filter(clinic=clinic)
    return frozenset(_key(*one) for one in seen.values_list("first_name", "last_name", "born_on"))


def _key(first_name: str, last_name: str, born_on: dt.date) -> tuple[str, str, dt.date]:
    return first_name.casefold(), last_name.casefold(), born_on


def _rows(content: IO[bytes]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by the names of its columns; a cell too many is under an empty name."""
    rows = records(content)
    _, heads = next(rows, (0, []))
    columns = [re.sub(r"[\s-]+", "_", head.lower()) for head in heads]
    for needed in NEEDED:
        if needed not in columns:
            raise NotACsvFile(field="file", because="needed_column", row=1, column=needed)
    for place, column in enumerate(columns):
        if column and column not in COLUMNS:
            raise NotACsvFile(field="file", because="unknown_column", row=1, column=heads[place][:60])
        if column and column in columns[:place]:
            raise NotACsvFile(field="file", because="column_twice", row=1, column=column)
    for count, (row, cells) in enumerate(rows, start=1):
        if count > MOST_CHILDREN:
            raise NotACsvFile(field="file", because="rows", row=row, most=MOST_CHILDREN)
        told = dict(zip(columns, cells, strict=False))
        unnamed = [told.pop("", ""), *cells[len(columns) :]]
        yield row, {**told, "": "".join(unnamed)}


def _name(column: str) -> Callable[[str, dt.date], str]:
    needed = column in NEEDED
    longest = 200 if column == "home_name" else values.LONGEST_NAME
    return lambda cell, _: values.words(cell, column, longest=longest, is_needed=needed)


def _words(column: str, longest: int) -> Callable[[str, dt.date], str]:
    return lambda cell, _: values.words(cell, column, longest=longest)


def _email(column: str) -> Callable[[str, dt.date], str]:
    return lambda cell, _: values.email(cell, column) or ""


def _birth_day(cell: str, today: dt.date) -> dt.date:
    """As 2024-03-31, or 31.3.2024, which can be nothing else. Raises Invalid."""
    if dotted := GERMAN_DAY.fullmatch(cell):
        day, month, year = (int(part) for part in dotted.groups())
        cell = f"{year:04}-{month:02}-{day:02}"
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell, re.ASCII):
        raise Invalid(field="born_on", allowed="day_as_written")
    try:
        return values.birth_day(dt.date.fromisoformat(cell), today=today)
    except ValueError:
        raise Invalid(field="born_on", allowed="day_as_written") from None


def _within(column: str, least: int, most: int) -> Callable[[str, dt.date], int | None]:
    def read(cell: str, _: dt.date) -> int | None:
        if not cell:
            return None
        if not re.fullmatch(r"[0-9]{1,3}", cell, re.ASCII) or not least <= int(cell) <= most:
            raise Invalid(field=column, allowed="range", least=least, most=most)
        return int(cell)

    return read


def _state(cell: str, _: dt.date) -> EpisodeState:
    if cell and cell.lower() not in {str(state) for state in STATES}:
        raise Invalid(field="state", allowed=[str(state) for state in STATES])
    return EpisodeState(cell.lower() or EpisodeState.ACTIVE)


READERS: Final[Mapping[str, Callable[[str, dt.date], Any]]] = {
    "first_name": _name("first_name"),
    "last_name": _name("last_name"),
    "nickname": _name("nickname"),
    "born_on": _birth_day,
    "gestation_weeks": _within("gestation_weeks", 20, 45),
    "gestation_days": _within("gestation_days", 0, 6),
    "state": _state,
    "home_name": _name("home_name"),
    "home_zone": lambda cell, _: values.zone(cell, "home_zone") if cell else "",
    "home_phone": _words("home_phone", 40),
    "home_email": _email("home_email"),
    "home_address": _words("home_address", values.LONGEST_ADDRESS),
    "guardian_email": _email("guardian_email"),
    "guardian_relationship": _words("guardian_relationship", 60),
    "second_guardian_email": _email("second_guardian_email"),
    "second_guardian_relationship": _words("second_guardian_relationship", 60),
}
"""What each cell holds, as text and the day of today say; each raises Invalid. In the order of a template."""

COLUMNS: Final = tuple(READERS)


@dataclass(slots=True)
class _Reading:
    """The rows so far, and what is not right in them."""

    today: dt.date
    known: frozenset[tuple[str, str, dt.date]]
    children: list[PlannedChild] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    _rows_of_children: dict[tuple[str, str, dt.date], int] = field(default_factory=dict)
    _homes: dict[str, tuple[int, NewHome]] = field(default_factory=dict)

    def take(self, row: int, cells: Mapping[str, str]) -> None:
        """One row: a child more, or what is not right in it."""
        before = len(self.refusals)
        if cells[""]:
            self.refusals.append(Refusal(row, "", Invalid(field="row", allowed="no_cell_without_column")))
        told: dict[str, Any] = {}
        for column, read in READERS.items():
            try:
                told[column] = read(cells.get(column, ""), self.today)
            except DomainError as error:
                self.refusals.append(Refusal(row, column, error))
        if len(self.refusals) > before:
            return
        child = _child(row, told)
        self._look_for_twice(child)
        self._look_for_another_home(child)
        if len(self.refusals) == before:
            self.children.append(child)

    def _look_for_twice(self, child: PlannedChild) -> None:
        if child.key in self.known:
            self.refusals.append(Refusal(child.row, "first_name", AlreadyEnrolled(field="first_name")))
        elif (earlier := self._rows_of_children.setdefault(child.key, child.row)) != child.row:
            twice = TwiceInTheFile(field="first_name", row=earlier)
            self.refusals.append(Refusal(child.row, "first_name", twice))

    def _look_for_another_home(self, child: PlannedChild) -> None:
        """A row that leaves a home's own columns empty says nothing else of it than an earlier one."""
        row, home = self._homes.setdefault(child.home.name.casefold(), (child.row, child.home))
        for column, name in HOME_COLUMNS.items():
            said = getattr(child.home, name)
            if said and said != getattr(home, name):
                self.refusals.append(Refusal(child.row, column, OtherHomeOfThisName(field=column, row=row)))


def _child(row: int, told: Mapping[str, Any]) -> PlannedChild:
    return PlannedChild(
        row=row,
        first_name=told["first_name"],
        last_name=told["last_name"],
        nickname=told["nickname"],
        born_on=told["born_on"],
        gestation_weeks=told["gestation_weeks"],
        gestation_days=told["gestation_days"] or 0,
        state=told["state"],
        home=NewHome(name=told["home_name"], **{name: told[column] for column, name in HOME_COLUMNS.items()}),
        guardians=tuple(
            Guardian(told[f"{which}email"], told[f"{which}relationship"])
            for which in ("guardian_", "second_guardian_")
            if told[f"{which}email"]
        ),
    )
