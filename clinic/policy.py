"""Permissions on people and access: one predicate per rule (docs/access.md).

Each predicate reads memberships, team places and grants as they are in this transaction; nothing is cached
beyond it. They all begin with `places(user, child)`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from clinic.models import (
    BreakGlass,
    CaregiverGrant,
    CareTeam,
    Child,
    ChildHome,
    Clinic,
    ClinicMembership,
    Family,
    User,
)
from clinic.prepared import Prepared
from clinic.vocabulary import TREATING_ROLES, GrantKind, Role


@dataclass(frozen=True, slots=True)
class Places:
    """A person's relation to a child today: roles in its clinic, a place on its care team, a grant and the
    household it is through, and whether they have emergency access.
    """

    roles: frozenset[Role] = frozenset()
    is_on_team: bool = False
    grant: GrantKind | None = None
    household: uuid.UUID | None = None
    has_glass: bool = False

    @property
    def is_staff(self) -> bool:
        return bool(self.roles)

    @property
    def is_team(self) -> bool:
        """TC or AS in the access table: on the care team, and still working in the clinic."""
        return self.is_on_team and self.is_staff

    @property
    def is_reading(self) -> bool:
        """The team, or BG in the access table: emergency access reads what the team reads."""
        return self.is_team or (self.is_staff and self.has_glass)

    @property
    def is_by_glass(self) -> bool:
        """Reads by emergency access only."""
        return self.is_reading and not self.is_team

    @property
    def is_treating(self) -> bool:
        """TC: on the team with a right to prescribe and sign (an owner on the team is one)."""
        return self.is_team and bool(self.roles & TREATING_ROLES)

    @property
    def is_supervised(self) -> bool:
        """AS: on the team, but what they draft is published or signed by a supervisor."""
        return self.is_team and not self.is_treating

    @property
    def is_owner(self) -> bool:
        return Role.OWNER in self.roles

    @property
    def is_office(self) -> bool:
        return Role.OFFICE in self.roles

    @property
    def is_guardian(self) -> bool:
        return self.grant == GrantKind.GUARDIAN

    @property
    def is_caregiver(self) -> bool:
        """Holds any valid grant, guardian or log-only."""
        return self.grant is not None

    @property
    def is_logging(self) -> bool:
        """May log sessions, bedtimes and observations, as a caregiver or on a family's behalf."""
        return self.is_caregiver or self.is_team or self.is_office


def places(user: User, child: Child) -> Places:
    """The relation of `user` to `child` now, in one statement."""
    found = _placed(user=user.pk, clinic=child.clinic_id, child=child.pk)
    return _read(*found[0]) if found else Places()


def _active(user: uuid.UUID, clinic: uuid.UUID, child: uuid.UUID) -> QuerySet[User, tuple[Any, ...]]:
    asker = User.objects.filter(pk=user, is_active=True)
    return asker.values_list(*_places(User(pk=user), clinic=clinic, child=child).values())


_placed = Prepared(_active)


def with_places(children: QuerySet[Child], user: User) -> QuerySet[Child]:
    """The children, each annotated for `places_at`, which then needs no further statement."""
    return children.annotate(**_places(user, clinic=OuterRef("clinic_id"), child=OuterRef("pk")))


def places_at(child: Child, user: User) -> Places:
    """The relation of `user` to a child that `with_places` has just fetched for them."""
    if not user.is_active:
        return Places()
    return _read(*(getattr(child, name) for name in PLACES))


PLACES = ("places_roles", "places_on_team", "places_grant", "places_household", "places_glass")


def _places(user: User, *, clinic: Any, child: Any) -> dict[str, Any]:
    """The annotations from which `_read` makes `Places`."""
    grants = CaregiverGrant.objects.valid().filter(child=child, user=user).order_by("id")
    return {
        "places_roles": Coalesce(
            ClinicMembership.objects.active().filter(user=user, clinic_id=clinic).values("roles")[:1],
            Value([], output_field=ArrayField(CharField())),
        ),
        "places_on_team": Exists(CareTeam.objects.active().filter(child=child, therapist=user)),
        "places_grant": Subquery(grants.values("kind")[:1]),
        "places_household": Subquery(grants.values("family_id")[:1]),
        "places_glass": Exists(BreakGlass.objects.open().filter(child=child, opened_by=user)),
    }


