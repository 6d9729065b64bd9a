"""Forms for a consent on paper, and for a clinic's own wording."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.models import CaregiverGrant
from clinic.services.consents import LONGEST_TEXT
from clinic.vocabulary import ConsentKind
from web.forms.inputs import code_field, day_field, language_input

NAMED = "named"
"""The choice of somebody who signed and has no account."""


class PaperConsentForm(forms.Form):
    """A word that stands on paper: who signed what, and when."""

    kind = code_field(_("What the paper is about"), ConsentKind)
    is_given = forms.ChoiceField(
        label=_("It says"),
        choices=[("yes", _("agreed")), ("no", _("taken back"))],
        initial="yes",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Their name"), required=False, max_length=200, help_text=_("Of somebody without an account.")
    )
    on = day_field(_("Signed on"))

    field_order = ("kind", "is_given", "signer", "name", "on")

    def __init__(self, *args: Any, guardians: Iterable[CaregiverGrant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grants = {str(grant.pk): grant for grant in guardians}
        self.fields["signer"] = forms.ChoiceField(
            label=_("Signed by"),
            choices=[
                *((pk, grant.user.name) for pk, grant in self.grants.items()),
                (NAMED, _("somebody without an account")),
            ],
        )
        self.order_fields(self.field_order)

    def told(self) -> dict[str, Any]:
        told = self.cleaned_data
        grant = self.grants.get(told["signer"])
        return {
            "kind": ConsentKind(told["kind"]),
            "is_given": told["is_given"] == "yes",
            "grant": grant,
            "name": "" if grant else told["name"],
            "on": told["on"],
        }


class ConsentTextForm(forms.Form):
    """What the clinic asks, in one language."""

    language = language_input(_("Language"), empty=_("Choose"), required=True)
    text = forms.CharField(
        label=_("What guardians agree to"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
