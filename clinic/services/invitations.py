"""Invitations to care for a child: drafted, sent, renewed, withdrawn (answered in `answering_invitations`).

A link's token has 256 random bits and the code of a printed letter 60; only hashes are stored. Both open one
invitation, bound to a clinic, a child, a household, a kind of access and, if given, an e-mail address. It
lives 7 days and works once (docs/adr/0008).
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, unique

from django.db import transaction
from django.db.models import Q

from clinic import mail, policy, typed_codes
from clinic.errors import Conflict, DomainError, Forbidden, Invalid
from clinic.localtime import day_bounds, local_day
from clinic.models import Child, ChildHome, Family, Invitation, User
from clinic.services import values
from clinic.services.answering_invitations import Key, in_letter, tell
from clinic.services.homes import NotTheChildsHome
from clinic.vocabulary import AuditCode, GrantKind

LIVES_FOR = dt.timedelta(days=7)

LinkTo = Callable[[str], str]
"""Makes the address a token opens; the face knows its own routes."""


class GuardiansInviteCaregivers(Forbidden):
    """A guardian may invite people who only log, into their own household; the clinic invites guardians."""

    code = "guardians_invite_caregivers"


@unique
class Over(StrEnum):
    """Why an invitation can be neither renewed nor taken back."""

    ACCEPTED = "accepted"
    REVOKED = "revoked"
    ACCESS_ENDED = "access_ended"


class InvitationOver(DomainError):
    """The invitation was accepted or withdrawn, or its access would have ended already; `over` says which."""

    code = "invitation_over"
    status = 410


class RecordPutAway(Conflict):
    """The child's record is archived; nobody can be invited to it."""

    code = "record_put_away"


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation with its link and typed code: shown or sent now, and never again."""

    invitation: Invitation
    token: str
    code: str
    link: str
    is_mailed: bool


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
    last_on: dt.date | None = None,
) -> Sent:
    """An invitation with its link; sent where an address is given, else to be handed over.

    `last_on` is the last day of the access, which then ends by itself; None: it does not. Raises
    GuardiansInviteCaregivers (403), RecordPutAway (409), NotTheChildsHome or Invalid (400).
    """
    _demand_home(child, family)
    _demand_may_invite(by, child, family, kind)
    invitation = _kept(by, child, family, kind, now, relationship, email, last_on)
    token, code = _locked_anew(invitation)
    tell(AuditCode.INVITED, by, invitation, now)
    return _sent(invitation, token, code, link_to)


@transaction.atomic
def draft(
    *,
    by: User,
    child: Child,
    family: Family,
    kind: GrantKind,
    now: dt.datetime,
    relationship: str = "",
    email: str | None = None,
    last_on: dt.date | None = None,
) -> Invitation:
    """An invitation that somebody who may invite has to send (`renew`); until then there is nothing to open.

    Raises Forbidden, RecordPutAway (409), NotTheChildsHome or Invalid (400).
    """
    _demand_home(child, family)
    if not policy.may_draft_invitation(by, child):
        raise Forbidden
    drafted = _kept(by, child, family, kind, now, relationship, email, last_on, drafted_by=by)
    drafted.save(force_insert=True)
    tell(AuditCode.DRAFTED_INVITATION, by, drafted, now)
    return drafted


@transaction.atomic
def renew(*, by: User, invitation: Invitation, link_to: LinkTo, now: dt.datetime) -> Sent:
    """The same invitation with a new link and code for another 7 days; the old ones open nothing any more. So
    a draft is sent.

    Whoever renews it answers for it from now on. Raises InvitationOver (410) for one that was accepted or
    taken back, RecordPutAway (409), GuardiansInviteCaregivers (403).
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    over = _over(invitation, now)
    if over is not None:
        raise InvitationOver(over=over)
    _demand_may_invite(by, invitation.child, invitation.family, GrantKind(invitation.kind))
    if invitation.child.archived_at is not None:
        raise RecordPutAway
    done = AuditCode.RENEWED_INVITATION if invitation.token_hash else AuditCode.INVITED
    invitation.expires_at, invitation.invited_by = now + LIVES_FOR, by
    token, code = _locked_anew(invitation)
    tell(done, by, invitation, now)
    return _sent(invitation, token, code, link_to)


@transaction.atomic
def revoke(*, by: User, invitation: Invitation, now: dt.datetime) -> Invitation:
    """The invitation taken back. Once is enough; an accepted one is left to `ending_access`.

    A guardian takes back those they answer for, whoever drafted one their draft. Raises Forbidden,
    InvitationOver (410) for an accepted one.
    """
    place = policy.places(by, invitation.child)
    is_own = invitation.invited_by_id == by.pk
    is_own_draft = is_own and invitation.token_hash is None and place.is_staff
    if not (place.is_owner or place.is_treating or (place.is_guardian and is_own) or is_own_draft):
        raise Forbidden
    return _taken_back(by, invitation, now)


