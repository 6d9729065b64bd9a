"""Answering an invitation: looking at it, accepting it, joining with it.

Looking changes nothing, so a mail scanner that follows the link does no harm. Anything that does not open is
answered alike, whatever the reason (docs/adr/0008).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Self

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from clinic import audit, limits, policy, rls, typed_codes
from clinic.errors import Conflict, DomainError, Forbidden
from clinic.limits import Limit
from clinic.models import CaregiverGrant, Child, Invitation, User
from clinic.services import accounts, values
from clinic.vocabulary import AuditCode, GrantKind

HOUR = 60 * 60
WRONG_CODES = Limit("wrong-invitation-codes", most=10, within_seconds=HOUR)
"""Typed from one address. Links are not counted: 256 bits are not guessed."""

ANSWERS = Limit("invitation-answers", most=10, within_seconds=HOUR)
"""To one link or one code, each counted apart: whoever tries a code wears out no link."""


class OpensNothing(DomainError):
    """The link or code does not open: it is wrong, used, replaced, withdrawn, expired, or resting while the
    child is in hospital. Which of these is not revealed, so that trying teaches nothing.
    """

    code = "opens_nothing"
    status = 404


class InvitationForAnother(Forbidden):
    """The invitation is bound to another e-mail address than this account's."""

    code = "invitation_for_another"


class AlreadyHasAccess(Conflict):
    """This person has access to the child already, with the same rights or more."""

    code = "already_has_access"


class CannotJoin(Conflict):
    """No account can be created for this address. Someone who has one signs in and opens the link again."""

    code = "cannot_join"


@dataclass(frozen=True, slots=True)
class Key:
    """What opens an invitation, as it is kept: the hash of a link's token, or of a typed code.

    `is_from_letter`: it is the link of the letter, which nobody is shown but whoever reads the mail.
    """

    kept: str
    is_from_letter: bool = False

    @classmethod
    def of_token(cls, token: str) -> Self:
        """256 random bits need no salt."""
        token, _, mark = token.partition(".")
        is_from_letter = constant_time_compare(mark, _mark_of_letter(token))
        return cls(hashlib.sha256(token.encode()).hexdigest(), is_from_letter)

    @classmethod
    def of_code(cls, code: str) -> Self:
        """Raises OpensNothing for what cannot be a code."""
        typed = typed_codes.as_typed(code)
        if typed is None:
            raise OpensNothing
        return cls(typed_codes.hash_of_code(typed, purpose="invitation"))


def in_letter(token: str) -> str:
    """The token as it stands in the letter: whoever comes by it has read what was sent to that address."""
    return f"{token}.{_mark_of_letter(token)}"


def _mark_of_letter(token: str) -> str:
    return salted_hmac("clinic.services.answering_invitations.letter", token, algorithm="sha256").hexdigest()


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
    if key.is_from_letter and invitation.email is not None:
        accounts.take_address_as_read(user=by, now=now)
    tell(AuditCode.ACCEPTED_INVITATION, by, invitation, now)
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
    a passkey next; until then a new code from the care team is the only way back. To an address that nobody
    is known to read a letter goes that asks.

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
    grant = accept(by=user, key=key, now=now)
    accounts.ask_whether_address_is_read(by=user)
    return user, grant


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


def tell(code: AuditCode, by: User, invitation: Invitation, now: dt.datetime) -> None:
    """Write in the audit what was done with an invitation."""
    audit.record(
        code,
        by=by,
        now=now,
        clinic_id=invitation.clinic_id,
        child_id=invitation.child_id,
        subject=invitation,
        detail=invitation.kind,
    )
