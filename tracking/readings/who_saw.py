"""Who saw this child: for its guardians, by day, in plain words.

Staff and invited third parties, never another guardian. Of staff, the care team is named, and others are
described by their role; a caregiver is shown as far as the child's sharing mode allows. Days are those of the
reader's household; no hour is given, so that nobody learns when another home is awake.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.db.models.functions import TruncDate

from clinic.localtime import day_bounds
from clinic.models import AuditEvent, CareTeam, Child, ClinicMembership, User
from clinic.vocabulary import AuditCode, GrantKind, Role
from tracking.readings.sight import Byline, ShownAs, Sight

DAYS_A_PAGE = 30

TAKEN = (
    AuditCode.DOWNLOADED_REPORT,
    AuditCode.EXPORTED_CONTACTS,
    AuditCode.EXPORTED_RECORD,
    AuditCode.VIEWED_PHOTO,
    AuditCode.BROKE_GLASS,
)
"""What is seen or taken away and is written each time, not once an hour."""


@unique
class ViewerKind(StrEnum):
    TEAM = "team"
    STAFF = "staff"
    CAREGIVER = "caregiver"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looked: `name` is empty where only what they are is told; `roles` are a member of staff's."""

    kind: ViewerKind
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one person looked at on one day. `is_emergency`: they had broken the glass that day."""

    viewer: Viewer
    kinds: tuple[AuditCode, ...]
    is_emergency: bool


@dataclass(frozen=True, slots=True)
class DaySeen:
    on: dt.date
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class WhoSaw:
    """A page of days, latest first, without those on which nobody looked; `earlier`: `before` of the next."""

    days: tuple[DaySeen, ...]
    earlier: dt.date | None


def who_saw(child: Child, sight: Sight, *, zone: str, before: dt.date) -> WhoSaw:
    """The thirty local days before `before`, for a guardian; five statements."""
    since = before - dt.timedelta(days=DAYS_A_PAGE)
    begins, ends = day_bounds(since, zone)[0], day_bounds(before, zone)[0]
    seen = AuditEvent.objects.filter(child_id=child.pk, actor_id__isnull=False).filter(
        Q(hour__isnull=False) | Q(code__in=TAKEN)
    )
    rows = list(
        seen.filter(at__gte=begins, at__lt=ends)
        .exclude(actor_id=sight.user_id)
        .annotate(on=TruncDate("at", tzinfo=ZoneInfo(zone)))
        .order_by("-on", "actor_id", "code")
        .values_list("on", "actor_id", "code")
        .distinct()
    )
    viewers = _viewers(child, sight, {actor for _, actor, _ in rows if actor})
    days: dict[dt.date, dict[uuid.UUID, list[AuditCode]]] = {}
    for on, actor, code in rows:
        if actor is not None and actor in viewers:
            days.setdefault(on, {}).setdefault(actor, []).append(AuditCode(code))
    return WhoSaw(
        days=tuple(DaySeen(on, _sightings(looked, viewers)) for on, looked in days.items()),
        earlier=since if seen.filter(at__lt=begins).exclude(actor_id=sight.user_id).exists() else None,
    )


def _sightings(
    looked: Mapping[uuid.UUID, list[AuditCode]], viewers: Mapping[uuid.UUID, Viewer]
) -> tuple[Sighting, ...]:
    """Everybody of one day; those who are told alike are one."""
    alike: dict[tuple[Viewer, bool], set[AuditCode]] = {}
    for actor, codes in looked.items():
        alike.setdefault((viewers[actor], AuditCode.BROKE_GLASS in codes), set()).update(codes)
    order = list(ViewerKind)
    return tuple(
        Sighting(viewer, tuple(sorted(codes - {AuditCode.BROKE_GLASS})), is_emergency)
        for (viewer, is_emergency), codes in sorted(
            alike.items(), key=lambda one: (order.index(one[0][0].kind), one[0][0].name, one[0][1])
        )
    )


def _viewers(child: Child, sight: Sight, actors: Iterable[uuid.UUID]) -> dict[uuid.UUID, Viewer]:
    """How each is told to this guardian; who is not told of is left out."""
    names = dict(User.objects.filter(pk__in=actors).values_list("pk", "name"))
    team = set(CareTeam.objects.filter(child=child, therapist__in=names).values_list("therapist", flat=True))
    roles: dict[uuid.UUID, tuple[Role, ...]] = {}
    for user_id, held in (
        ClinicMembership.objects.filter(clinic=child.clinic_id, user__in=names)
        .order_by("started_at", "id")
        .values_list("user_id", "roles")
    ):
        roles[user_id] = tuple(Role(role) for role in held)
    told = {}
    for actor, name in names.items():
        place = sight.caregivers.get(actor)
        if place is not None and place.kind == GrantKind.GUARDIAN:
            continue
        if actor in roles:
            is_team = actor in team
            kind = ViewerKind.TEAM if is_team else ViewerKind.STAFF
            told[actor] = Viewer(kind, name if is_team else "", roles[actor])
        elif place is not None:
            byline = sight.byline(reported_by_id=actor, name=name)
            if byline.shown_as is not ShownAs.HIDDEN:
                told[actor] = _caregiver(byline)
        else:
            told[actor] = Viewer(ViewerKind.OTHER, "", ())
    return told


def _caregiver(byline: Byline) -> Viewer:
    return Viewer(ViewerKind.CAREGIVER, byline.name, ())
