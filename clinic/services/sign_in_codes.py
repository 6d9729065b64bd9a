"""The way back for whoever has no e-mail address: a new code, given by the care team.

Whoever gives one could use it. So a code is never given in silence: its owner is signed out everywhere at
once, is told of it at each sign-in for a month, and whoever treats or guards the child reads it in the audit.
And it is given only where it opens no more than the giver may open anyway: not to staff, not to somebody who
cares for a child of another clinic (docs/adr/0031).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.idp.oidc.models import Token
from allauth.mfa.models import Authenticator
from django.db import transaction

from clinic import audit, limits, policy, rls, typed_codes
from clinic.errors import Conflict, Forbidden
from clinic.limits import Limit
from clinic.models import CaregiverGrant, ClinicMembership, SignInCode, User
from clinic.services import accounts, devices
from clinic.services.invitations import HOUR, OpensNothing
from clinic.vocabulary import AuditCode

LIVES_FOR = dt.timedelta(days=3)

WRONG_CODES = Limit("wrong-sign-in-codes", most=10, within_seconds=HOUR)
ANSWERS = Limit("sign-in-code-answers", most=10, within_seconds=HOUR)


class NotForACode(Conflict):
    """This person comes back another way: by mail, or because the code would open more than this clinic's.

    Which of them is told to nobody: it would say where else somebody works or cares for a child.
    """

    code = "not_for_a_code"


@dataclass(frozen=True, slots=True)
class Given:
    """A code, shown now and never again."""

    row: SignInCode
    code: str


@transaction.atomic
def give(*, by: User, grant: CaregiverGrant, now: dt.datetime) -> Given:
    """A new code for somebody who cares for the child; an older one and every sign-in of theirs end.

    Raises Forbidden, NotForACode (409).
    """
    if not policy.may_grant_access(by, grant.child) or grant.revoked_at is not None:
        raise Forbidden
    user = User.objects.select_for_update().get(pk=grant.user_id)
    with rls.helped_by("invitations"):
        _demand_known_here_alone(user, grant)
        SignInCode.objects.filter(user=user, used_at__isnull=True, ended_at__isnull=True).update(ended_at=now)
    code = typed_codes.new_code()
    row = SignInCode.objects.create(
        clinic_id=grant.clinic_id,
        child=grant.child,
        user=user,
        code_hash=_hash(code),
        given_by=by,
        given_at=now,
        expires_at=now + LIVES_FOR,
    )
    _end_sign_ins(user)
    _tell(AuditCode.GAVE_SIGN_IN_CODE, by, row, now)
    return Given(row, code)


@transaction.atomic
def use(*, code: str, password: str, address: str | None, now: dt.datetime) -> User:
    """The owner of the code, with this password and no other way in from now on; signed in nowhere.

    Passkeys and other factors go with the device that was lost. Raises OpensNothing (404), PasswordTooWeak
    (400), TriedTooOften (429).
    """
    place = limits.network_of(address)
    limits.take(WRONG_CODES, place)
    kept = _hash(code)
    limits.take(ANSWERS, kept)
    with rls.helped_by("invitations"):
        row = SignInCode.objects.open().select_for_update().filter(code_hash=kept).first()
        if row is None:
            raise OpensNothing
        limits.give_back(WRONG_CODES, place)
        user = User.objects.select_for_update().get(pk=row.user_id)
        _demand_known_here_alone(user, CaregiverGrant(clinic_id=row.clinic_id, user=user))
        accounts.demand_strong(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        row.used_at = now
        row.save(update_fields=["used_at"])
        with rls.acting_as(user):
            Authenticator.objects.filter(user=user).delete()
        _end_sign_ins(user)
        _tell(AuditCode.USED_SIGN_IN_CODE, user, row, now)
    return user


def _demand_known_here_alone(user: User, grant: CaregiverGrant) -> None:
    """Raises NotForACode unless the person has no address, no place on a staff, and no child elsewhere.

    Asked again when the code is used, with what is true then.
    """
    elsewhere = CaregiverGrant.objects.valid().filter(user=user).exclude(clinic=grant.clinic_id)
    works = ClinicMembership.objects.active().filter(user=user)
    if user.email or not user.is_active or works.exists() or elsewhere.exists():
        raise NotForACode


def _end_sign_ins(user: User) -> None:
    """End them, and the tokens of apps that act for the person; they are their own to see, and so to end."""
    with rls.acting_as(user):
        devices.sign_out_everywhere(user.pk)
        Token.objects.filter(user=user).delete()


def _hash(code: str) -> str:
    typed = typed_codes.as_typed(code)
    if typed is None:
        raise OpensNothing
    return typed_codes.hash_of_code(typed, purpose="sign-in")


def _tell(code: AuditCode, by: User, row: SignInCode, now: dt.datetime) -> None:
    """Write it into the audit of every child of the clinic this person cares for."""
    grants = CaregiverGrant.objects.valid().filter(user=row.user_id, clinic=row.clinic_id)
    for child_id in grants.order_by("child").values_list("child", flat=True):
        audit.record(code, by=by, now=now, clinic_id=row.clinic_id, child_id=child_id, subject=row)
