"""For owners: what an erasure would remove, erasures so far, and families' requests."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.text import capfirst

from clinic import rls
from clinic.belongings import (
    Belongings,
    belongings_of,
    histories,
    is_named_anywhere,
    mentions_of_people,
    reached_from,
    tables,
)
from clinic.models import CaregiverGrant, Child, ChildHome, Clinic, ClinicMembership, Episode, Family, User
from tracking import policy
from tracking.models import Erasure, ErasureRequest, RecordHold
from tracking.vocabulary.erasure import ErasureBecause, ErasureOf, ErasureState

MOST_FOUND = 50
MOST_OVER = 100


@dataclass(frozen=True, slots=True)
class TableRows:
    """How much of one table goes; `past` are earlier states of its rows."""

    table: str
    words: str
    rows: int
    past: int


@dataclass(frozen=True, slots=True)
class DryRun:
    """What an erasing would remove now; `tables` are all that are reached, those with most rows first.

    `accounts` and `households` are names of those that would go along, `unnamed` the rows that stay without
    the person's name.
    """

    tables: tuple[TableRows, ...]
    accounts: tuple[str, ...] = ()
    households: tuple[str, ...] = ()
    files: int = 0
    unnamed: int = 0

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.tables)

    @property
    def past(self) -> int:
        return sum(one.past for one in self.tables)

    @property
    def full(self) -> tuple[TableRows, ...]:
        return tuple(one for one in self.tables if one.rows or one.past)

    @property
    def empty(self) -> tuple[TableRows, ...]:
        return tuple(one for one in self.tables if not (one.rows or one.past))


@dataclass(frozen=True, slots=True)
class ErasureSeen:
    """One erasing; `name` is empty once it is done, or where nobody of that id is there any more.

    `is_stopped` where it is due and something stands against it: a held record, or a place in the clinic.
    """

    id: uuid.UUID
    subject: ErasureOf
    subject_id: uuid.UUID
    name: str
    state: ErasureState
    because: ErasureBecause
    written_on: dt.date | None
    asked_by: str
    asked_at: dt.datetime
    confirmed_by: str
    confirmed_at: dt.datetime | None
    due_at: dt.datetime | None
    called_off_by: str
    called_off_at: dt.datetime | None
    done_at: dt.datetime | None
    is_stopped: bool
    removed: tuple[TableRows, ...]
    unnamed_count: int
    file_count: int
    files_left: int

    @property
    def removed_count(self) -> int:
        return sum(one.rows + one.past for one in self.removed)

    @property
    def files_percent(self) -> int:
        """How far the removing of files has got, 0 to 100."""
        return 100 * (self.file_count - self.files_left) // self.file_count if self.file_count else 100


@dataclass(frozen=True, slots=True)
class WishSeen:
    """A caregiver's wish that waits for an answer."""

    request: ErasureRequest
    child_name: str
    person_name: str


