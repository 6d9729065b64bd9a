"""Accounts: what allauth asks of us, answered by its adapter; no signals (docs/architecture.md, rule 13)."""

from __future__ import annotations

import datetime as dt
import urllib.parse
import uuid
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.utils import user_pk_to_url_str
from allauth.core.internal.httpkit import is_headless_request
from allauth.idp.oidc.models import Token
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from clinic import audit, jobs, limits, mail, policy, rls, typed_codes
from clinic.errors import Conflict, DomainError, Forbidden, Invalid
from clinic.limits import Limit, TriedTooOften
from clinic.models import ClinicMembership, User
from clinic.services import attempts, devices, passwords, step_up, values
from clinic.services.attempts import Attempt
from clinic.services.sign_in_notices import notices_of
from clinic.vocabulary import AuditCode

CHANGES = {
    "password_changed": gettext_lazy("Your password was changed."),
    "password_set": gettext_lazy("A password was set for your account."),
    "password_reset": gettext_lazy("Your password was changed by a link from a mail."),
    "email_changed": gettext_lazy("The e-mail address of your account was changed."),
    "totp_activated": gettext_lazy("An app with codes was set up for your account."),
    "totp_deactivated": gettext_lazy("The app with codes is asked for no more."),
    "webauthn_added": gettext_lazy("A passkey was added to your account."),
    "webauthn_removed": gettext_lazy("A passkey of your account was removed."),
    "recovery_codes_generated": gettext_lazy("New recovery codes were made; the old ones open nothing."),
    "app_connected": gettext_lazy("An app was let into your account."),
}
"""What people are told by mail about their sign-in."""


class AddressInUse(Conflict):
    """Another account has this address."""

    code = "address_in_use"


class PasswordTooWeak(Invalid):
    """The password is too short, too common, or too close to the person; `problems` lists the codes."""

    code = "password_too_weak"


class LinkOver(DomainError):
    """The link belongs to another person, has expired, or was used already."""

    code = "link_over"
    status = 410


LETTERS = Limit("letters-about-an-account", most=6, within_seconds=60 * 60)
NEW_ADDRESS = "clinic.services.accounts.new_address"


class SecondFactorDemanded(Forbidden):
    """A clinic where this person works requires a second factor; they must set one up on the pages first."""

    code = "second_factor_demanded"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up alone: people join by invitation, or are added as staff."""

    error_messages: ClassVar[dict[str, str | Promise]] = (
        DefaultAccountAdapter.error_messages
        | dict.fromkeys(
            ("email_password_mismatch", "username_password_mismatch", "invalid_login"),
            gettext_lazy("This address or number and this password do not go together."),
        )
        | {
            "account_inactive": gettext_lazy("This account is closed."),
            "enter_current_password": gettext_lazy("This is not the password until now."),
            "incorrect_password": gettext_lazy("This is not your password."),
            "too_many_login_attempts": gettext_lazy("Too many tries. Wait some minutes, then try again."),
        }
    )

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
        if user.sign_in_number and not is_headless_request(request):
            _tell_of_codes(request, user)

    def is_reauthentication_required(self, *, app: str, **told: Any) -> bool:
        """Whoever has just signed in changes their own sign-in without being asked again."""
        user = self.request.user
        if user.is_authenticated and step_up.is_recent(by=user, session=self.request.session):
            return False
        return bool(super().is_reauthentication_required(app=app, **told))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the guess before it is looked at, for an account and for an address without one alike."""
        told = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
        known = User.objects.filter(Q(email__iexact=told) | Q(sign_in_number=told))
        found = known.values_list("pk", flat=True).first()
        self.attempt = self._begin(request, account=str(found or told))

    def _rollback_login_failed_rl_usage(self) -> None:
        """What allauth calls once a password was right."""
        self.attempt.was_right()

    def _begin(self, request: HttpRequest, *, account: str) -> Attempt:
        try:
            return attempts.begin(request, account=account, what="password")
        except TriedTooOften:
            raise self.validation_error("too_many_login_attempts") from None

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether this is the person's password. Counted like an attempt to sign in; no address is needed."""
        attempt = self._begin(self.request, account=str(user.pk))
        is_right: bool = user.check_password(password)
        if is_right:
            attempt.was_right()
        return is_right

    def post_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **told)
        attempts.remember_device(request, response, account=str(user.pk))
        return response

    def set_password(self, user: User, password: str) -> None:
        """With a new password every other sign-in ends, and no app is let in any more.

        Whoever knew the old one may have made one.
        """
        super().set_password(user, password)
        devices.sign_out_others(by=user, here=self.request.session.session_key)
        Token.objects.filter(user=user).delete()

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: Any = None,  # noqa: ARG002  # allauth's signature
        email: str | None = None,
    ) -> None:
        """Tell somebody what was changed about their sign-in, and write it into the audit."""
        tell_change(user=user, change=template_prefix.rpartition("/")[2], to=email, now=rls.now())

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Whoever this is, by an address or by a number; a number is taken however it is typed."""
        number = typed_codes.as_number(credentials.get("username") or "")
        if number is not None:
            credentials = {"username": number, "password": credentials.get("password")}
        elif "email" in credentials:
            credentials.pop("username", None)
        return super().authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write that somebody tried, and whose account it was if it was anybody's."""
        super().authentication_failed(request, **credentials)
        address, number = (str(credentials.get(name) or "").strip() for name in ("email", "username"))
        tried = Q(email__iexact=address) if address else Q(sign_in_number=number)
        audit.record(
            AuditCode.FAILED_TO_SIGN_IN,
            by=None,
            now=rls.now(),
            clinic_id=None,
            subject=User.objects.filter(tried).first(),
        )


