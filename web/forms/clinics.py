"""Forms of the clinic's settings and staff."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.ages import CORRECT_UNTIL_MONTHS
from clinic.models import Clinic, ClinicMembership
from clinic.models.clinics import COPM_NOTABLE_POINTS
from clinic.vocabulary import Role
from tracking.wording import labels
from web.forms.inputs import day_field, long_text, zone_field


def _languages() -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in settings.LANGUAGES]


def _corrected_until() -> list[tuple[int, str]]:
    return [(months, gettext("%(months)d months") % {"months": months}) for months in CORRECT_UNTIL_MONTHS]


class ClinicForm(forms.Form):
    """What an owner may change of the clinic."""

    name = forms.CharField(label=_("Name of the clinic"), max_length=200)
    zone = zone_field()
    locale = forms.ChoiceField(label=_("Language"), choices=_languages)
    address = long_text(
        _("Address"), required=False, most=2000, help_text=_("Printed on handouts and reports.")
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    emergency_number = forms.CharField(
        label=_("Emergency number"),
        max_length=20,
        help_text=_("The public one of your country: said wherever something may be urgent."),
    )
    corrected_age_until_months = forms.TypedChoiceField(
        label=_("Age is corrected until"),
        coerce=int,
        choices=_corrected_until,
        help_text=_("Of chronological age, for children born before 37 weeks."),
    )
    vaccination_wait_hours = forms.IntegerField(
        label=_("No massage after a vaccination for"),
        min_value=0,
        max_value=336,
        help_text=_("Hours. Sources say 24 to 48; there is no evidence behind any of them."),
    )
    copm_notable_points = forms.DecimalField(
        label=_("Points from which a COPM change is noted"),
        min_value=COPM_NOTABLE_POINTS[0],
        max_value=COPM_NOTABLE_POINTS[1],
        decimal_places=2,
        help_text=_(
            "2 is the publisher’s rule of thumb and no proof; studies found 0.9 to 1.9 among outpatients,"
            " 2.06 and 2.20 among inpatients. Set it before you look at results."
        ),
    )
    staff_must_use_mfa = forms.BooleanField(
        label=_("Staff sign in with a second step"),
        required=False,
        help_text=_("A passkey, or a code from an app on the phone."),
    )

    @staticmethod
    def initial_of(clinic: Clinic) -> dict[str, Any]:
        told = {name: getattr(clinic, name) for name in ClinicForm.base_fields}
        return {**told, "copm_notable_points": f"{float(clinic.copm_notable_points):g}"}


def _roles_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Roles"), choices=lambda: labels.choices(Role), widget=forms.CheckboxSelectMultiple
    )


def _credentials_field() -> forms.CharField:
    return forms.CharField(
        label=_("Credentials"),
        required=False,
        max_length=200,
        help_text=_("Printed under a signature, separated by commas: OTR/L, CIMI."),
    )


class StaffForm(forms.Form):
    """Roles and credentials of somebody who works here."""

    roles = _roles_field()
    credentials = _credentials_field()

    def told(self) -> dict[str, Any]:
        return {
            "roles": [Role(role) for role in self.cleaned_data["roles"]],
            "credentials": [
                credential.strip()
                for credential in self.cleaned_data["credentials"].split(",")
                if credential.strip()
            ],
        }

    @staticmethod
    def initial_of(membership: ClinicMembership) -> dict[str, Any]:
        return {"roles": membership.roles, "credentials": ", ".join(membership.credentials)}


class PlacementForm(forms.Form):
    """The last day of a placement."""

    last_on = day_field(
        _("Last day of the placement"),
        required=False,
        help_text=_("All they can see closes by itself at its end, on every team. Empty: without an end."),
    )


class NewStaffForm(StaffForm):
    """Somebody to work here."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("They are written to, with a way to choose a password.")
    )

    field_order = ("name", "email", "roles", "credentials")

    def told(self) -> dict[str, Any]:
        return {
            **super().told(),
            "name": self.cleaned_data["name"],
            "email": self.cleaned_data["email"],
        }