@transaction.atomic
def revoke_those_of(*, by: User, inviter: User, child: Child, now: dt.datetime) -> int:
    """How many open invitations to the child that `inviter` answered for were taken back."""
    return _revoke_each(by, child, Q(invited_by=inviter), now)


@transaction.atomic
def revoke_all(*, by: User, child: Child, now: dt.datetime) -> int:
    """How many open invitations to the child were taken back: its care has ended, or it has died."""
    return _revoke_each(by, child, Q(), now)


def pass_on(*, child: Child, inviter: User, to: User) -> None:
    """`to` answers for the open invitations of `inviter`, whose place on the team they take."""
    Invitation.objects.open().filter(child=child, invited_by=inviter).update(invited_by=to)


def _revoke_each(by: User, child: Child, which: Q, now: dt.datetime) -> int:
    open_ones = list(Invitation.objects.open().filter(which, child=child).order_by("id"))
    for invitation in open_ones:
        _taken_back(by, invitation, now)
    return len(open_ones)


def _taken_back(by: User, invitation: Invitation, now: dt.datetime) -> Invitation:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at is not None:
        raise InvitationOver(over=Over.ACCEPTED)
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
        tell(AuditCode.REVOKED_INVITATION, by, invitation, now)
    return invitation


def _demand_home(child: Child, family: Family) -> None:
    if not ChildHome.objects.filter(child=child, family=family).exists():
        raise NotTheChildsHome(field="family")


def _kept(
    by: User,
    child: Child,
    family: Family,
    kind: GrantKind,
    now: dt.datetime,
    relationship: str,
    email: str | None,
    last_on: dt.date | None,
    drafted_by: User | None = None,
) -> Invitation:
    """An invitation that nothing opens yet. Raises RecordPutAway, Invalid."""
    if child.archived_at is not None:
        raise RecordPutAway
    return Invitation(
        clinic_id=child.clinic_id,
        child=child,
        family=family,
        kind=kind,
        relationship=values.words(relationship, "relationship", longest=60),
        email=values.email(email),
        last_on=last_on,
        access_until=_end_of(last_on, family, now),
        invited_by=by,
        drafted_by=drafted_by,
        created_at=now,
        expires_at=now + LIVES_FOR,
    )


def _locked_anew(invitation: Invitation) -> tuple[str, str]:
    """A new link's token and a new code, which open it from now on; it is saved with their hashes."""
    token, code = secrets.token_urlsafe(32), typed_codes.new_code()
    invitation.token_hash, invitation.code_hash = Key.of_token(token).kept, Key.of_code(code).kept
    invitation.save()
    return token, code


def _over(invitation: Invitation, now: dt.datetime) -> Over | None:
    if invitation.accepted_at is not None:
        return Over.ACCEPTED
    if invitation.access_until is not None and invitation.access_until <= now:
        return Over.ACCESS_ENDED
    return Over.REVOKED if invitation.revoked_at is not None else None


def _end_of(last_on: dt.date | None, family: Family, now: dt.datetime) -> dt.datetime | None:
    """When a day ends at that home, if it is not over. Raises Invalid (`last_on`)."""
    if last_on is None:
        return None
    _begins, ends = day_bounds(last_on, family.zone)
    if ends <= now:
        raise Invalid(field="last_on", allowed="not_before_today")
    return ends


def _demand_may_invite(by: User, child: Child, family: Family, kind: GrantKind) -> None:
    place = policy.places(by, child)
    if place.is_owner or place.is_treating:
        return
    is_own_home = Family.objects.filter(pk=family.pk).guarded_by(by).exists()
    if not (place.is_guardian and is_own_home and kind == GrantKind.CAREGIVER):
        raise GuardiansInviteCaregivers(field="kind" if is_own_home else "family")


def _sent(invitation: Invitation, token: str, code: str, link_to: LinkTo) -> Sent:
    is_mailed = (
        invitation.email is not None and Child.objects.undisturbed().filter(pk=invitation.child_id).exists()
    )
    sent = Sent(invitation, token=token, code=code, link=link_to(token), is_mailed=is_mailed)
    if sent.is_mailed and invitation.email is not None:
        mail.send_on_commit(
            "invitation",
            to=invitation.email,
            language=invitation.family.locale,
            words={
                "link": link_to(in_letter(token)),
                "until_on": local_day(invitation.expires_at, invitation.family.zone),
            },
            about=invitation.child_id,
        )
    return sent
