"""Who cares for a child, where, and who may see the record; and the child's audit."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from clinic.errors import Invalid
from clinic.localtime import local_day
from clinic.models import (
    CaregiverGrant,
    CareTeam,
    Child,
    ChildHome,
    Clinic,
    ClinicMembership,
    Episode,
    Family,
    SignInCode,
)
from clinic.services.sign_in_notices import TOLD_FOR
from clinic.vocabulary import SUPERVISED_ROLES, ConsentKind, ConsentStanding, Role
from tracking.readings.consents import standings_of
from tracking.readings.homes import NextWeek, SaidDay, homes_and_days
from tracking.readings.invitations import Invited, invited_to


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the care team, today or from a day to come."""

    place: CareTeam
    roles: tuple[Role, ...]
    credentials: tuple[str, ...]
    has_begun: bool
    is_supervised: bool


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody's access to the child through a household; `code` is the latest sign-in code of the month."""

    grant: CaregiverGrant
    is_valid: bool
    code: SignInCode | None

    @property
    def has_no_address(self) -> bool:
        """Whether they come back by a code of the care team alone."""
        return self.grant.user.email is None

    @property
    def last_on(self) -> dt.date | None:
        """The last day of an access that ends by itself."""
        until = self.grant.valid_until
        return local_day(until - dt.timedelta(seconds=1), self.grant.family.zone) if until else None


@dataclass(frozen=True, slots=True)
class Household:
    """A home of the child with those whose access comes through it, and invitations into it, those that
    somebody accepted or took back apart.

    `weekdays` are those of today's week (none: every day), `next_weeks` what they will be from which day on.
    """

    home: ChildHome
    weekdays: tuple[int, ...]
    next_weeks: tuple[NextWeek, ...]
    people: tuple[Access, ...]
    invitations: tuple[Invited, ...]
    past_invitations: tuple[Invited, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody around a child. `former` is access that has ended, newest first."""

    team: tuple[Place, ...]
    households: tuple[Household, ...]
    former: tuple[CaregiverGrant, ...]
    consents: Mapping[ConsentKind, ConsentStanding]
    days: tuple[SaidDay, ...]
    episodes: tuple[Episode, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """A caregiver on whose words staff may write something down; `zone` is that of their home."""

    grant: uuid.UUID
    name: str
    relationship: str
    zone: str

    @property
    def words(self) -> str:
        return f"{self.name}, {self.relationship}" if self.relationship else self.name


def people_of(child: Child, *, now: dt.datetime) -> People:
    """Everybody around a child whom the caller may see with their contact data; seven statements."""
    today = local_day(now, child.clinic.zone)
    grants = list(
        CaregiverGrant.objects.filter(child=child)
        .select_related("user", "family")
        .order_by("valid_from", "id")
    )
    valid = [grant for grant in grants if _is_open(grant, now)]
    invitations = defaultdict(list)
    for invited in invited_to(child, now=now):
        invitations[invited.family_id, invited.is_over].append(invited)
    given = SignInCode.objects.filter(child=child, given_at__gt=now - TOLD_FOR).select_related("given_by")
    codes = {code.user_id: code for code in given.order_by("given_at", "id")}
    where = homes_and_days(child, today=today)
    return People(
        team=team_of(child, now=now),
        households=tuple(
            Household(
                home=one.home,
                weekdays=one.weekdays,
                next_weeks=one.next_weeks,
                people=tuple(
                    Access(grant, _is_valid(grant, now), codes.get(grant.user_id))
                    for grant in valid
                    if grant.family_id == one.home.family_id
                ),
                invitations=tuple(invitations[one.home.family_id, False]),
                past_invitations=tuple(invitations[one.home.family_id, True]),
            )
            for one in where.homes
        ),
        former=tuple(reversed([grant for grant in grants if not _is_open(grant, now)])),
        consents=standings_of(child),
        days=where.days,
        episodes=tuple(child.episodes.order_by("-started_on", "-id")),
    )


def team_of(child: Child, *, now: dt.datetime) -> tuple[Place, ...]:
    """The places on a child's care team that have not ended, the lead first; two statements."""
    rows = list(
        CareTeam.objects.filter(child=child)
        .exclude(until_at__lte=now)
        .select_related("therapist", "supervisor")
        .order_by("from_at", "id")
    )
    members = {
        membership.user_id: membership
        for membership in ClinicMembership.objects.active().filter(
            clinic_id=child.clinic_id, user__in=[row.therapist_id for row in rows]
        )
    }
    places = [
        Place(
            place=row,
            roles=tuple(Role(role) for role in (member.roles if member else ())),
            credentials=tuple(member.credentials if member else ()),
            has_begun=row.from_at <= now,
            is_supervised=row.supervisor_id is not None,
        )
        for row in rows
        for member in [members.get(row.therapist_id)]
    ]
    order = {"lead": 0, "member": 1, "cover": 2}
    return tuple(sorted(places, key=lambda place: order.get(place.place.kind, 3)))


def tellers_of(child: Child) -> list[Teller]:
    """Those who care for the child today and may have told something, by name; one statement."""
    grants = CaregiverGrant.objects.valid().filter(child=child).select_related("user", "family")
    return [
        Teller(grant.pk, grant.user.name, grant.relationship, grant.family.zone)
        for grant in grants.order_by("user__name", "id")
    ]


def families_of(child: Child) -> list[Family]:
    """The households a child lives in; one statement."""
    return [home.family for home in child.homes.select_related("family").order_by("id")]


def colleagues(clinic: Clinic, *, treating_only: bool = False) -> list[ClinicMembership]:
    """Those of the clinic's staff who work with children, by name; one statement."""
    roles = [Role.THERAPIST, Role.OWNER, *([] if treating_only else SUPERVISED_ROLES)]
    return list(
        ClinicMembership.objects.active()
        .filter(clinic=clinic)
        .with_role(*roles)
        .select_related("user")
        .order_by("user__name", "id")
    )


def places_of(member: ClinicMembership) -> list[tuple[uuid.UUID, str]]:
    """The places on care teams that somebody holds themselves today, by the child's name; one statement."""
    rows = CareTeam.objects.active().filter(
        clinic=member.clinic_id, therapist=member.user_id, supervisor__isnull=True
    )
    rows = rows.order_by("child__first_name", "child__last_name", "id")
    return [
        (pk, f"{first} {last}".strip())
        for pk, first, last in rows.values_list("pk", "child__first_name", "child__last_name")
    ]


def staff_of(clinic: Clinic) -> list[ClinicMembership]:
    """Everybody who works in the clinic today, by name; one statement."""
    return list(
        ClinicMembership.objects.active()
        .filter(clinic=clinic)
        .select_related("user")
        .order_by("user__name", "id")
    )


def member_of(clinic: Clinic, person: uuid.UUID) -> ClinicMembership:
    """The place of somebody who works in the clinic today. Raises Invalid (`person`) for anybody else."""
    for one in staff_of(clinic):
        if one.user_id == person:
            return one
    raise Invalid(field="person", allowed="code")


def _is_open(grant: CaregiverGrant, now: dt.datetime) -> bool:
    return grant.revoked_at is None and (grant.valid_until is None or grant.valid_until > now)


def _is_valid(grant: CaregiverGrant, now: dt.datetime) -> bool:
    return _is_open(grant, now) and grant.valid_from <= now
