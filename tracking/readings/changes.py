"""The change feed of a device: what changed since it last asked, for all children its user may read.

Visibility is decided on reading. An entry is looked up through `visible_to`, a list is named only to those
who have it, and a child whose access changed is fetched again or forgotten.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from clinic.errors import Conflict
from clinic.models import CaregiverGrant, CareTeam, Child, User
from clinic.policy import Places, places_at, with_places
from tracking.models import (
    AskPlan,
    Change,
    ChildSign,
    ChildStrategy,
    Concern,
    Contact,
    Demonstration,
    Goal,
    Note,
    TrackedStimulus,
)
from tracking.models.changes import ChangeKind
from tracking.readings.entries import SeenEntry, entries_named
from tracking.readings.messages import SeenMessage, messages_named
from tracking.readings.sight import Sight, caregivers_in, grants_of, sight_of
from tracking.sync.bodies import EntryKind
from tracking.sync.changes import FeedRenewed, Position, behind, current_epoch, refuse_pruned, start

MOST_CHILDREN = 100
"""A cursor carries what its user was to each of them."""


class TooManyChildren(Conflict):
    """This person reads more records than a cursor can hold; fetch the lists of each child instead."""

    code = "too_many_children"


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far somebody has read: in which epoch, up to where, and what they then were to each child."""

    epoch: uuid.UUID
    position: Position
    access: Mapping[uuid.UUID, str]