def _read(
    roles: Iterable[str],
    is_on_team: bool,
    kind: str | None,
    household: uuid.UUID | None,
    has_glass: bool,
) -> Places:
    return Places(
        roles=frozenset(Role(role) for role in roles),
        is_on_team=is_on_team,
        grant=GrantKind(kind) if kind else None,
        household=household,
        has_glass=has_glass,
    )


def roles_in(user: User, clinic: Clinic) -> frozenset[Role]:
    """The roles a person holds in a clinic now; empty: none."""
    return frozenset(
        Role(role) for membership in _working(user=user.pk, clinic=clinic.pk) for role in membership.roles
    )


def _at_work(user: uuid.UUID, clinic: uuid.UUID) -> QuerySet[ClinicMembership]:
    return ClinicMembership.objects.active().filter(user=user, clinic=clinic).order_by("pk")[:1]


_working = Prepared(_at_work)


def membership_in(user: User, slug: str) -> ClinicMembership | None:
    """A person's current membership, with its clinic, in the clinic of this slug; None if they have none."""
    return next(iter(_working_in(user=user.pk, slug=slug)), None)


def _placed_in(user: uuid.UUID, slug: str) -> QuerySet[ClinicMembership]:
    placed = ClinicMembership.objects.active().filter(user=user, clinic__slug=slug)
    return placed.select_related("clinic").order_by("id")[:1]


_working_in = Prepared(_placed_in)


# ---- the clinic -----------------------------------------------------------------------------------------


def may_enter_clinic(user: User, clinic: Clinic) -> bool:
    return bool(roles_in(user, clinic))


def may_change_clinic(user: User, clinic: Clinic) -> bool:
    return Role.OWNER in roles_in(user, clinic)


def may_manage_staff(user: User, clinic: Clinic) -> bool:
    return Role.OWNER in roles_in(user, clinic)


ENROLLING = frozenset({Role.OWNER, Role.THERAPIST, Role.OFFICE})


def may_hand_over_caseload(user: User, membership: ClinicMembership) -> bool:
    """Hand over all of one person's team places at once: that person or an owner."""
    roles = roles_in(user, membership.clinic)
    return Role.OWNER in roles or (membership.user_id == user.pk and bool(roles & TREATING_ROLES))


def may_enroll_child(user: User, clinic: Clinic) -> bool:
    return bool(roles_in(user, clinic) & ENROLLING)


def must_add_second_factor(user: User) -> bool:
    """Whether a clinic this person works in demands a second factor and they have none yet."""
    return bool(_demands(user=user.pk))


def _demanding(user: uuid.UUID) -> QuerySet[ClinicMembership]:
    demanding = ClinicMembership.objects.active().filter(user=user, clinic__staff_must_use_mfa=True)
    factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return demanding.exclude(Exists(factors))[:1]


_demands = Prepared(_demanding)


# ---- the child ------------------------------------------------------------------------------------------


def may_view_child(user: User, child: Child) -> bool:
    """Agrees with `Child.objects.visible_to(user)`; a test proves it for the whole cast."""
    p = places(user, child)
    return p.is_owner or p.is_office or p.is_reading or p.is_caregiver


