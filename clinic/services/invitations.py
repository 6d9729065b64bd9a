"""Invitations to care for a child: offered, renewed, taken back, accepted.

The token is 256 random bits of which only a hash is kept; it is bound to a clinic, a child, a household, a
kind of access and, where one is given, an address; it lives 7 days and opens once. Looking at an invitation
changes nothing, so a mail scanner that follows the link spoils none (trust, section 1).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, unique

from django.db import transaction

from clinic import audit, mail, policy, rls
from clinic.errors import Conflict, DomainError, Forbidden, Unseen
from clinic.localtime import local_day
from clinic.models import CaregiverGrant, Child, ChildHome, Family, Invitation, User
from clinic.services import accounts, values
from clinic.services.homes import NotTheChildsHome
from clinic.vocabulary import AuditCode, GrantKind

LIVES_FOR = dt.timedelta(days=7)

LinkTo = Callable[[str], str]
"""Makes the address a token opens; the face knows its own routes."""


class GuardiansInviteCaregivers(Forbidden):
    """A guardian may invite people who only log, into their own household; guardians are the clinic's to
    invite.
    """

    code = "guardians_invite_caregivers"


@unique
class Over(StrEnum):
    """Why an invitation opens nothing any more."""

    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"
    RESTING = "resting"
    """The child is in hospital: it opens again afterwards, should its days last."""


class InvitationOver(DomainError):
    """The invitation was accepted, taken back, has run out or rests; `over` says which. Ask for a new one."""

    code = "invitation_over"
    status = 410


class InvitationForAnother(Forbidden):
    """The invitation is bound to another address than this account's."""

    code = "invitation_for_another"


class AlreadyHasAccess(Conflict):
    """This person cares for the child already, with the same rights or more."""

    code = "already_has_access"


class CannotJoin(Conflict):
    """No account can be made of this address. Whoever has one signs in and opens the link again.

    Told only to somebody who holds a living invitation, so that addresses cannot be tried.
    """

    code = "cannot_join"


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation and its link, which is shown or sent now and can never be shown again."""

    invitation: Invitation
    token: str
    link: str
    is_mailed: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody who holds the link reads before accepting."""

    clinic_name: str
    child_first_name: str
    kind: GrantKind
    invited_by_name: str
    is_bound_to_address: bool
    expires_at: dt.datetime


# ---- offering -------------------------------------------------------------------------------------------


@transaction.atomic
def invite(
    *,
    by: User,
    child: Child,
    family: Family,
    kind: GrantKind,
    link_to: LinkTo,
    now: dt.datetime,
    relationship: str = "",
    email: str | None = None,
) -> Sent:
    """An invitation with its link; sent where an address is given, else to be handed over.

    Raises GuardiansInviteCaregivers (403), NotTheChildsHome or Invalid (400).
    """
    if not ChildHome.objects.filter(child=child, family=family).exists():
        raise NotTheChildsHome(field="family")
    _demand_may_invite(by, child, family, kind)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        family=family,
        kind=kind,
        relationship=values.words(relationship, "relationship", longest=60),
        email=values.email(email),
        token_hash=hash_of(token),
        invited_by=by,
        created_at=now,
        expires_at=now + LIVES_FOR,
    )
    _audit(AuditCode.INVITED, by, invitation, now)
    return _sent(invitation, token, link_to)


@transaction.atomic
def renew(*, by: User, invitation: Invitation, link_to: LinkTo, now: dt.datetime) -> Sent:
    """The same invitation with a new link for another 7 days; the old link opens nothing any more.

    Raises InvitationOver (410) for one that was accepted or taken back, GuardiansInviteCaregivers (403).
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    over = _over(invitation, now)
    if over is not None and over != Over.EXPIRED:
        raise InvitationOver(over=over)
    _demand_may_invite(by, invitation.child, invitation.family, GrantKind(invitation.kind))
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hash_of(token)
    invitation.expires_at = now + LIVES_FOR
    invitation.save(update_fields=["token_hash", "expires_at"])
    _audit(AuditCode.RENEWED_INVITATION, by, invitation, now)
    return _sent(invitation, token, link_to)


@transaction.atomic
def revoke(*, by: User, invitation: Invitation, now: dt.datetime) -> Invitation:
    """The invitation taken back. Once is enough; an accepted one is left to `ending_access`.

    Raises InvitationOver (410) for an accepted one.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at is not None:
        raise InvitationOver(over=Over.ACCEPTED)
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
        _audit(AuditCode.REVOKED_INVITATION, by, invitation, now)
    return invitation


@transaction.atomic
def revoke_those_of(*, by: User, inviter: User, child: Child, now: dt.datetime) -> int:
    """How many open invitations to the child that `inviter` had made were taken back."""
    open_ones = list(Invitation.objects.open().filter(child=child, invited_by=inviter).order_by("id"))
    for invitation in open_ones:
        revoke(by=by, invitation=invitation, now=now)
    return len(open_ones)


# ---- answering ------------------------------------------------------------------------------------------


def look_at(*, token: str, now: dt.datetime) -> Offer:
    """What the link offers. Changes nothing. Raises Unseen (404) or InvitationOver (410)."""
    invitation = _living(token, now)
    with rls.acting_as(rls.current_stamp().user_id, system="invitations"):
        child = Child.objects.select_related("clinic").get(pk=invitation.child_id)
    return Offer(
        clinic_name=child.clinic.name,
        child_first_name=child.first_name,
        kind=GrantKind(invitation.kind),
        invited_by_name=invitation.invited_by.name,
        is_bound_to_address=invitation.email is not None,
        expires_at=invitation.expires_at,
    )


