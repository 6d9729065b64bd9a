"""Care teams: joining, leaving, handing over, covering."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from clinic import audit, policy
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import CareTeam, Child, ClinicMembership, User
from clinic.models.caseload import CareTeamQuerySet
from clinic.services import invitations
from clinic.vocabulary import SUPERVISED_ROLES, TREATING_ROLES, AuditCode, CareTeamKind, Role


class NotStaffHere(Invalid):
    """This person does not work in the clinic, or not with children."""

    code = "not_staff_here"


class AlreadyOnTeam(Conflict):
    """This person is on the child's care team already."""

    code = "already_on_team"


class NotOnTeam(Conflict):
    """This place on the team has ended."""

    code = "not_on_team"


class SupervisorNeeded(Invalid):
    """Assistants and students need a supervisor who treats the child."""

    code = "supervisor_needed"


class StillSupervises(Conflict):
    """This person supervises `count` people; give them another supervisor first."""

    code = "still_supervises"


class NotYourPlace(Forbidden):
    """A therapist hands over or covers only their own place; an owner changes the others."""

    code = "not_your_place"


@transaction.atomic
def join_care_team(
    *,
    by: User,
    child: Child,
    therapist: User,
    now: dt.datetime,
    kind: CareTeamKind = CareTeamKind.MEMBER,
    supervisor: User | None = None,
) -> CareTeam:
    """A place on the child's team from now on. An owner gives it.

    Raises NotYourPlace (403), NotStaffHere or SupervisorNeeded (400), AlreadyOnTeam (409).
    """
    if not policy.places(by, child).is_owner:
        raise NotYourPlace
    return _join(
        by=by, child=child, therapist=therapist, kind=kind, supervisor=supervisor, from_at=now, now=now
    )


@transaction.atomic
def arrange_cover(
    *,
    by: User,
    child: Child,
    therapist: User,
    until_at: dt.datetime,
    now: dt.datetime,
    from_at: dt.datetime | None = None,
) -> CareTeam:
    """A dated place that treats like any other while it lasts, from `from_at` (None: now).

    Raises Forbidden, NotStaffHere or Invalid (400), AlreadyOnTeam (409).
    """
    _demand_manages(by, child)
    from_at = from_at or now
    if not now <= from_at < until_at:
        raise Invalid(field="until_at", allowed="after_the_beginning")
    return _join(
        by=by,
        child=child,
        therapist=therapist,
        kind=CareTeamKind.COVER,
        supervisor=None,
        from_at=from_at,
        until_at=until_at,
        now=now,
    )


@transaction.atomic
def leave_care_team(*, by: User, place: CareTeam, now: dt.datetime) -> None:
    """The place ended now. Raises NotOnTeam or StillSupervises (409), NotYourPlace (403)."""
    _demand_own(by, place)
    place = _held(place, now)
    count = _supervised_by(place).count()
    if count:
        raise StillSupervises(count=count)
    _leave(by, place, now)


@transaction.atomic
def hand_over(*, by: User, place: CareTeam, to: User, now: dt.datetime) -> CareTeam:
    """`to` in this place from now on, supervising whoever worked under it, answering for open invitations.

    Somebody who is on the team already takes over the lead. Raises NotOnTeam (409), NotYourPlace (403),
    NotStaffHere (400) for somebody who may not treat.
    """
    _demand_own(by, place)
    place = _held(place, now)
    if place.therapist_id == to.pk:
        raise AlreadyOnTeam(field="to")
    if not _roles(to, place.child) & TREATING_ROLES:
        raise NotStaffHere(field="to")
    supervised, until_at = list(_supervised_by(place)), place.until_at
    _leave(by, place, now)
    taken = CareTeam.objects.active().filter(child=place.child, therapist=to).order_by("id").first()
    if taken is not None and taken.kind == CareTeamKind.COVER:
        _leave(by, taken, now)
        taken = None
    if taken is None:
        taken = _join(
            by=by,
            child=place.child,
            therapist=to,
            kind=CareTeamKind(place.kind),
            supervisor=None,
            from_at=now,
            until_at=until_at,
            now=now,
        )
    elif place.kind == CareTeamKind.LEAD:
        taken.kind = CareTeamKind.LEAD
        taken.save(update_fields=["kind"])
    for under in supervised:
        _supervise(by, under, to, now)
    invitations.pass_on(child=place.child, inviter=place.therapist, to=to)
    return taken


