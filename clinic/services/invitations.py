"""Invitations to care for a child: drafted, offered, renewed, taken back, accepted.

A link's token is 256 random bits, the code of a printed letter 60, of which only hashes are kept. Both open
one invitation, bound to a clinic, a child, a household, a kind of access and, where one is given, an address;
it lives 7 days and opens once. Looking at it changes nothing, so a mail scanner that follows the link spoils
none. What opens nothing answers alike, whatever the reason (trust, section 1).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Self

from django.db import transaction
from django.db.models import Q

from clinic import audit, limits, mail, policy, rls, typed_codes
from clinic.errors import Conflict, DomainError, Forbidden, Invalid
from clinic.limits import Limit
from clinic.localtime import day_bounds, local_day
from clinic.models import CaregiverGrant, Child, ChildHome, Family, Invitation, User
from clinic.services import accounts, values
from clinic.services.homes import NotTheChildsHome
from clinic.vocabulary import AuditCode, GrantKind

LIVES_FOR = dt.timedelta(days=7)

HOUR = 60 * 60
WRONG_CODES = Limit("wrong-invitation-codes", most=10, within_seconds=HOUR)
"""Typed from one address. Links are not counted: 256 bits are not guessed."""

ANSWERS = Limit("invitation-answers", most=10, within_seconds=HOUR)
"""To one link or one code, each counted apart: whoever tries a code wears out no link."""

LinkTo = Callable[[str], str]
"""Makes the address a token opens; the face knows its own routes."""


class GuardiansInviteCaregivers(Forbidden):
    """A guardian may invite people who only log, into their own household; guardians are the clinic's to
    invite.
    """

    code = "guardians_invite_caregivers"


@unique
class Over(StrEnum):
    """Why an invitation can be neither renewed nor taken back."""

    ACCEPTED = "accepted"
    REVOKED = "revoked"
    ACCESS_ENDED = "access_ended"


class InvitationOver(DomainError):
    """The invitation was accepted or taken back, or its access would have ended; `over` says which."""

    code = "invitation_over"
    status = 410


class OpensNothing(DomainError):
    """The link or code opens nothing: wrong, used, replaced, taken back, run out, or resting while the child
    is in hospital. Which of them is told to nobody, so that trying teaches nothing.
    """

    code = "opens_nothing"
    status = 404


class RecordPutAway(Conflict):
    """The child's record is put away; nobody is invited to it."""

    code = "record_put_away"


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
class Key:
    """What opens an invitation, as it is kept: the hash of a link's token, or of a typed code."""

    kept: str

    @classmethod
    def of_token(cls, token: str) -> Self:
        """256 random bits need no salt."""
        return cls(hashlib.sha256(token.encode()).hexdigest())

    @classmethod
    def of_code(cls, code: str) -> Self:
        """Raises OpensNothing for what cannot be a code."""
        typed = typed_codes.as_typed(code)
        if typed is None:
            raise OpensNothing
        return cls(typed_codes.hash_of_code(typed, purpose="invitation"))


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation with its link and typed code: shown or sent now, and never again."""

    invitation: Invitation
    token: str
    code: str
    link: str
    is_mailed: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody who holds the link reads before accepting."""

    clinic_name: str
    child_first_name: str
    kind: GrantKind
    invited_by_name: str
    is_of_family: bool
    is_bound_to_address: bool
    expires_at: dt.datetime
    last_on: dt.date | None


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
    last_on: dt.date | None = None,
) -> Sent:
    """An invitation with its link; sent where an address is given, else to be handed over.

    `last_on` is the last day of the access, which then ends by itself; None: it does not. Raises
    GuardiansInviteCaregivers (403), RecordPutAway (409), NotTheChildsHome or Invalid (400).
    """
    if not ChildHome.objects.filter(child=child, family=family).exists():
        raise NotTheChildsHome(field="family")
    _demand_may_invite(by, child, family, kind)
    if child.archived_at is not None:
        raise RecordPutAway
    token, code = secrets.token_urlsafe(32), typed_codes.new_code()
    invitation = Invitation.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        family=family,
        kind=kind,
        relationship=values.words(relationship, "relationship", longest=60),
        email=values.email(email),
        last_on=last_on,
        access_until=_end_of(last_on, family, now),
        token_hash=Key.of_token(token).kept,
        code_hash=Key.of_code(code).kept,
        invited_by=by,
        created_at=now,
        expires_at=now + LIVES_FOR,
    )
    _audit(AuditCode.INVITED, by, invitation, now)
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
    if not ChildHome.objects.filter(child=child, family=family).exists():
        raise NotTheChildsHome(field="family")
    if not policy.may_draft_invitation(by, child):
        raise Forbidden
    if child.archived_at is not None:
        raise RecordPutAway
    drafted = Invitation.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        family=family,
        kind=kind,
        relationship=values.words(relationship, "relationship", longest=60),
        email=values.email(email),
        last_on=last_on,
        access_until=_end_of(last_on, family, now),
        invited_by=by,
        drafted_by=by,
        created_at=now,
        expires_at=now + LIVES_FOR,
    )
    _audit(AuditCode.DRAFTED_INVITATION, by, drafted, now)
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
    token, code = secrets.token_urlsafe(32), typed_codes.new_code()
    invitation.token_hash, invitation.code_hash = Key.of_token(token).kept, Key.of_code(code).kept
    invitation.expires_at, invitation.invited_by = now + LIVES_FOR, by
    invitation.save(update_fields=["token_hash", "code_hash", "expires_at", "invited_by"])
    _audit(done, by, invitation, now)
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
        _audit(AuditCode.REVOKED_INVITATION, by, invitation, now)
    return invitation


