"""Entries as a reader may see them: one shape for the diary, today, the API and the child's page.

Rows are read with `.values()` through `visible_to`, so both walls apply before anything is shaped.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from clinic.models import Child, User
from clinic.prepared import Prepared
from tracking.readings.entry_details import OWN, Details, SessionDetails, details_of
from tracking.readings.sight import Byline, Moment, Sight, moment, sight_of
from tracking.sync.bodies import EntryKind
from tracking.sync.building import ROWS
from tracking.vocabulary.programs import EntryFlag, EntryState
from tracking.vocabulary.reasons import NotTodayReason


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """One entry's latest revision, as this reader may see it.

    `not_asked`: questions its day did not ask and it does not answer; any other that is empty had no answer.
    Of another household's entries `zone` and `received_at` are None and every moment has its wall time alone.
    `by` is who wrote it down; `told_by` who told it where that is somebody else, None where nobody is named.
    """

    kind: EntryKind
    client_id: uuid.UUID
    revision: int
    state: EntryState
    flags: tuple[str, ...]
    occurred: Moment
    precision: str
    part_of_day: str
    zone: str | None
    local_day: dt.date
    received_at: dt.datetime | None
    source: str
    door: str
    by: Byline
    told_by: Byline | None
    is_mine: bool
    is_on_behalf: bool
    may_revise: bool
    note: str
    language: str
    not_asked: tuple[str, ...]
    details: Details

    @property
    def is_withdrawn(self) -> bool:
        return self.state == EntryState.WITHDRAWN

    @property
    def is_late(self) -> bool:
        return EntryFlag.LOGGED_LATE in self.flags


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Entries newest first, and where the next page begins: (local day, row id), None at the end."""

    entries: tuple[SeenEntry, ...]
    next_before: tuple[dt.date, uuid.UUID] | None


BASE = (
    "id",
    "client_id",
    "revision",
    "state",
    "flags",
    "occurred_at",
    "precision",
    "part_of_day",
    "zone",
    "local_day",
    "first_received_at",
    "received_at",
    "source",
    "door",
    "told_by_grant__user_id",
    "told_by_name",
    "reported_by_id",
    "reported_by__name",
    "is_on_behalf",
    "family_id",
    "note",
    "language",
    "not_asked",
)


def entries_between(
    sight: Sight,
    user: User,
    *,
    kinds: Iterable[EntryKind] = tuple(EntryKind),
    first: dt.date,
    last: dt.date,
    now: dt.datetime,
    with_withdrawn: bool = False,
) -> list[SeenEntry]:
    """The entries of local days from `first` to `last`, as their walls showed; one statement a kind."""
    found: list[SeenEntry] = []
    for kind in kinds:
        rows = _visible(kind, user, sight.child_id).filter(local_day__range=(first, last))
        if not with_withdrawn:
            rows = rows.filter(state=EntryState.RECORDED)
        found += [seen(kind, row, sight, now=now) for row in rows.values(*BASE, *OWN[kind])]
    return sorted(found, key=lambda entry: (entry.local_day, entry.occurred.wall, entry.client_id))


def page_of_entries(
    user: User,
    child: Child,
    kind: EntryKind,
    *,
    now: dt.datetime,
    limit: int = 50,
    before: tuple[dt.date, uuid.UUID] | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    with_withdrawn: bool = True,
    sight: Sight | None = None,
) -> EntryPage:
    """Entries of one kind, newest day first, in pages by key: three statements whatever the table's size,
    one where the reader's `sight` is known already.

    `first` and `last` narrow to local days, both included.
    """
    sight = sight or sight_of(user, child)
    day, row_id = before or (None, None)
    asked = {"first": first, "last": last, "day": day, "row": row_id}
    given = {name: value for name, value in asked.items() if value is not None}
    pages = _pages(kind, limit=limit, with_withdrawn=with_withdrawn, given=frozenset(given))
    taken = pages(user=user.pk, child=child.pk, **given)
    shown = taken[:limit]
    end = shown[-1] if len(taken) > limit else None
    return EntryPage(
        entries=tuple(seen(kind, row, sight, now=now) for row in shown),
        next_before=None if end is None else (end["local_day"], end["id"]),
    )