@dataclass(frozen=True, slots=True)
class SeenChange:
    """A thing that changed. `body` is what it is now; None for a list, a concern, and what is withdrawn."""

    child_id: uuid.UUID
    kind: ChangeKind
    thing: uuid.UUID | None
    revision: int | None = None
    is_withdrawn: bool = False
    body: SeenEntry | SeenMessage | None = None


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes in order. `resync`: children whose lists are to be fetched anew; `gone`: no longer in sight."""

    changes: tuple[SeenChange, ...]
    cursor: Cursor
    has_more: bool
    resync: tuple[uuid.UUID, ...]
    gone: tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """One thing as the feed names it."""

    child_id: uuid.UUID
    kind: ChangeKind
    thing: uuid.UUID | None


def page_of_changes(user: User, *, since: Cursor | None, limit: int, now: dt.datetime) -> ChangePage:
    """The next changes; without a cursor none, but where to begin and every child to fetch.

    At most sixteen statements, however many children and changes. Raises FeedRenewed (410), TooManyChildren.
    """
    epoch = current_epoch()
    if since is not None and since.epoch != epoch:
        raise FeedRenewed
    # Asked before anything else: what came before is in the lists that are fetched afterwards.
    beginning = start()
    position = since.position if since is not None else beginning
    sights = _sights(user)
    access = {child_id: _version(place, sight) for child_id, (place, sight) in sights.items()}
    before = since.access if since is not None else {}
    kept = {child_id for child_id in access if before.get(child_id) == access[child_id]}
    rows = list(behind(position, kept)[: limit + 1]) if kept else []
    if since is not None:
        refuse_pruned(since.position)
    if len(rows) > limit:
        last = rows[limit - 1]
        position = Position(last.written_in, last.place)
    else:
        position = max([position, beginning, *(Position(row.written_in, row.place) for row in rows)])
    return ChangePage(
        changes=_seen(user, rows[:limit], {one: sights[one][1] for one in kept}, now=now),
        cursor=Cursor(epoch, position, access),
        has_more=len(rows) > limit,
        resync=tuple(sorted(set(access) - kept)),
        gone=tuple(sorted(set(before) - set(access))),
    )


def _sights(user: User) -> dict[uuid.UUID, tuple[Places, Sight]]:
    """What somebody is to each child they care for or treat; one statement."""
    granted = CaregiverGrant.objects.valid().filter(user=user).values("child")
    treated = CareTeam.objects.active().filter(therapist=user).values("child")
    children = with_places(
        Child.objects.visible_to(user).filter(Q(pk__in=granted) | Q(pk__in=treated)), user
    ).annotate(grants_told=ArraySubquery(grants_of(OuterRef("pk"))))
    found = {}
    for child in children.order_by("pk")[: MOST_CHILDREN + 1]:
        place = places_at(child, user)
        caregivers = caregivers_in(vars(child)["grants_told"])
        if place.is_team or place.is_caregiver:
            found[child.pk] = (place, sight_of(user, child, place=place, caregivers=caregivers))
    if len(found) > MOST_CHILDREN:
        raise TooManyChildren
    return found


def _version(place: Places, sight: Sight) -> str:
    """A few letters that change with anything that changes what somebody sees of a child."""
    told = [*sorted(place.roles), place.is_team, place.grant, place.household, sight.sharing_mode]
    return hashlib.sha256(repr([str(one) for one in told]).encode()).hexdigest()[:8]


def _seen(
    user: User, rows: Iterable[Change], sights: Mapping[uuid.UUID, Sight], *, now: dt.datetime
) -> tuple[SeenChange, ...]:
    """The changes this person may know of, each thing once, at the place of its last."""
    told: dict[Named, None] = {}
    for row in rows:
        sight, kind = sights[row.child_id], ChangeKind(row.kind)
        if _may_hear(sight, kind, household=row.household, person=row.person):
            named = Named(row.child_id, kind, row.thing)
            told.pop(named, None)
            told[named] = None
    things: dict[ChangeKind, set[uuid.UUID]] = defaultdict(set)
    for named in told:
        if named.thing is not None:
            things[named.kind].add(named.thing)
    found: dict[Named, SeenChange] = {}
    for kind, those in things.items():
        found |= _looked_up(user, kind, those, sights, now=now)
    changes: dict[Named, SeenChange] = {}
    for named in told:
        seen = SeenChange(named.child_id, named.kind, None) if named.thing is None else found.get(named)
        if seen is not None:
            changes[Named(seen.child_id, seen.kind, seen.thing)] = seen
    return tuple(changes.values())


FOR_GUARDIANS = frozenset(
    {
        ChangeKind.CONSENTS,
        ChangeKind.DEMONSTRATIONS,
        ChangeKind.GOALS,
        ChangeKind.NOTES,
    }
)
"""Of these a caregiver who only logs sees nothing, nor that they changed (docs/access.md)."""


def _may_hear(
    sight: Sight, kind: ChangeKind, *, household: uuid.UUID | None, person: uuid.UUID | None
) -> bool:
    """Whether somebody may know that this changed at all."""
    if person is not None:
        return person == sight.user_id or (sight.is_team and kind != ChangeKind.MESSAGES_READ)
    if household is not None and household != sight.family_id:
        return sight.is_team and kind != ChangeKind.WORDS
    return sight.is_team or sight.is_guardian or kind not in FOR_GUARDIANS


LISTED: Mapping[ChangeKind, Any] = {
    ChangeKind.ASK_PLAN: AskPlan,
    ChangeKind.CONTACTS: Contact,
    ChangeKind.DEMONSTRATIONS: Demonstration,
    ChangeKind.GOALS: Goal,
    ChangeKind.NOTES: Note,
    ChangeKind.SIGNS: ChildSign,
    ChangeKind.STRATEGIES: ChildStrategy,
    ChangeKind.TRACKED_STIMULI: TrackedStimulus,
}
"""Lists in which some rows are not for everybody, drafts above all: of one out of sight nothing is told."""


def _looked_up(
    user: User,
    kind: ChangeKind,
    things: set[uuid.UUID],
    sights: Mapping[uuid.UUID, Sight],
    *,
    now: dt.datetime,
) -> dict[Named, SeenChange]:
    """Those of one kind that are in sight, as they are now; one statement, two for messages."""
    if kind in LISTED:
        rows = LISTED[kind].objects.visible_to(user).filter(child__in=sights, pk__in=things).order_by("pk")
        named = [Named(child_id, kind, pk) for child_id, pk in rows.values_list("child_id", "pk")]
        return {one: SeenChange(one.child_id, kind, None) for one in named}
    if kind == ChangeKind.CONCERN:
        told = Concern.objects.visible_to(user).filter(child__in=sights, client_id__in=things)
        named = [
            Named(child_id, kind, thing) for child_id, thing in told.values_list("child_id", "client_id")
        ]
        return {one: SeenChange(one.child_id, kind, one.thing) for one in named}
    bodies: Mapping[tuple[uuid.UUID, uuid.UUID], SeenEntry | SeenMessage]
    if kind == ChangeKind.MESSAGE:
        bodies = messages_named(user, sights, things)
    else:
        bodies = entries_named(user, EntryKind(kind), sights, things, now=now)
    return {
        Named(child_id, kind, thing): _with_body(child_id, kind, thing, body)
        for (child_id, thing), body in bodies.items()
    }


def _with_body(
    child_id: uuid.UUID, kind: ChangeKind, thing: uuid.UUID, body: SeenEntry | SeenMessage
) -> SeenChange:
    if isinstance(body, SeenMessage):
        return SeenChange(child_id, kind, thing, body=body)
    if body.is_withdrawn:
        return SeenChange(child_id, kind, thing, revision=body.revision, is_withdrawn=True)
    return SeenChange(child_id, kind, thing, revision=body.revision, body=body)
