"""Safeguarding notes, for their author and the named leads."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from clinic.models import Child, Clinic, ClinicMembership, User
from tracking.models import SafeguardingLead, SafeguardingNote
from tracking.models.safeguarding import SafeguardingNoteQuerySet


@dataclass(frozen=True, slots=True)
class SeenSafeguardingNote:
    """A note with what followed it, the oldest first; what the reader may not see is not among it."""

    id: uuid.UUID
    child_name: str
    by: str
    body: str
    language: str
    written_at: dt.datetime
    followed_by: tuple[SeenSafeguardingNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Lead:
    id: uuid.UUID
    user_id: uuid.UUID
    name: str
    from_at: dt.datetime


def notes_of_clinic(user: User, clinic: Clinic) -> tuple[SeenSafeguardingNote, ...]:
    """What `user` may read in the clinic, the newest first; one statement."""
    return _threads(SafeguardingNote.objects.visible_to(user).filter(clinic=clinic))


def notes_of_child(user: User, child: Child) -> tuple[SeenSafeguardingNote, ...]:
    """What `user` may read about a child; one statement."""
    return _threads(SafeguardingNote.objects.visible_to(user).filter(child=child))


def leads_of(clinic: Clinic) -> tuple[Lead, ...]:
    """Who is named, by name; those who work here no more left out. One statement."""
    works = ClinicMembership.objects.active().filter(clinic=clinic, user=OuterRef("user"))
    rows = (
        SafeguardingLead.objects.active()
        .filter(Exists(works), clinic=clinic)
        .select_related("user")
        .order_by("user__name", "id")
    )
    return tuple(Lead(row.pk, row.user_id, row.user.name, row.from_at) for row in rows)


def lead_of(clinic: Clinic, pk: uuid.UUID) -> SafeguardingLead | None:
    """The lead of this key, where the clinic has one."""
    return SafeguardingLead.objects.active().filter(clinic=clinic, pk=pk).select_related("clinic").first()


def _threads(notes: SafeguardingNoteQuerySet) -> tuple[SeenSafeguardingNote, ...]:
    """Each note under the one it follows, where that may be read; else on its own."""
    rows = list(notes.select_related("child", "author").order_by("written_at", "id"))
    known = {row.pk for row in rows}
    under = defaultdict(list)
    for row in rows:
        under[row.follows_id if row.follows_id in known else None].append(row)

    def seen(row: SafeguardingNote) -> SeenSafeguardingNote:
        return SeenSafeguardingNote(
            id=row.pk,
            child_name=f"{row.child.first_name} {row.child.last_name}".strip(),
            by=row.author.name,
            body=row.body,
            language=row.language,
            written_at=row.written_at,
            followed_by=tuple(seen(one) for one in under[row.pk]),
        )

    return tuple(seen(row) for row in reversed(under[None]))
