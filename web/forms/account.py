"""allauth's account forms, in our words and with our limits on guessing."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.account.forms import (
    ReauthenticateForm as PasswordAgain,
)
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
    _BaseAddWebAuthnForm,
)
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from clinic import rls
from clinic.passkeys import Shape, is_answer
from clinic.services import accounts
from clinic.services.second_factors import CountedCode, factors_of
from web.forms.inputs import new_password_field, typed_code_field


class SignInForm(LoginForm):
    """By an e-mail address, or by the number of whoever has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("E-mail address or sign-in number"),
            max_length=320,
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
            ),
        )
        self.fields["password"].help_text = ""  # the page leads to a new one
        self.order_fields(["login", "password"])


class PasswordAgainForm(PasswordAgain):
    """The password, asked once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ChosenPassword:
    """For allauth's forms: a new password, twice, with what it has to be."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = _(
            "Fifteen characters or more, eight beside a second step: four words that do not belong together,"
            " for instance. Not your name, your address or the clinic’s name."
        )
        self.fields["password2"].label = _("The new password again")


class OtherPasswordForm(ChosenPassword, ChangePasswordForm):
    """Another password in place of the one that is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("The password until now")
        self.fields["oldpassword"].help_text = ""


class FirstPasswordForm(ChosenPassword, SetPasswordForm):
    """A password for whoever signed in with a passkey alone."""


class PasswordByLetterForm(ChosenPassword, ResetPasswordKeyForm):
    """A password by the link that was sent, which proves that its address is read."""

    @transaction.atomic
    def save(self) -> None:
        super().save()
        accounts.take_address_as_read(user=self.user, now=rls.now())


class SignInCodeForm(forms.Form):
    """A code from the care team, and what to sign in with from now on."""

    code = typed_code_field(_("The code from your care team"))
    other_codes = forms.CharField(
        label=_("Codes of other clinics"),
        max_length=100,
        required=False,
        help_text=_("If you care for children at more than one clinic: a code of each, with commas between."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    password = new_password_field()

    def clean_other_codes(self) -> list[str]:
        return [one for one in self.cleaned_data["other_codes"].split(",") if one.strip()]


def _whole(told: Any, shape: Shape) -> Any:
    """What a device answered. Raises ValidationError for what none can have answered."""
    if not is_answer(told, shape):
        raise get_adapter().validation_error("incorrect_code")
    return told


class AnswerByPasskeyForm(AuthenticateWebAuthnForm):
    """A passkey as the second step of signing in."""

    def clean_credential(self) -> Any:
        _whole(self.cleaned_data["credential"], AuthenticationResponse)
        return super().clean_credential()


class SignInByPasskeyForm(AnswerByPasskeyForm, LoginWebAuthnForm):
    """A passkey instead of a password."""


class PasskeyAgainForm(AnswerByPasskeyForm, ReauthenticateWebAuthnForm):
    """A passkey, to say once more who one is."""


class AddPasskeyForm(_BaseAddWebAuthnForm):
    """A passkey, by a name its owner will know it by. Every one may be used to sign in without a password."""

    name = forms.CharField(
        label=_("What to call it"),
        max_length=60,
        required=False,
        help_text=_("Your phone, for instance: so that you know which one it is."),
    )

    def clean_credential(self) -> Any:
        return _whole(self.cleaned_data["credential"], RegistrationResponse)


class NewPasswordForm(ResetPasswordForm):
    """An address to which a link is sent, if it is somebody's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def save(self, request: HttpRequest, **kwargs: object) -> str:  # noqa: ARG002  # allauth's signature
        accounts.ask_for_new_password(email=self.cleaned_data["email"])
        return self.cleaned_data["email"]


class OwnCode(CountedCode):
    """A code, called by what this person has to make one with; `factors` are all they have."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.factors = factors_of(self.user)
        has_app = self.factors.app_since is not None
        self.fields["code"].label = (
            _("The code of your app, or a recovery code") if has_app else _("One of your recovery codes")
        )
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SecondStepForm(OwnCode, AuthenticateForm):
    """The code of an app, or a recovery code."""


class CodeAgainForm(OwnCode, ReauthenticateForm):
    """The same, asked again."""


class ActivateAppForm(CountedCode, ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code the app shows now")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class NewAddressForm(forms.Form):
    """Another e-mail address for one's account."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("A link is sent there; the address counts once you follow it."),
    )
