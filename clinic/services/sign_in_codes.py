"""The way back for people without an e-mail address: a new code, given by the care team.

Whoever gives a code could use it, so it is never given silently: its owner is signed out everywhere at once,
reads about it at each sign-in for a month, and whoever treats or guards the child sees it in the audit. It
opens no more than the giver may open: staff get none, and a person who cares for children in several clinics
needs one from each, given by different people (docs/adr/0031, 0033).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.idp.oidc.models import Token
from allauth.mfa.models import Authenticator
from django.db import transaction

from clinic import audit, limits, policy, rls, typed_codes
from clinic.errors import Conflict, Forbidden
from clinic.limits import Limit
from clinic.models import CaregiverGrant, ClinicMembership, SignInCode, User
from clinic.services import accounts, devices
from clinic.services.answering_invitations import HOUR, OpensNothing
from clinic.vocabulary import AuditCode

LIVES_FOR = dt.timedelta(days=3)

WRONG_CODES = Limit("wrong-sign-in-codes", most=10, within_seconds=HOUR)
ANSWERS = Limit("sign-in-code-answers", most=10, within_seconds=HOUR)


class NotForACode(Conflict):
    """This person signs in by other means, or the code would open more than this clinic's children."""

    code = "not_for_a_code"


class MoreCodesNeeded(Conflict):
    """The account opens with a code from each clinic where its owner cares for a child, given by different
    people. Nothing was used up. Which clinics they are is not revealed.
    """

    code = "more_codes_needed"


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
        _demand_without_another_way(user)
        former = SignInCode.objects.filter(user=user, clinic=grant.clinic_id)
        former.filter(used_at__isnull=True, ended_at__isnull=True).update(ended_at=now)
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
def use(
    *, code: str, password: str, address: str | None, now: dt.datetime, other_codes: Sequence[str] = ()
) -> User:
    """The owner of the codes, with this password and no other way in from now on; signed in nowhere.

    `other_codes` are those of other clinics. Passkeys and other factors go with the device that was lost.
    Raises OpensNothing (404), MoreCodesNeeded (409), PasswordTooWeak (400), TriedTooOften (429).
    """
    place = limits.network_of(address)
    limits.take(WRONG_CODES, place)
    kept = {_hash(one) for one in (code, *other_codes)}
    for one in sorted(kept):
        limits.take(ANSWERS, one)
    with rls.helped_by("invitations"):
        open_codes = SignInCode.objects.open().select_for_update()
        rows = list(open_codes.filter(code_hash__in=kept).order_by("id"))
        if len(rows) < len(kept) or len({row.user_id for row in rows}) > 1:
            raise OpensNothing
        limits.give_back(WRONG_CODES, place)
        user = User.objects.select_for_update().get(pk=rows[0].user_id)
        _demand_without_another_way(user)
        _demand_each_clinic(user, rows, now)
        accounts.demand_strong(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        SignInCode.objects.filter(pk__in=[row.pk for row in rows]).update(used_at=now)
        with rls.acting_as(user):
            Authenticator.objects.filter(user=user).delete()
        _end_sign_ins(user)
        for row in rows:
            _tell(AuditCode.USED_SIGN_IN_CODE, user, row, now)
    return user


def _demand_without_another_way(user: User) -> None:
    """Raises NotForACode unless the person has no address and no place on a staff.

    Asked again when the code is used, with what is true then.
    """
    works = ClinicMembership.objects.active().filter(user=user)
    if user.email or not user.is_active or works.exists():
        raise NotForACode


def _demand_each_clinic(user: User, rows: Sequence[SignInCode], now: dt.datetime) -> None:
    """Raises MoreCodesNeeded unless each clinic whose child the account opens, or will open, gave a code, and
    nobody gave two: whoever works in both would open by themselves what two have to.
    """
    grants = CaregiverGrant.objects.filter(user=user, revoked_at__isnull=True).exclude(valid_until__lte=now)
    opens: set[uuid.UUID] = set(grants.values_list("clinic", flat=True))
    givers = {row.given_by_id for row in rows}
    if opens - {row.clinic_id for row in rows} or len(givers) < len(rows):
        raise MoreCodesNeeded


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
