"""Clinic staff: adding people, changing their roles, ending their membership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from clinic import audit, mail, policy
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.localtime import day_bounds, local_day
from clinic.models import CareTeam, Clinic, ClinicMembership, Invitation, User
from clinic.models.people import MembershipQuerySet
from clinic.services import accounts, values
from clinic.services.caseload import StillSupervises
from clinic.vocabulary import SUPERVISED_ROLES, AuditCode, Role


class AlreadyStaff(Conflict):
    """This person works in the clinic already; change their roles instead."""

    code = "already_staff"


class LastOwner(Conflict):
    """A clinic needs at least one owner; make somebody else an owner first."""

    code = "last_owner"


class NotStaffAnyMore(Conflict):
    """This membership has ended."""

    code = "not_staff_any_more"


class NotPlaced(Invalid):
    """Placement dates are only for people who are nothing but assistants or students here."""

    code = "not_placed"


@transaction.atomic
def add_staff(
    *,
    by: User | None,
    clinic: Clinic,
    name: str,
    email: str,
    roles: Iterable[Role],
    now: dt.datetime,
    credentials: Iterable[str] = (),
) -> ClinicMembership:
    """A person's place in the clinic, found by address or made; a new person is written to.

    Somebody who has an account keeps it as it is, their name too. `by` is None for the operator's command.
    Raises Forbidden, AlreadyStaff (409), Invalid (400), naming the field.
    """
    if by is not None:
        _demand(by, clinic)
    address = values.email(email)
    if address is None:
        raise Invalid(field="email", allowed="not_empty")
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        user = accounts.make_account(name=name, email=address, password=None, locale=clinic.locale, now=now)
        mail.send_on_commit(
            "staff-added",
            to=address,
            language=clinic.locale,
            words={
                "clinic": clinic.name,
                "set_password": f"{settings.PUBLIC_URL}/accounts/password/reset/",
            },
        )
    if _locked(clinic).filter(user=user).exists():
        raise AlreadyStaff(field="email")
    membership = ClinicMembership.objects.create(
        clinic=clinic,
        user=user,
        roles=_known(roles),
        credentials=_credentials(credentials),
        started_at=now,
    )
    audit.record(AuditCode.ADDED_STAFF, by=by, now=now, clinic_id=clinic.pk, subject=membership)
    return membership


@transaction.atomic
def change_staff(
    *,
    by: User,
    membership: ClinicMembership,
    now: dt.datetime,
    roles: Iterable[Role] | None = None,
    credentials: Iterable[str] | None = None,
) -> ClinicMembership:
    """The membership with other roles or credentials; what is None stays.

    Raises Forbidden, LastOwner or NotStaffAnyMore (409), Invalid (400).
    """
    _demand(by, membership.clinic)
    held = _held(membership)
    if roles is not None:
        kept = _known(roles)
        if Role.OWNER not in kept:
            _demand_other_owner(held)
        held.roles = kept
    if credentials is not None:
        held.credentials = _credentials(credentials)
    held.save(update_fields=["roles", "credentials"])
    audit.record(AuditCode.CHANGED_STAFF, by=by, now=now, clinic_id=held.clinic_id, subject=held)
    return held


@transaction.atomic
def set_placement(
    *, by: User, membership: ClinicMembership, last_on: dt.date | None, now: dt.datetime
) -> ClinicMembership:
    """A placement until the end of a day at the clinic (None: without an end), with every place on a team.

    All they could see closes by itself then: access asks the clock, no job ends it. A place that was to end
    earlier does. Raises Invalid for a day that is over, NotPlaced for who is not supervised alone (400),
    NotStaffAnyMore (409), Forbidden.
    """
    _demand(by, membership.clinic)
    held = _held(membership)
    if not set(held.roles) <= SUPERVISED_ROLES:
        raise NotPlaced(field="last_on")
    until = None
    if last_on is not None:
        if last_on < local_day(now, held.clinic.zone):
            raise Invalid(field="last_on", allowed="not_before_today")
        until = day_bounds(last_on, held.clinic.zone)[1]
    before = held.placed_until
    held.placed_until = until
    held.save(update_fields=["placed_until"])
    for place in CareTeam.objects.active().filter(clinic=held.clinic, therapist=held.user):
        if place.until_at in (None, before) or (until is not None and place.until_at > until):
            place.until_at = until
            place.save(update_fields=["until_at"])
    audit.record(
        AuditCode.CHANGED_STAFF, by=by, now=now, clinic_id=held.clinic_id, subject=held, detail="placement"
    )
    return held


@transaction.atomic
def end_staff(*, by: User, membership: ClinicMembership, now: dt.datetime) -> ClinicMembership:
    """The membership ended, with the person's places on care teams and the invitations they left open.

    Raises Forbidden, LastOwner, NotStaffAnyMore or StillSupervises (409): whoever works under them needs
    somebody else first.
    """
    _demand(by, membership.clinic)
    held = _held(membership)
    _demand_other_owner(held)
    places = CareTeam.objects.active().filter(clinic=held.clinic, supervisor=held.user)
    if count := places.count():
        raise StillSupervises(count=count)
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    for place in CareTeam.objects.filter(clinic=held.clinic, therapist=held.user).exclude(until_at__lte=now):
        place.until_at = max(now, place.from_at)
        place.save(update_fields=["until_at"])
        audit.record(
            AuditCode.LEFT_CARE_TEAM,
            by=by,
            now=now,
            clinic_id=held.clinic_id,
            child_id=place.child_id,
            subject=place,
        )
    for invitation in Invitation.objects.open().filter(clinic=held.clinic, invited_by=held.user):
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
        audit.record(
            AuditCode.REVOKED_INVITATION,
            by=by,
            now=now,
            clinic_id=held.clinic_id,
            child_id=invitation.child_id,
            subject=invitation,
        )
    audit.record(AuditCode.ENDED_STAFF, by=by, now=now, clinic_id=held.clinic_id, subject=held)
    return held


def _demand(by: User, clinic: Clinic) -> None:
    if not policy.may_manage_staff(by, clinic):
        raise Forbidden


def _locked(clinic: Clinic) -> MembershipQuerySet:
    """The clinic's memberships, held until the transaction ends: two owners cannot leave at once.

    Whoever waited for the lock began before the other's end: the column is asked, not the clock (ADR 2).
    """
    Clinic.objects.select_for_update().get(pk=clinic.pk)
    return ClinicMembership.objects.filter(clinic=clinic, ended_at__isnull=True)


def _held(membership: ClinicMembership) -> ClinicMembership:
    held = _locked(membership.clinic).filter(pk=membership.pk).first()
    if held is None:
        raise NotStaffAnyMore
    return held


def _demand_other_owner(held: ClinicMembership) -> None:
    if not held.has_role(Role.OWNER):
        return
    others = _locked(held.clinic).exclude(pk=held.pk)
    if not others.with_role(Role.OWNER).exists():
        raise LastOwner


def _known(roles: Iterable[Role]) -> list[str]:
    known = sorted({str(role) for role in roles})
    if not known or not set(known) <= {str(role) for role in Role}:
        raise Invalid(field="roles", allowed=[str(role) for role in Role])
    return known


def _credentials(credentials: Iterable[str]) -> list[str]:
    given = [values.words(each, "credentials", longest=60) for each in credentials]
    return [each for each in given if each]