@lru_cache(maxsize=256)
def _pages(
    kind: EntryKind, *, limit: int, with_withdrawn: bool, given: frozenset[str]
) -> Prepared[dict[str, Any]]:
    """Pages of one length, with one more row if there is another page, narrowed by what is `given`."""

    def page(
        user: uuid.UUID, child: uuid.UUID, first: dt.date, last: dt.date, day: dt.date, row: uuid.UUID
    ) -> Any:
        rows = _visible(kind, User(pk=user), child)
        if "first" in given:
            rows = rows.filter(local_day__gte=first)
        if "last" in given:
            rows = rows.filter(local_day__lte=last)
        if not with_withdrawn:
            rows = rows.filter(state=EntryState.RECORDED)
        if "row" in given:
            # As a row comparison PostgreSQL walks the index; local_day <= day lets it start there.
            rows = rows.filter(local_day__lte=day).exclude(local_day=day, id__gte=row)
        return rows.order_by("-local_day", "-id").values(*BASE, *OWN[kind])[: limit + 1]

    return Prepared(page)


def one_entry(
    user: User,
    child: Child,
    kind: EntryKind,
    client_id: uuid.UUID,
    *,
    now: dt.datetime,
    sight: Sight | None = None,
) -> SeenEntry | None:
    """The latest revision of one entry; None where `user` sees no such entry."""
    sight = sight or sight_of(user, child)
    row = _visible(kind, user, child.pk).filter(client_id=client_id).values(*BASE, *OWN[kind]).first()
    return None if row is None else seen(kind, row, sight, now=now)


def entries_named(
    user: User,
    kind: EntryKind,
    sights: Mapping[uuid.UUID, Sight],
    things: Iterable[uuid.UUID],
    *,
    now: dt.datetime,
) -> dict[tuple[uuid.UUID, uuid.UUID], SeenEntry]:
    """Entries of several children by (child, id), those in sight; one statement."""
    rows = ROWS[kind].objects.current().visible_to(user).filter(child__in=sights, client_id__in=things)
    return {
        (row["child_id"], row["client_id"]): seen(kind, row, sights[row["child_id"]], now=now)
        for row in rows.order_by("id").values("child_id", *BASE, *OWN[kind])
    }


def seen_row(entry: Any, kind: EntryKind, sight: Sight, *, now: dt.datetime) -> SeenEntry:
    """The shape of a row just written, without asking the database for it again."""
    row = {name: _reach(entry, name) for name in (*BASE, *OWN[kind])}
    return seen(kind, row, sight, now=now)


def seen(kind: EntryKind, row: Mapping[str, Any], sight: Sight, *, now: dt.datetime) -> SeenEntry:
    """The shape of one row read with `.values(*BASE, *OWN[kind])`."""
    reported_by_id, teller_id = row["reported_by_id"], row["told_by_grant__user_id"]
    is_elsewhere = teller_id != sight.user_id and sight.is_elsewhere(
        family_id=row["family_id"], reported_by_id=reported_by_id
    )
    return SeenEntry(
        kind=kind,
        client_id=row["client_id"],
        revision=row["revision"],
        state=EntryState(row["state"]),
        flags=tuple(row["flags"]),
        occurred=moment(row["occurred_at"], row["zone"], is_elsewhere=is_elsewhere),
        precision=row["precision"],
        part_of_day=row["part_of_day"],
        zone=None if is_elsewhere else row["zone"],
        local_day=row["local_day"],
        received_at=None if is_elsewhere else row["received_at"],
        source=row["source"],
        door=row["door"],
        by=sight.byline(reported_by_id=reported_by_id, name=row["reported_by__name"]),
        told_by=sight.teller(user_id=teller_id, name=row["told_by_name"], is_elsewhere=is_elsewhere),
        is_mine=reported_by_id == sight.user_id,
        is_on_behalf=row["is_on_behalf"],
        may_revise=sight.may_revise(
            reported_by_id=reported_by_id, first_received_at=row["first_received_at"], now=now
        ),
        note=row["note"],
        language=row["language"],
        not_asked=tuple(row["not_asked"]),
        details=details_of(kind, _without_anothers_reason(row, sight), is_elsewhere=is_elsewhere),
    )


def is_not_up_to_it(entry: SeenEntry) -> bool:
    """Whether somebody said that they were not up to it: about themselves, for them and the team to know."""
    told = entry.details
    return isinstance(told, SessionDetails) and told.not_today_reason == NotTodayReason.NOT_UP_TO_IT


def _without_anothers_reason(row: Mapping[str, Any], sight: Sight) -> Mapping[str, Any]:
    """The row, without a reason that says how another caregiver is rather than how the child is."""
    if sight.is_team or row["reported_by_id"] == sight.user_id:
        return row
    if row.get("not_today_reason") != NotTodayReason.NOT_UP_TO_IT:
        return row
    return {**row, "not_today_reason": ""}


def _visible(kind: EntryKind, user: User, child_id: uuid.UUID) -> Any:
    return ROWS[kind].objects.current().visible_to(user).filter(child=child_id)


def _reach(entry: Any, path: str) -> Any:
    value = entry
    for name in path.split("__"):
        value = None if value is None else getattr(value, name)
    return value