def may_change_child(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_owner or p.is_office or p.is_team


def may_see_contact(user: User, child: Child) -> bool:
    """See the households' address, phone and e-mail. Guardians never see another's."""
    p = places(user, child)
    return p.is_owner or p.is_office or p.is_reading


def may_change_languages(user: User, grant: CaregiverGrant) -> bool:
    """Change a caregiver's languages: themselves, and the staff who write and talk to them."""
    return grant.user_id == user.pk or may_change_child(user, grant.child)


def may_change_homes(user: User, child: Child) -> bool:
    """Change where the child usually sleeps."""
    return may_change_child(user, child)


def may_say_home_on(user: User, child: Child, family: Family) -> bool:
    """Say that the child is or is not in one's own household on a day, and change that household's week."""
    through = CaregiverGrant.objects.valid().guardians().filter(user=user, child=child, family=family)
    return through.exists()


def may_view_household(user: User, family: Family) -> bool:
    """Agrees with `Family.objects.visible_to(user)`: its own caregivers, and staff who see a child there.

    A caregiver does not see the other household of the same child (docs/access.md).
    """
    lives_there = CaregiverGrant.objects.valid().filter(user=user, family=family).exists()
    homes = ChildHome.objects.filter(family=family).select_related("child")
    return lives_there or any(may_see_contact(user, home.child) for home in homes)


def may_change_household(user: User, family: Family) -> bool:
    """Staff change all of it, its guardians zone and language only (see `clinic.services.homes`)."""
    household = Family.objects.filter(pk=family.pk)
    return household.seen_by_staff(user).exists() or household.guarded_by(user).exists()


def may_change_routine(user: User, family: Family) -> bool:
    """Set the clock times of a household's routines: its guardians."""
    return Family.objects.filter(pk=family.pk).guarded_by(user).exists()


def may_change_episode(user: User, child: Child) -> bool:
    """The office keeps the waiting list; the team begins, rests and ends care."""
    p = places(user, child)
    return p.is_owner or p.is_office or p.is_team


def may_discharge(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_owner or p.is_treating


def may_archive(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_owner or p.is_treating


def may_stop_everything(user: User, child: Child) -> bool:
    """Record that the child is in hospital or has died: whoever in the clinic hears it first."""
    p = places(user, child)
    return p.is_owner or p.is_office or p.is_team


def may_consent(user: User, child: Child) -> bool:
    """Give, withdraw and read one's own consents, as a guardian."""
    return places(user, child).is_guardian


def may_view_consent_status(user: User, child: Child) -> bool:
    """Read how each item stands; who said what is for the treating team (`may_view_consents`)."""
    p = places(user, child)
    return p.is_owner or p.is_office or p.is_team


def may_view_consents(user: User, child: Child) -> bool:
    return places(user, child).is_treating


def may_record_paper_consent(user: User, child: Child) -> bool:
    """Record a consent given on paper: whoever receives papers, and whoever treats the child."""
    p = places(user, child)
    return p.is_owner or p.is_office or p.is_treating


def may_view_record(user: User, child: Child) -> bool:
    """Read the clinical record as a whole: the care team, and guardians by their own rules."""
    p = places(user, child)
    return p.is_reading or p.is_guardian


def may_treat(user: User, child: Child) -> bool:
    """Write the clinical record and sign for it."""
    return places(user, child).is_treating


def may_assist(user: User, child: Child) -> bool:
    """Write drafts into the clinical record, for a supervisor to publish."""
    return places(user, child).is_team


def may_log_for(user: User, child: Child) -> bool:
    """Log sessions, bedtimes and observations, as a caregiver or on a family's behalf."""
    return places(user, child).is_logging


def may_manage_care_team(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_owner or p.is_treating


def may_grant_access(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_owner or p.is_treating


def may_draft_invitation(user: User, child: Child) -> bool:
    """Draft an invitation; only those who may grant access can send it."""
    p = places(user, child)
    return p.is_owner or p.is_office or p.is_team


def may_invite_caregiver(user: User, child: Child) -> bool:
    """Guardians may invite people who only log."""
    p = places(user, child)
    return p.is_owner or p.is_treating or p.is_guardian


def may_view_audit(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_owner or p.is_treating or p.is_guardian


def may_view_clinic_audit(user: User, clinic: Clinic) -> bool:
    """Read and export all of a clinic's audit: owners."""
    return Role.OWNER in roles_in(user, clinic)


# ---- emergency access ("breaking the glass") -------------------------------------------------------------


def may_break_glass_in(user: User, clinic: Clinic) -> bool:
    """Search for a child of this clinic in an emergency: those with the right to treat here."""
    return bool(roles_in(user, clinic) & TREATING_ROLES)


def may_break_glass(user: User, child: Child) -> bool:
    """Open this child's record in an emergency: staff with the right to treat who are not on its team."""
    p = places(user, child)
    return bool(p.roles & TREATING_ROLES) and not p.is_team


def may_view_glass(user: User, glass: BreakGlass) -> bool:
    """Agrees with `BreakGlass.objects.visible_to(user)`: whoever opened it, the child's team, owners."""
    p = places(user, glass.child)
    return p.is_owner or p.is_team or (p.is_staff and glass.opened_by_id == user.pk)


def may_review_glass(user: User, glass: BreakGlass) -> bool:
    """Mark as reviewed: an owner, but not one's own access if there is another owner."""
    if Role.OWNER not in roles_in(user, glass.clinic):
        return False
    others = ClinicMembership.objects.active().filter(clinic=glass.clinic).with_role(Role.OWNER)
    return glass.opened_by_id != user.pk or not others.exclude(user=user).exists()