@transaction.atomic
def hand_over_caseload(
    *, by: User, of: ClinicMembership, places: Collection[uuid.UUID], to: User, now: dt.datetime
) -> int:
    """How many of these places of one person `to` has from now on: all of them or none.

    Raises what `hand_over` raises; NotOnTeam (409) also for a place that is not this person's any more.
    """
    rows = CareTeam.objects.active().filter(
        clinic=of.clinic, therapist=of.user, supervisor__isnull=True, pk__in=places
    )
    held = list(rows.select_related("child").order_by("id"))
    if len(held) < len(set(places)):
        raise NotOnTeam
    for place in held:
        hand_over(by=by, place=place, to=to, now=now)
    return len(held)


@transaction.atomic
def change_supervisor(*, by: User, place: CareTeam, supervisor: User, now: dt.datetime) -> CareTeam:
    """The place of an assistant or student under another supervisor.

    Raises Forbidden, SupervisorNeeded (400).
    """
    _demand_manages(by, place.child)
    place = _held(place, now)
    _demand_supervisor(place.child, supervisor)
    return _supervise(by, place, supervisor, now)


# ---- steps ----------------------------------------------------------------------------------------------


def _join(
    *,
    by: User,
    child: Child,
    therapist: User,
    kind: CareTeamKind,
    supervisor: User | None,
    from_at: dt.datetime,
    now: dt.datetime,
    until_at: dt.datetime | None = None,
) -> CareTeam:
    # The child's row is the lock: two people giving the same place at once are asked in turn.
    Child.objects.select_for_update().get(pk=child.pk)
    roles = _roles(therapist, child)
    if roles & TREATING_ROLES:
        supervisor = None
    elif roles & SUPERVISED_ROLES and kind == CareTeamKind.MEMBER:
        _demand_supervisor(child, supervisor)
    else:
        raise NotStaffHere(field="therapist")
    overlapping = Q(until_at__isnull=True) | Q(until_at__gt=from_at)
    placed_until = _placed_until(therapist, child)
    if placed_until is not None:
        until_at = min(until_at or placed_until, placed_until)
    if until_at is not None:
        overlapping &= Q(from_at__lt=until_at)
    if CareTeam.objects.filter(overlapping, child=child, therapist=therapist).exists():
        raise AlreadyOnTeam(field="therapist")
    place = CareTeam.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        therapist=therapist,
        kind=kind,
        supervisor=supervisor,
        from_at=from_at,
        until_at=until_at,
    )
    _audit(AuditCode.JOINED_CARE_TEAM, by, place, now)
    return place


def _leave(by: User, place: CareTeam, now: dt.datetime) -> None:
    place.until_at = now
    place.save(update_fields=["until_at"])
    _audit(AuditCode.LEFT_CARE_TEAM, by, place, now)


def _supervise(by: User, place: CareTeam, supervisor: User, now: dt.datetime) -> CareTeam:
    place.supervisor = supervisor
    place.save(update_fields=["supervisor"])
    _audit(AuditCode.CHANGED_CARE_TEAM, by, place, now)
    return place


def _roles(person: User, child: Child) -> frozenset[Role]:
    membership = ClinicMembership.objects.active().filter(user=person, clinic_id=child.clinic_id).first()
    return frozenset(Role(role) for role in membership.roles) if membership else frozenset()


def _placed_until(person: User, child: Child) -> dt.datetime | None:
    """When this person's placement is over, by which a place on a team ends too; None: they have none."""
    held = ClinicMembership.objects.active().filter(user=person, clinic_id=child.clinic_id).first()
    return held.placed_until if held else None


def _demand_own(by: User, place: CareTeam) -> None:
    if place.therapist_id != by.pk and not policy.places(by, place.child).is_owner:
        raise NotYourPlace


def _demand_manages(by: User, child: Child) -> None:
    if not policy.may_manage_care_team(by, child):
        raise Forbidden


def _demand_supervisor(child: Child, supervisor: User | None) -> None:
    if supervisor is None or not policy.places(supervisor, child).is_treating:
        raise SupervisorNeeded(field="supervisor")


def _held(place: CareTeam, now: dt.datetime) -> CareTeam:
    """The place as it is, held until the transaction ends. Raises NotOnTeam for one that has ended.

    Also for one that somebody else ended while this transaction waited, which is later than its `now`.
    """
    held = CareTeam.objects.select_for_update().get(pk=place.pk)
    is_over = held.until_at is not None and held.until_at <= now
    if is_over or held.until_at != place.until_at:
        raise NotOnTeam
    return held


def _supervised_by(place: CareTeam) -> CareTeamQuerySet:
    return (
        CareTeam.objects.active().filter(child=place.child, supervisor_id=place.therapist_id).order_by("id")
    )


def _audit(code: AuditCode, by: User, place: CareTeam, now: dt.datetime) -> None:
    audit.record(
        code, by=by, now=now, clinic_id=place.clinic_id, child=place.child, subject=place, detail=place.kind
    )
