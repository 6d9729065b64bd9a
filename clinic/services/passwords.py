"""Password rules: long, not common, and not made of what everybody knows about the person.

After NIST SP 800-63B-4, 3.1.1.2: at least 15 characters if it is the only factor, 8 with a second one; any
character counts and none is required; no expiry; checked against a list of common passwords and words from
its context.
"""

from __future__ import annotations

import re
import unicodedata

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from clinic import rls
from clinic.models import CaregiverGrant, Clinic, ClinicMembership, User

ALONE = 15
WITH_A_SECOND_FACTOR = 8
LONGEST = 1000
"""Nobody types more; each is hashed whole."""

LEFT_OVER = 6
"""So many characters have to stand beside the words everybody knows."""

DIFFERENT = 5
SERVICE = ("littlefoot", "password", "massage")
"""Words any guesser of a password here tries first; the person's own and their clinics' come to them."""


class LongEnough:
    """At least 15 characters, or 8 beside a second factor; a character is a code point after NFC."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError `password_too_short` or `password_too_long`."""
        least = least_for(user)
        length = len(unicodedata.normalize("NFC", password))
        if length < least:
            said = _("Make it at least %(least)d characters long. Four words that do not belong together do.")
            raise ValidationError(said % {"least": least}, code="password_too_short")
        if length > LONGEST:
            said = _("%(most)d characters are the most that are taken.")
            raise ValidationError(said % {"most": LONGEST}, code="password_too_long")

    def get_help_text(self) -> str:
        return _(
            "Fifteen characters or more, eight beside a second step: four words that do not belong together,"
            " for instance."
        )


class NotOfItsContext:
    """Not made of the service's, the clinic's or the person's own name, their address, or a key held down."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError `password_too_similar` or `password_too_even`."""
        typed = password.casefold()
        if len(set(typed)) < DIFFERENT:
            raise ValidationError(_("Use more than a few different characters."), code="password_too_even")
        rest = typed
        for word in sorted(_words_around(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != typed and len(re.sub(r"[\W_]", "", rest)) < LEFT_OVER:
            said = _("Leave out your name and address, the clinic’s and Littlefoot: they are guessed first.")
            raise ValidationError(said, code="password_too_similar")

    def get_help_text(self) -> str:
        return _("Not your name, your address or the clinic’s name.")


def least_for(user: User | None) -> int:
    """How many characters this person's password has to have."""
    if user is None or user._state.adding:
        return ALONE
    factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return WITH_A_SECOND_FACTOR if factors.exists() else ALONE


def _words_around(user: User | None) -> set[str]:
    """Words of three letters and more, in small letters."""
    told = [*SERVICE]
    if user is not None:
        told += [user.name, *re.split(r"[@.]", user.email or "")]
        if not user._state.adding:
            with rls.acting_as(user):
                told += Clinic.objects.filter(_is_of(user)).values_list("name", flat=True)
    return {word for text in told for word in re.split(r"[\W_]+", text.casefold()) if len(word) >= 3}


def _is_of(user: User) -> Q:
    works = ClinicMembership.objects.active().filter(user=user)
    cares = CaregiverGrant.objects.valid().filter(user=user)
    return Q(pk__in=works.values("clinic")) | Q(pk__in=cares.values("clinic"))
