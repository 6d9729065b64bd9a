"""A clinic's audit for its owners: ids and codes with names, and no words of any record."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from clinic.localtime import day_bounds
from clinic.models import AuditEvent, Child, Clinic, ClinicMembership, User
from clinic.vocabulary import AuditCode, Role

ON_A_PAGE = 50

UNTOLD = (AuditCode.WROTE_SAFEGUARDING_NOTE, AuditCode.VIEWED_SAFEGUARDING_NOTES)
"""In no list: that such a note is there is its readers' alone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked of the audit; None: whatever. `until_at` is not included."""

    child: uuid.UUID | None = None
    person: uuid.UUID | None = None
    kind: AuditCode | None = None
    on: dt.date | None = None
    from_at: dt.datetime | None = None
    until_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A row, with the names of whom it is about, empty where they are gone; `roles` are those held here.

    A look is told at the hour it is noted for.
    """

    id: uuid.UUID
    at: dt.datetime
    code: AuditCode
    detail: str
    person: str
    roles: tuple[Role, ...]
    child_id: uuid.UUID | None
    child: str
    subject_kind: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """`next_before` is where the next page begins; None: this was the last."""

    events: tuple[Event, ...]
    next_before: tuple[dt.datetime, uuid.UUID] | None


def events_of(clinic: Clinic, asked: Asked) -> QuerySet[AuditEvent]:
    """The clinic's rows that are asked for."""
    rows = AuditEvent.objects.filter(clinic_id=clinic.pk).exclude(code__in=UNTOLD)
    if asked.child:
        rows = rows.filter(child_id=asked.child)
    if asked.person:
        rows = rows.filter(actor_id=asked.person)
    if asked.kind:
        rows = rows.filter(code=asked.kind)
    if asked.on:
        begins, ends = day_bounds(asked.on, clinic.zone)
        rows = rows.filter(at__gte=begins, at__lt=ends)
    if asked.from_at:
        rows = rows.filter(at__gte=asked.from_at)
    if asked.until_at:
        rows = rows.filter(at__lt=asked.until_at)
    return rows


def page_of_events(
    clinic: Clinic,
    asked: Asked,
    *,
    before: tuple[dt.datetime, uuid.UUID] | None = None,
    limit: int = ON_A_PAGE,
) -> EventPage:
    """A page, latest first; four statements."""
    rows = events_of(clinic, asked)
    if before is not None:
        at, row_id = before
        rows = rows.filter(at__lte=at).exclude(at=at, id__gte=row_id)
    found = list(rows.order_by("-at", "-id")[: limit + 1])
    shown = found[:limit]
    following = (shown[-1].at, shown[-1].pk) if len(found) > limit else None
    return EventPage(tuple(_told(clinic, shown)), following)


def people_to_choose(clinic: Clinic) -> list[tuple[uuid.UUID, str]]:
    """Everybody who works or worked in the clinic, by name; one statement."""
    staff = ClinicMembership.objects.filter(clinic=clinic).values("user")
    return list(User.objects.filter(pk__in=staff).order_by("name", "id").values_list("pk", "name"))


def children_to_choose(user: User, clinic: Clinic) -> list[tuple[uuid.UUID, str]]:
    """The clinic's children, by name; one statement."""
    rows = Child.objects.visible_to(user).filter(clinic=clinic).order_by("first_name", "last_name", "id")
    return [
        (pk, f"{first} {last}".strip())
        for pk, first, last in rows.values_list("pk", "first_name", "last_name")
    ]


def _told(clinic: Clinic, rows: Sequence[AuditEvent]) -> Iterable[Event]:
    people = User.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    children = Child.objects.filter(clinic=clinic).in_bulk({row.child_id for row in rows if row.child_id})
    held = dict(
        ClinicMembership.objects.filter(clinic=clinic, user__in=people)
        .order_by("started_at", "id")
        .values_list("user_id", "roles")
    )
    for row in rows:
        person = people.get(row.actor_id) if row.actor_id else None
        child = children.get(row.child_id) if row.child_id else None
        yield Event(
            id=row.pk,
            at=row.hour or row.at,
            code=AuditCode(row.code),
            detail=row.detail,
            person=person.name if person else "",
            roles=tuple(Role(role) for role in held.get(row.actor_id, ())) if row.actor_id else (),
            child_id=child.pk if child else None,
            child=f"{child.first_name} {child.last_name}".strip() if child else "",
            subject_kind=row.subject_kind,
        )