# ---- verbs ----------------------------------------------------------------------------------------------


def sign_in_here(*, request: HttpRequest, user: User) -> None:
    """Sign in whoever has just made an account or been given a new way in, as one of their devices."""
    get_adapter().login(request, user)
    with rls.acting_as(user):
        UserSession.objects.create_from_request(request)


def tell_change(*, user: User, change: str, now: dt.datetime, to: str | None = None) -> None:
    """Write a letter about a change of somebody's sign-in, and write it into the audit.

    `change` is one of CHANGES, `to` another address than the account's, such as the former one.
    """
    audit.record(AuditCode.CHANGED_ACCOUNT, by=user, now=now, clinic_id=None, subject=user, detail=change)
    address = to or user.email
    if address:
        security = urllib.parse.urljoin(settings.PUBLIC_URL, reverse("mfa_index"))
        words = {"change": CHANGES[change], "at": now, "security": security}
        mail.send_on_commit("sign-in-changed", to=address, language=user.locale, words=words)


def ask_for_new_password(*, email: str) -> None:
    """Have a link to a new password sent to this address, if it is anybody's.

    The worker finds that out: an address that is nobody's costs the same time and is answered the same.
    """
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).only("pk").first()
    jobs.enqueue("clinic.tasks.send_password_link", user_id=user.pk if user else uuid.uuid4())


