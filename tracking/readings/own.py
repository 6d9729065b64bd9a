"""One's own account: clinics, households, and the children one may know of."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from clinic import ages
from clinic.localtime import local_day
from clinic.models import CaregiverGrant, CareTeam, Child, ClinicMembership, Family, RoutineTime, User
from clinic.rls import Today
from clinic.vocabulary import GrantKind, Role, SharingMode
from tracking.models import AskPlan
from tracking.vocabulary.states import StateScale, scale_for_age


@dataclass(frozen=True, slots=True)
class OwnClinic:
    """A clinic one works in, and as what."""

    id: uuid.UUID
    slug: str
    name: str
    zone: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class OwnHousehold:
    """A household one belongs to by a grant; `may_change`: one is a guardian in it."""

    id: uuid.UUID
    name: str
    zone: str
    locale: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class KnownChild:
    """A child as this reader may know them.

    `grant` is None for staff, `is_on_team` False for families. A log-only caregiver knows the first name and
    which scale to log with: `nickname`, `last_name` are then empty and `born_on`, `ages` None. `family_id`
    and `zone` are the reader's household's; for staff None and the clinic's.
    """

    id: uuid.UUID
    clinic_id: uuid.UUID
    clinic_slug: str
    clinic_name: str
    emergency_number: str
    first_name: str
    last_name: str
    nickname: str
    born_on: dt.date | None
    ages: ages.Ages | None
    state_scale: StateScale
    grant: GrantKind | None
    is_on_team: bool
    family_id: uuid.UUID | None
    zone: str
    sharing_mode: SharingMode


@dataclass(frozen=True, slots=True)
class ChildPage:
    """Children in the order they were enrolled, and the id the next page begins after, None at the end."""

    children: tuple[KnownChild, ...]
    next_after: uuid.UUID | None


def clinics_of(user: User) -> tuple[OwnClinic, ...]:
    """The clinics `user` works in, in one statement."""
    return tuple(
        OwnClinic(
            id=membership.clinic_id,
            slug=membership.clinic.slug,
            name=membership.clinic.name,
            zone=membership.clinic.zone,
            roles=tuple(Role(role) for role in membership.roles),
        )
        for membership in ClinicMembership.objects.active()
        .filter(user=user)
        .select_related("clinic")
        .order_by("clinic__name", "id")
    )


def households_of(user: User) -> tuple[OwnHousehold, ...]:
    """The households `user` belongs to, in one statement."""
    found: dict[uuid.UUID, OwnHousehold] = {}
    grants = CaregiverGrant.objects.filter(user=user).valid().select_related("family")
    for grant in grants.order_by("family_id", "id"):
        family = grant.family
        known = found.get(family.pk)
        found[family.pk] = OwnHousehold(
            id=family.pk,
            name=family.name,
            zone=family.zone,
            locale=family.locale,
            may_change=grant.kind == GrantKind.GUARDIAN or (known is not None and known.may_change),
        )
    return tuple(found.values())


def grant_to(user: User, child: Child) -> CaregiverGrant | None:
    """The grant by which `user` cares for the child now; None for who does not."""
    grants = CaregiverGrant.objects.filter(user=user, child=child).valid().select_related("user", "child")
    return grants.first()


def routine_times_of(family: Family) -> tuple[tuple[str, dt.time], ...]:
    """Anchors and their clock times in this household, in the order of the day; one statement."""
    rows = RoutineTime.objects.filter(family=family).order_by("at", "anchor", "id")
    return tuple(rows.values_list("anchor", "at"))


def children_of(
    user: User,
    *,
    now: dt.datetime,
    limit: int = 50,
    after: uuid.UUID | None = None,
    pk: uuid.UUID | None = None,
) -> ChildPage:
    """Children `user` may know of and who are not archived, in one statement; `pk`: only that one."""
    rows = _annotated(Child.objects.visible_to(user).not_archived(), user).order_by("id")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    if pk is not None:
        rows = rows.filter(pk=pk)
    taken = list(rows[: limit + 1])
    shown = taken[:limit]
    return ChildPage(
        children=tuple(_known(child, now) for child in shown),
        next_after=shown[-1].pk if len(taken) > limit else None,
    )


def cared_for_by(user: User, *, now: dt.datetime) -> tuple[KnownChild, ...]:
    """Children `user` cares for, by first name, in one statement."""
    rows = _annotated(Child.objects.cared_for_by(user).not_archived(), user).order_by("first_name", "id")
    return tuple(_known(child, now) for child in rows)


def _annotated(children: QuerySet[Child], user: User) -> QuerySet[Child]:
    """With what `_known` asks of each."""
    granted = CaregiverGrant.objects.filter(user=user, child=OuterRef("pk")).valid().order_by("id")
    return children.annotate(
        grant=Subquery(granted.values("kind")[:1]),
        grant_family=Subquery(granted.values("family")[:1]),
        grant_zone=Subquery(granted.values("family__zone")[:1]),
        set_scale=Subquery(AskPlan.objects.of(OuterRef("pk"), Today()).values("state_scale")[:1]),
        is_on_team=Exists(CareTeam.objects.active().filter(child=OuterRef("pk"), therapist=user)),
    ).select_related("clinic")


def _known(child: Child, now: dt.datetime) -> KnownChild:
    told = vars(child)
    zone = told["grant_zone"] or child.clinic.zone
    weeks = child.gestation_weeks
    all_ages = ages.ages(
        born_on=child.born_on,
        gestation=None if weeks is None else ages.gestation_days(weeks, child.gestation_days),
        on=local_day(now, zone),
        correct_until_months=child.clinic.corrected_age_until_months,
    )
    only_logs = told["grant"] == GrantKind.CAREGIVER and not told["is_on_team"]
    return KnownChild(
        id=child.pk,
        clinic_id=child.clinic_id,
        clinic_slug=child.clinic.slug,
        clinic_name=child.clinic.name,
        emergency_number=child.clinic.emergency_number,
        first_name=child.first_name,
        last_name="" if only_logs else child.last_name,
        nickname="" if only_logs else child.nickname,
        born_on=None if only_logs else child.born_on,
        ages=None if only_logs else all_ages,
        state_scale=StateScale(told["set_scale"] or scale_for_age(all_ages.used.months)),
        grant=GrantKind(told["grant"]) if told["grant"] else None,
        is_on_team=told["is_on_team"],
        family_id=told["grant_family"],
        zone=zone,
        sharing_mode=SharingMode(child.sharing_mode),
    )
