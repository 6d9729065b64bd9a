"""Asking for a report, and its narrative."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms.inputs import day_field

LONGEST_NARRATIVE = 20_000


class NarrativeForm(forms.Form):
    """What the therapist says in their own words."""

    narrative = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=LONGEST_NARRATIVE,
        help_text=_("Begun from the record; change it as you like. An empty line starts a paragraph."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class AskForm(NarrativeForm):
    """A new report: of which days, and with which words."""

    period_from = day_field(_("From"))
    period_until = day_field(_("Until"))

    field_order = ("period_from", "period_until", "narrative")
