"""The form for the first clinic and its owner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms.inputs import new_password_field, zone_choices


class PersonForm(forms.Form):
    """Somebody's new account."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = new_password_field()


class FirstRunForm(PersonForm):
    """The clinic's name and zone, and its owner."""

    clinic_name = forms.CharField(label=_("Name of the clinic"), max_length=200)
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [("", _("Choose")), *zone_choices()],
        help_text=_("Where the days and evenings of this clinic happen."),
    )
    is_therapist = forms.BooleanField(
        label=_("I treat children myself"),
        required=False,
        initial=True,
        help_text=_("You can enroll children and prescribe for them, not only run the clinic."),
    )

    field_order = ("clinic_name", "zone", "name", "email", "password", "is_therapist")

    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
