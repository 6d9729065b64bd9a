"""Forms for joining with an invitation: with or without e-mail, by password or passkey."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from web.forms.first_run import PersonForm
from web.forms.inputs import new_password_field

PASSWORD, PASSKEY = "password", "passkey"  # names of ways


class JoinForm(PersonForm):
    """Who somebody is, and how they sign in from now on."""

    way = forms.ChoiceField(
        label=_("How you sign in from now on"),
        choices=[
            (PASSWORD, _("With a password")),
            (PASSKEY, _("With this device: fingerprint, face or its PIN")),
        ],
        initial=PASSWORD,
        widget=forms.RadioSelect,
    )

    field_order = ("name", "email", "way", "password")

    def __init__(self, *args: Any, is_bound_to_address: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = new_password_field(required=self.data.get("way") != PASSKEY)
        self.fields["password"].error_messages["required"] = gettext(
            "Choose a password, or sign in with this device."
        )
        if not is_bound_to_address:
            self.fields["email"].required = False
            self.fields["email"].help_text = _("Leave it out if you have none: you are given a number.")
        self.order_fields(self.field_order)

    @property
    def is_by_passkey(self) -> bool:
        return self.cleaned_data.get("way") == PASSKEY

    def told(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "name": told["name"],
            "email": told["email"] or None,
            "password": None if self.is_by_passkey else told["password"],
        }
