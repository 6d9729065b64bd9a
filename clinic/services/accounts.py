"""Accounts: what allauth asks of us, answered through its adapter; no signals (architecture, rule 13)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, TypedDict, Unpack

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext

from clinic import audit, policy, rls
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import ClinicMembership, User
from clinic.services import step_up, values
from clinic.vocabulary import AuditCode


class AddressInUse(Conflict):
    """Another account has this address."""

    code = "address_in_use"


class PasswordTooWeak(Invalid):
    """The password is too short, too common, or too much like the person; `problems` are codes of each."""

    code = "password_too_weak"


class SecondFactorDemanded(Forbidden):
    """A clinic this person works in demands a second factor; they set one up on the pages first."""

    code = "second_factor_demanded"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up alone: people join by invitation, or are added as staff."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People have no user name, only an e-mail address or none."""

    def clean_email(self, email: str) -> str:
        """The address in the one form in which it is kept."""
        return email.strip().lower()

    def get_phone(self, user: Any) -> None:
        """Nobody signs in by phone: there is no number to tell."""

    def clean_phone(self, phone: str) -> str:  # noqa: ARG002  # allauth's signature
        """Refuses every number."""
        raise forms.ValidationError(gettext("Signing in by phone is not offered here."), code="not_offered")

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        if not get_authentication_records(request, user):
            # Whoever joins has proved who they are by the link and chosen how to do so from now on.
            record_authentication(request, user, "joined")
        record_sign_in(user=user, now=rls.now())

    def is_reauthentication_required(self, *, app: str, **told: Any) -> bool:
        """Whoever has just signed in changes their own sign-in without being asked again."""
        user = self.request.user
        if user.is_authenticated and step_up.is_recent(by=user, session=self.request.session):
            return False
        return bool(super().is_reauthentication_required(app=app, **told))

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether this is the person's password. Counted like an attempt to sign in; no address is needed."""
        self.pre_authenticate(self.request, email=user.email or str(user.pk))
        is_right: bool = user.check_password(password)
        if is_right:
            self._rollback_login_failed_rl_usage()
        return is_right

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write that somebody tried, and whose account it was if it was anybody's."""
        super().authentication_failed(request, **credentials)
        address = str(credentials.get("email") or "").strip().lower()
        audit.record(
            AuditCode.FAILED_TO_SIGN_IN,
            by=None,
            now=rls.now(),
            clinic_id=None,
            subject=User.objects.filter(email__iexact=address).first() if address else None,
        )


# ---- verbs ----------------------------------------------------------------------------------------------


@transaction.atomic
def make_account(
    *, name: str, email: str | None, password: str | None, now: dt.datetime, locale: str = "", zone: str = ""
) -> User:
    """A new account, signed in nowhere. Without a password its owner sets one by the recovery mail.

    Raises AddressInUse (409), PasswordTooWeak or Invalid (400), each naming the field.
    """
    name = values.words(name, "name", longest=200, is_needed=True)
    address = values.email(email)
    if address is not None and User.objects.filter(email__iexact=address).exists():
        raise AddressInUse(field="email")
    user = User(
        name=name,
        email=address,
        locale=values.words(locale, "locale", longest=16),
        zone=zone and values.zone(zone),
        joined_at=now if password is not None else None,
    )
    if password is not None:
        demand_strong(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    return user


class AccountChanges(TypedDict, total=False):
    """What people change of their own account; what is left out stays. The address is allauth's pages'."""

    name: str
    zone: str
    locale: str


@transaction.atomic
def change_account(*, by: User, now: dt.datetime, **changes: Unpack[AccountChanges]) -> User:
    """One's own account with what is given changed. Raises Invalid, naming the field."""
    if "name" in changes:
        by.name = values.words(changes["name"], "name", longest=200, is_needed=True)
    if "zone" in changes:
        by.zone = changes["zone"] and values.zone(changes["zone"])
    if "locale" in changes:
        by.locale = values.words(changes["locale"], "locale", longest=16)
    by.save(update_fields=list(changes))
    audit.record(AuditCode.CHANGED_ACCOUNT, by=by, now=now, clinic_id=None, subject=by)
    return by


def record_sign_in(*, user: User, now: dt.datetime) -> None:
    """Write that somebody signed in: once in each clinic they work in, in nobody's if that is none."""
    if user.joined_at is None:
        user.joined_at = now
        user.save(update_fields=["joined_at"])
    with rls.acting_as(user):
        _write_sign_in(user, now)


def _write_sign_in(user: User, now: dt.datetime) -> None:
    memberships = ClinicMembership.objects.active().filter(user=user).order_by("id")
    clinics: list[uuid.UUID | None] = list(memberships.values_list("clinic_id", flat=True))
    for clinic_id in clinics or [None]:
        audit.record(AuditCode.SIGNED_IN, by=user, now=now, clinic_id=clinic_id)


def demand_second_factor(*, user_id: uuid.UUID) -> None:
    """Raises SecondFactorDemanded (403) where somebody's clinic demands one and they have none."""
    user = User.objects.filter(pk=user_id).first()
    with rls.acting_as(user_id):
        if user is not None and policy.must_add_second_factor(user):
            raise SecondFactorDemanded


def demand_strong(password: str, user: User) -> None:
    """Raises PasswordTooWeak where the password does not suffice for this person."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        problems = [problem.code for problem in error.error_list]
        raise PasswordTooWeak(field="password", problems=problems) from None
