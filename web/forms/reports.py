"""Asking for a report, and its narrative."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.models import ReportKind
from tracking.readings.reports import LONGEST_ADDENDUM, LONGEST_NARRATIVE
from tracking.reports.kinds import KINDS
from tracking.wording import labels
from web.forms.inputs import day_field, long_text


class NarrativeForm(forms.Form):
    """What the therapist says in their own words."""

    narrative = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=LONGEST_NARRATIVE,
        help_text=_("Begun from the record; change it as you like. An empty line starts a paragraph."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class AddendumForm(forms.Form):
    """Something to add to a signed report."""

    words = long_text(_("What is to be added"), most=LONGEST_ADDENDUM)


def _kinds() -> list[tuple[str | int, str]]:
    return labels.choices(ReportKind, KINDS)


class AskForm(NarrativeForm):
    """A new report of one kind: of which days and with which words, where the kind asks for them."""

    kind = forms.ChoiceField(choices=_kinds, required=False, widget=forms.HiddenInput)
    period_from = day_field(_("From"))
    period_until = day_field(_("Until"))

    field_order = ("kind", "period_from", "period_until", "narrative")

    def __init__(self, *args: Any, kind: ReportKind, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["kind"] = kind
        if not KINDS[kind].covers_days:
            del self.fields["period_from"], self.fields["period_until"]
        if KINDS[kind].begin is None:
            del self.fields["narrative"]
