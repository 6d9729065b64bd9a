"""Forms of one's own account that allauth asks for, in our words."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import _BaseAddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(_BaseAddWebAuthnForm):
    """A passkey, by a name its owner will know it by. Every one may be used to sign in without a password."""

    name = forms.CharField(
        label=_("What to call it"),
        max_length=60,
        required=False,
        help_text=_("Your phone, for instance: so that you know which one it is."),
    )