@dataclass(frozen=True, slots=True)
class Board:
    """What an owner or a named lead reads about erasing in the clinic."""

    open: tuple[ErasureSeen, ...]
    over: tuple[ErasureSeen, ...]
    wishes: tuple[WishSeen, ...]
    holds: tuple[RecordHold, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who can be erased. `ended_on` is the day care ended, None while it goes on."""

    id: uuid.UUID
    name: str
    is_child: bool
    is_here: bool
    ended_on: dt.date | None = None


def dry_run_of_child(child: Child) -> DryRun:
    """What erasing a child would remove, counted by walking the models."""
    with rls.helped_by(rls.ERASING):
        found = belongings_of(Child, [child.pk])
        grants = CaregiverGrant.objects.filter(child=child)
        homes = Family.objects.filter(
            Exists(ChildHome.objects.filter(child=child, family=OuterRef("pk")))
            | Exists(grants.filter(family=OuterRef("pk")))
        ).order_by("name", "id")
        alone = [home for home in homes if not is_named_anywhere(Family, home.pk, besides=found)]
        people = User.objects.filter(Exists(grants.filter(user=OuterRef("pk")))).order_by("name", "id")
        _add(found, belongings_of(Family, [home.pk for home in alone]))
        accounts = [one for one in people if not is_named_anywhere(User, one.pk, besides=found)]
        _add(found, belongings_of(User, [one.pk for one in accounts]))
        return DryRun(
            tables=_tables(found, Child),
            accounts=tuple(one.name for one in accounts),
            households=tuple(home.name for home in alone),
            files=len(found.files),
        )


def dry_run_of_person(clinic: Clinic, person: User) -> DryRun:
    """What erasing a person would remove in a clinic, and how many rows stay without their name.

    Whether the account itself goes is not told: it hangs on clinics that nobody here may know of.
    """
    with rls.helped_by(rls.ERASING):
        found = belongings_of(User, [person.pk], clinic=clinic)
        found.keys.pop(User)
        unnamed = sum(
            one.table._base_manager.filter(**{one.column: person.pk, "clinic": clinic})
            .exclude(pk__in=found.keys.get(one.table, ()))
            .count()
            for one in mentions_of_people()
        )
        return DryRun(tables=_tables(found, None), files=len(found.files), unnamed=unnamed)


def board_of(user: User, clinic: Clinic) -> Board:
    """What waits, what is over, who wishes what, and what is held, newest first; eight statements at most."""
    rows = list(
        Erasure.objects.visible_to(user)
        .filter(clinic=clinic)
        .select_related("asked_by", "confirmed_by", "called_off_by")
        .order_by("-asked_at", "-id")[:MOST_OVER]
    )
    seen = _seen(clinic, rows)
    is_open = {ErasureState.ASKED, ErasureState.WAITING}
    return Board(
        open=tuple(one for one in seen if one.state in is_open),
        over=tuple(one for one in seen if one.state not in is_open),
        wishes=tuple(
            WishSeen(one, one.child.first_name, one.asked_by.name)
            for one in ErasureRequest.objects.visible_to(user)
            .open()
            .filter(clinic=clinic)
            .exclude(asked_by=user)
            .select_related("child", "asked_by")
            .order_by("asked_at", "id")
        ),
        holds=tuple(
            RecordHold.objects.visible_to(user)
            .open()
            .filter(clinic=clinic)
            .select_related("child", "set_by")
            .order_by("child__first_name", "id")
        ),
    )


def under_way_in(clinic: Clinic) -> list[ErasureSeen]:
    """What is not done and not called off, and what has files left, the oldest first; four statements.

    For the job that erases: a person reads the board.
    """
    is_open = Q(done_at__isnull=True, called_off_at__isnull=True)
    rows = Erasure.objects.filter(is_open | ~Q(files=[]), clinic=clinic)
    rows = rows.select_related("asked_by", "confirmed_by", "called_off_by")
    return _seen(clinic, list(rows.order_by("asked_at", "id")))


def erasure_seen(erasure: Erasure) -> ErasureSeen:
    """One erasing, as its page shows it."""
    return _seen(erasure.clinic, [erasure])[0]


def find(clinic: Clinic, words: str) -> tuple[Found, ...]:
    """Children and people of a clinic whose name has these words in it, by name, 50 of each at most.

    Without words: children whose care has ended, and people who have no place here any more.
    """
    last_days = Episode.objects.filter(child=OuterRef("pk")).order_by("-ended_on", "-id").values("ended_on")
    children = Child.objects.filter(clinic=clinic).annotate(
        in_care=Exists(Episode.objects.open().filter(child=OuterRef("pk"))), ended_on=Subquery(last_days[:1])
    )
    grants = CaregiverGrant.objects.filter(clinic=clinic, user=OuterRef("pk"))
    places = ClinicMembership.objects.filter(clinic=clinic, user=OuterRef("pk"))
    people = (
        User.objects.filter(Exists(grants) | Exists(places))
        .exclude(email=None, is_active=False)
        .annotate(is_here=Exists(grants.valid()) | Exists(places.active()))
    )
    if words:
        children = children.filter(Q(first_name__icontains=words) | Q(last_name__icontains=words))
        people = people.filter(name__icontains=words)
    else:
        children, people = children.filter(in_care=False), people.filter(is_here=False)
    some_children = children.order_by("first_name", "last_name", "id")[:MOST_FOUND]
    some_people = people.order_by("name", "id")[:MOST_FOUND]
    return (
        *(
            Found(pk, f"{first} {last}".strip(), is_child=True, is_here=is_here, ended_on=ended_on)
            for pk, first, last, is_here, ended_on in some_children.values_list(
                "pk", "first_name", "last_name", "in_care", "ended_on"
            )
        ),
        *(
            Found(pk, name, is_child=False, is_here=is_here)
            for pk, name, is_here in some_people.values_list("pk", "name", "is_here")
        ),
    )


def person_of(clinic: Clinic, pk: uuid.UUID) -> User | None:
    """Somebody who is or was something in the clinic."""
    grants = CaregiverGrant.objects.filter(clinic=clinic, user=OuterRef("pk"))
    places = ClinicMembership.objects.filter(clinic=clinic, user=OuterRef("pk"))
    return User.objects.filter(Exists(grants) | Exists(places), pk=pk).first()


def hold_of(child: Child) -> RecordHold | None:
    """The hold on a child's record, None where there is none."""
    return RecordHold.objects.open().filter(child=child).select_related("set_by").first()


def wishes_of(user: User, child: Child) -> tuple[ErasureRequest, ...]:
    """What somebody asked to have erased about a child they care for, newest first; one statement."""
    own = ErasureRequest.objects.visible_to(user).filter(child=child, asked_by=user)
    return tuple(own.order_by("-asked_at", "-id"))


def _add(found: Belongings, more: Belongings) -> None:
    for table, keys in more.keys.items():
        found.keys.setdefault(table, set()).update(keys)
    found.files |= more.files


def _tables(found: Belongings, root: type[Child] | None) -> tuple[TableRows, ...]:
    """Every table that is reached, with what goes of it; with `root` also those that hold nothing."""
    reached = set(found.keys) | (reached_from(root) if root else set())
    rows = [
        TableRows(
            table=table._meta.db_table,
            words=capfirst(str(table._meta.verbose_name)),
            rows=len(found.keys.get(table, ())),
            past=found.past_count(table) if found.keys.get(table) else 0,
        )
        for table in reached
    ]
    return tuple(sorted(rows, key=_most_first))


def _removed(counts: Mapping[str, int]) -> tuple[TableRows, ...]:
    """What an erasing counted by table, histories with the tables whose past they keep.

    A table that is no more is told by the name it had.
    """
    words = {table._meta.db_table: capfirst(str(table._meta.verbose_name)) for table in tables()}
    now = {past._meta.db_table: table._meta.db_table for table, past in histories().items()}
    kept_in = {table: past for past, table in now.items()}
    rows = [
        TableRows(
            table=table,
            words=words.get(table, table),
            rows=counts.get(table, 0),
            past=counts.get(kept_in.get(table, ""), 0),
        )
        for table in {now.get(table, table) for table in counts}
    ]
    return tuple(sorted(rows, key=_most_first))


def _most_first(one: TableRows) -> tuple[int, str]:
    return (-one.rows - one.past, one.words)


def _seen(clinic: Clinic, rows: Sequence[Erasure]) -> list[ErasureSeen]:
    ids = [row.subject_id for row in rows]
    names: Mapping[uuid.UUID, str] = {
        **dict(Child.objects.filter(clinic=clinic, pk__in=ids).values_list("pk", "first_name")),
        **dict(User.objects.filter(pk__in=ids).values_list("pk", "name")),
    }
    held = set(RecordHold.objects.open().filter(clinic=clinic).values_list("child_id", flat=True))
    works = set(ClinicMembership.objects.active().filter(clinic=clinic).values_list("user_id", flat=True))
    return [
        ErasureSeen(
            id=row.pk,
            subject=ErasureOf(row.subject),
            subject_id=row.subject_id,
            name="" if row.done_at else names.get(row.subject_id, ""),
            state=row.state,
            because=ErasureBecause(row.because),
            written_on=row.written_on,
            asked_by=row.asked_by.name if row.asked_by else "",
            asked_at=row.asked_at,
            confirmed_by=row.confirmed_by.name if row.confirmed_by else "",
            confirmed_at=row.confirmed_at,
            due_at=row.due_at,
            called_off_by=row.called_off_by.name if row.called_off_by else "",
            called_off_at=row.called_off_at,
            done_at=row.done_at,
            is_stopped=row.subject_id in held | works,
            removed=_removed(row.counts),
            unnamed_count=row.unnamed_count,
            file_count=row.file_count,
            files_left=len(row.files),
        )
        for row in rows
    ]


def may_ask_alone(user: User, clinic: Clinic) -> bool:
    """Whether there is nobody else in the clinic who could confirm what `user` asks for."""
    return not policy.second_people(clinic, besides=user.pk)
