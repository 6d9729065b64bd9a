"""Second factors: authenticator apps, passkeys, recovery codes.

allauth stores and checks them (`allauth.mfa`). This says how they are named here, how their secrets are
encrypted, and what a person may read about their own.
"""

from __future__ import annotations

import datetime as dt
import urllib.parse
from dataclasses import dataclass
from typing import ClassVar

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from clinic import encryption, policy
from clinic.errors import Unseen
from clinic.limits import TriedTooOften
from clinic.models import User
from clinic.services import accounts, attempts

PURPOSE = "second factors"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets are kept encrypted; a passkey belongs to the public address, whatever name it was asked by."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code opens nothing. An app shows a new one every half minute; a recovery code works once."
        )
    }

    def get_totp_label(self, user: User) -> str:
        return user.email or user.sign_in_number or user.name

    def get_totp_issuer(self) -> str:
        return "Littlefoot"

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises InvalidToken for what was encrypted with a key that is known no more."""
        return encryption.decrypt(encrypted_text, purpose=PURPOSE)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1} if count else gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = urllib.parse.urlsplit(settings.PUBLIC_URL).hostname or ""
        return {"id": host, "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, str | bytes]:
        entity: dict[str, str | bytes] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.name, "name": self.get_totp_label(user)}


class CountedCode:
    """For allauth's forms: a code is a guess, counted before it is looked at, given back if it was right."""

    user: User

    def clean_code(self) -> str:
        try:
            attempt = attempts.begin(context.request, account=str(self.user.pk), what="code")
        except TriedTooOften:
            said = gettext(
                "Too many wrong codes. Wait some minutes, or take a device you signed in on before."
            )
            raise ValidationError(said, code="too_many_login_attempts") from None
        code: str = super().clean_code()  # type: ignore[misc]  # the form beside it
        attempt.was_right()
        return code


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey or security key, by the name its owner gave it."""

    id: int
    name: str
    added_at: dt.datetime
    last_used_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """How somebody signs in beside their password. `codes_left` is None where there are no recovery codes."""

    has_password: bool
    app_since: dt.datetime | None
    passkeys: list[Passkey]
    codes_left: int | None
    is_demanded: bool
    """By a clinic they work in, and they have none yet."""

    @property
    def has_any(self) -> bool:
        return self.app_since is not None or bool(self.passkeys)

    @property
    def has_few_codes(self) -> bool:
        return self.codes_left is not None and self.codes_left <= FEW_CODES


FEW_CODES = 3


def factors_of(user: User) -> SecondFactors:
    """A person's own second factors, passkeys the oldest first."""
    rows = list(Authenticator.objects.filter(user=user).order_by("created_at", "id"))
    of_type = {row.type: row for row in rows}
    app = of_type.get(Authenticator.Type.TOTP)
    codes = of_type.get(Authenticator.Type.RECOVERY_CODES)
    return SecondFactors(
        has_password=user.has_usable_password(),
        app_since=app.created_at if app else None,
        passkeys=[
            Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at)
            for row in rows
            if row.type == Authenticator.Type.WEBAUTHN
        ],
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
        is_demanded=policy.must_add_second_factor(user),
    )


@transaction.atomic
def remove_passkey(*, by: User, passkey: int, now: dt.datetime) -> None:
    """Take away one of one's own passkeys; recovery codes go with the last factor, as they stand in for one.

    Raises Unseen for one that is not one's own.
    """
    row = Authenticator.objects.filter(user=by, type=Authenticator.Type.WEBAUTHN, pk=passkey).first()
    if row is None:
        raise Unseen
    row.delete()
    delete_dangling_recovery_codes(by)
    accounts.tell_change(user=by, change="webauthn_removed", now=now)