@transaction.atomic
def accept(*, by: User, token: str, now: dt.datetime) -> CaregiverGrant:
    """Access for somebody who has an account, from now on; the invitation is used up.

    Whoever only logs becomes a guardian by a guardian's invitation. Raises Unseen (404), InvitationOver
    (410), InvitationForAnother (403), AlreadyHasAccess (409).
    """
    with rls.acting_as(by, system="invitations"):
        return _accepted(by, token, now)


def _accepted(by: User, token: str, now: dt.datetime) -> CaregiverGrant:
    invitation = _living(token, now, is_locked=True)
    if invitation.email is not None and values.email(by.email) != values.email(invitation.email):
        raise InvitationForAnother
    held = CaregiverGrant.objects.select_for_update().filter(
        child_id=invitation.child_id, user=by, revoked_at__isnull=True
    ).first()  # fmt: skip
    if held is not None:
        is_valid = held.valid_until is None or held.valid_until > now
        if is_valid and held.kind in {GrantKind.GUARDIAN, invitation.kind}:
            raise AlreadyHasAccess
        held.revoked_at = now
        held.revoked_by = invitation.invited_by
        held.save(update_fields=["revoked_at", "revoked_by"])
    grant = CaregiverGrant.objects.create(
        clinic_id=invitation.clinic_id,
        child_id=invitation.child_id,
        family_id=invitation.family_id,
        user=by,
        kind=invitation.kind,
        relationship=invitation.relationship,
        basis="invitation",
        valid_from=now,
    )
    invitation.accepted_at = now
    invitation.accepted_by = by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _audit(AuditCode.ACCEPTED_INVITATION, by, invitation, now)
    audit.record(
        AuditCode.GRANTED_ACCESS,
        by=by,
        now=now,
        clinic_id=grant.clinic_id,
        child_id=grant.child_id,
        subject=grant,
        detail=grant.kind,
    )
    return grant


@transaction.atomic
def join(
    *, token: str, name: str, email: str, password: str, now: dt.datetime, locale: str = "", zone: str = ""
) -> tuple[User, CaregiverGrant]:
    """A new account and the access it was invited to, both or neither.

    Raises Unseen (404), InvitationOver (410), CannotJoin (409), InvitationForAnother (403), PasswordTooWeak
    or Invalid (400), naming the field. The faces limit how often it may be tried.
    """
    _living(token, now)
    try:
        user = accounts.make_account(
            name=name, email=email, password=password, locale=locale, zone=zone, now=now
        )
    except accounts.AddressInUse:
        raise CannotJoin(field="email") from None
    return user, accept(by=user, token=token, now=now)


# ---- steps ----------------------------------------------------------------------------------------------


def hash_of(token: str) -> str:
    """What is kept of a token; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@rls.helped_by("invitations")
def _living(token: str, now: dt.datetime, *, is_locked: bool = False) -> Invitation:
    invitations = Invitation.objects.select_for_update() if is_locked else Invitation.objects.all()
    invitation = invitations.filter(token_hash=hash_of(token)).first()
    if invitation is None:
        raise Unseen
    over = _over(invitation, now) or (Over.RESTING if _rests(invitation) else None)
    if over is not None:
        raise InvitationOver(over=over)
    return invitation


def _rests(invitation: Invitation) -> bool:
    """Whether the child is in hospital; whoever holds an invitation cannot see them."""
    with rls.acting_as(rls.current_stamp().user_id, system="invitations"):
        return Child.objects.filter(pk=invitation.child_id, in_hospital_since__isnull=False).exists()


def _over(invitation: Invitation, now: dt.datetime) -> Over | None:
    if invitation.accepted_at is not None:
        return Over.ACCEPTED
    if invitation.revoked_at is not None:
        return Over.REVOKED
    return Over.EXPIRED if invitation.expires_at <= now else None


def _demand_may_invite(by: User, child: Child, family: Family, kind: GrantKind) -> None:
    place = policy.places(by, child)
    if place.is_owner or place.is_treating:
        return
    is_own_home = Family.objects.filter(pk=family.pk).guarded_by(by).exists()
    if not (place.is_guardian and is_own_home and kind == GrantKind.CAREGIVER):
        raise GuardiansInviteCaregivers(field="kind" if is_own_home else "family")


def _sent(invitation: Invitation, token: str, link_to: LinkTo) -> Sent:
    is_mailed = (
        invitation.email is not None and Child.objects.undisturbed().filter(pk=invitation.child_id).exists()
    )
    sent = Sent(invitation=invitation, token=token, link=link_to(token), is_mailed=is_mailed)
    if sent.is_mailed and invitation.email is not None:
        mail.send_on_commit(
            "invitation",
            to=invitation.email,
            language=invitation.family.locale,
            words={
                "link": sent.link,
                "until_on": local_day(invitation.expires_at, invitation.family.zone),
            },
            about=invitation.child_id,
        )
    return sent


def _audit(code: AuditCode, by: User, invitation: Invitation, now: dt.datetime) -> None:
    audit.record(
        code,
        by=by,
        now=now,
        clinic_id=invitation.clinic_id,
        child_id=invitation.child_id,
        subject=invitation,
        detail=invitation.kind,
    )