# ---- answering ------------------------------------------------------------------------------------------


def key_of_typed(*, code: str, address: str | None, now: dt.datetime) -> Key:
    """What a code typed at this network address opens. Changes nothing but the count of wrong ones.

    Raises OpensNothing (404), and TriedTooOften (429) after ten wrong codes within the hour.
    """
    place = limits.network_of(address)
    limits.take(WRONG_CODES, place)
    key = Key.of_code(code)
    _living(key, now)
    limits.give_back(WRONG_CODES, place)
    return key


def count_answer(key: Key) -> None:
    """Count an answer to a link or code. Raises TriedTooOften (429) for the eleventh within an hour."""
    limits.take(ANSWERS, key.kept)


def look_at(*, key: Key, now: dt.datetime, by: User | None = None) -> Offer:
    """What the link or code offers; `by` is whoever is signed in. Changes nothing.

    Raises OpensNothing (404), InvitationForAnother (403).
    """
    invitation = _living(key, now)
    if by is not None:
        _demand_address(invitation, by)
    with rls.helped_by("invitations"):
        child = Child.objects.select_related("clinic").get(pk=invitation.child_id)
        is_of_family = not policy.roles_in(invitation.invited_by, child.clinic)
    return Offer(
        clinic_name=child.clinic.name,
        child_first_name=child.first_name,
        kind=GrantKind(invitation.kind),
        invited_by_name=invitation.invited_by.name,
        is_of_family=is_of_family,
        is_bound_to_address=invitation.email is not None,
        expires_at=invitation.expires_at,
        last_on=invitation.last_on,
    )


@transaction.atomic
def accept(*, by: User, key: Key, now: dt.datetime) -> CaregiverGrant:
    """Access for somebody who has an account, from now on; the invitation is used up.

    Whoever only logs becomes a guardian by a guardian's invitation. Raises OpensNothing (404),
    InvitationForAnother (403), AlreadyHasAccess (409).
    """
    with rls.acting_as(by, system="invitations"):
        return _accepted(by, key, now)


def _accepted(by: User, key: Key, now: dt.datetime) -> CaregiverGrant:
    invitation = _living(key, now, is_locked=True)
    _demand_address(invitation, by)
    held = CaregiverGrant.objects.select_for_update().filter(
        child_id=invitation.child_id, user=by, revoked_at__isnull=True
    ).first()  # fmt: skip
    if held is not None:
        until = invitation.access_until
        is_valid = held.valid_until is None or held.valid_until > now
        is_as_long = held.valid_until is None or (until is not None and until <= held.valid_until)
        if is_valid and is_as_long and held.kind in {GrantKind.GUARDIAN, invitation.kind}:
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
        valid_until=invitation.access_until,
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
    *,
    key: Key,
    name: str,
    email: str | None,
    password: str | None,
    now: dt.datetime,
    locale: str = "",
    zone: str = "",
) -> tuple[User, CaregiverGrant]:
    """A new account and the access it was invited to, both or neither.

    Whoever has no address gets a number to sign in with (`User.sign_in_number`). Without a password they make
    a passkey next; until then a new code from the care team is the only way back.

    Raises OpensNothing (404), CannotJoin (409), InvitationForAnother (403), PasswordTooWeak or Invalid (400),
    naming the field. The faces count how often it is tried (`count_answer`).
    """
    _living(key, now)
    try:
        user = accounts.make_account(
            name=name, email=email, password=password, locale=locale, zone=zone, now=now
        )
    except accounts.AddressInUse:
        raise CannotJoin(field="email") from None
    return user, accept(by=user, key=key, now=now)


# ---- steps ----------------------------------------------------------------------------------------------


@rls.helped_by("invitations")
def _living(key: Key, now: dt.datetime, *, is_locked: bool = False) -> Invitation:
    """The invitation a key opens; locked, it is asked again what stood before somebody else let go of it.

    Whoever holds an invitation can see neither the child nor who treats it.
    """
    found = Invitation.objects.filter(Q(token_hash=key.kept) | Q(code_hash=key.kept), expires_at__gt=now)
    if is_locked:
        list(found.select_for_update().values("pk"))
    invitation = found.living().select_related("invited_by").first()
    if invitation is None:
        raise OpensNothing
    return invitation


def _demand_address(invitation: Invitation, by: User) -> None:
    if invitation.email is not None and values.email(by.email) != values.email(invitation.email):
        raise InvitationForAnother


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