def send_password_link(*, user_id: uuid.UUID) -> None:
    """The letter with the link. At most a few an hour; those that came before still open."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not user.email:
        return
    try:
        limits.take(LETTERS, str(user.pk))
    except TriedTooOften:
        return
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    link = urllib.parse.urljoin(settings.PUBLIC_URL, reverse("account_reset_password_from_key", kwargs=key))
    mail.send_on_commit("new-password", to=user.email, language=user.locale, words={"link": link})


def ask_to_change_address(*, by: User, email: str) -> None:
    """Send a link to the new address; following it makes it the account's.

    Raises Invalid for what is no address, TriedTooOften. An address of another account gets a letter too, and
    is answered the same: whoever asks learns nothing.
    """
    address = values.email(email)
    if address is None:
        raise Invalid(field="email", allowed="email_address")
    limits.take(LETTERS, str(by.pk))
    if User.objects.filter(email__iexact=address).exclude(pk=by.pk).exists():
        mail.send_on_commit("address-taken", to=address, language=by.locale, words={})
        return
    _send_address_link("new-address", by=by, to=address)


def ask_whether_address_is_read(*, by: User) -> None:
    """Send a link to the account's own address, unless it is known to be read; following it verifies it.

    Until then nothing is sent there but letters about the account itself. Raises TriedTooOften.
    """
    if by.email and by.email_verified_at is None:
        limits.take(LETTERS, str(by.pk))
        _send_address_link("own-address", by=by, to=by.email)


def _send_address_link(letter: str, *, by: User, to: str) -> None:
    token = signing.dumps([str(by.pk), _mark_of(by.email), to], salt=NEW_ADDRESS)
    link = urllib.parse.urljoin(settings.PUBLIC_URL, reverse("address_confirm", kwargs={"token": token}))
    mail.send_on_commit(letter, to=to, language=by.locale, words={"link": link})


def take_address_as_read(*, user: User, now: dt.datetime) -> None:
    """From now on letters go to somebody's address: they came by what only its reader has."""
    if user.email is None or user.email_verified_at is not None:
        return
    user.email_verified_at = now
    user.save(update_fields=["email_verified_at"])
    audit.record(
        AuditCode.CHANGED_ACCOUNT, by=user, now=now, clinic_id=None, subject=user, detail="email_verified"
    )


@transaction.atomic
def change_address(*, by: User, token: str, now: dt.datetime) -> User:
    """The account with the address its link was sent to, verified. A former address is told.

    Raises LinkOver (410) for a link that is not this person's, is older than a day, or was followed already.
    """
    try:
        owner, former, address = signing.loads(token, salt=NEW_ADDRESS, max_age=24 * 60 * 60)
    except signing.BadSignature:
        raise LinkOver from None
    is_taken = User.objects.filter(email__iexact=address).exclude(pk=by.pk).exists()
    if owner != str(by.pk) or former != _mark_of(by.email) or is_taken:
        raise LinkOver
    if by.email == address:
        take_address_as_read(user=by, now=now)
        return by
    replaced, by.email, by.email_verified_at = by.email, address, now
    by.save(update_fields=["email", "email_verified_at"])
    tell_change(user=by, change="email_changed", now=now, to=replaced)
    return by


def _mark_of(address: str | None) -> str:
    """What a link says of the address it replaces, so that it is not read in a letter to another one."""
    return salted_hmac(NEW_ADDRESS, address or "").hexdigest()


@transaction.atomic
def make_account(
    *, name: str, email: str | None, password: str | None, now: dt.datetime, locale: str = "", zone: str = ""
) -> User:
    """A new account, signed in nowhere. Without an address its owner gets a number to sign in with; without a
    password they sign in with a passkey, or set one by the recovery mail.

    Raises AddressInUse (409), PasswordTooWeak or Invalid (400), each naming the field.
    """
    name = values.words(name, "name", longest=200, is_needed=True)
    address = values.email(email)
    if address is not None and User.objects.filter(email__iexact=address).exists():
        raise AddressInUse(field="email")
    user = User(
        name=name,
        email=address,
        sign_in_number=None if address else _free_number(),
        locale=values.words(locale, "locale", longest=16),
        zone=zone and values.zone(zone),
        joined_at=now if password is not None else None,
    )
    if password is not None:
        demand_strong(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    return user


def _tell_of_codes(request: HttpRequest, user: User) -> None:
    """Say at each sign-in that somebody gave a new code for this account lately: whoever did could use it."""
    for notice in notices_of(user, now=rls.now()):
        told = {
            "name": notice.given_by,
            "clinic": notice.clinic_name,
            "day": date_format(notice.given_at, "DATE_FORMAT"),
        }
        messages.warning(
            request,
            gettext(
                "%(name)s of %(clinic)s gave a new sign-in code for you on %(day)s."
                " If you did not ask for it, tell your clinic."
            )
            % told,
        )


def _free_number() -> str:
    """A number that is nobody's. One in a hundred million is somebody's already for each account there is."""
    while User.objects.filter(sign_in_number=(number := typed_codes.new_number())).exists():
        continue
    return number


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
        raise PasswordTooWeak(field="password", problems=problems, least=passwords.least_for(user)) from None
