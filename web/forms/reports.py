"""Forms for requesting a report and for its narrative."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.models import Family
from tracking.models import ReportKind
from tracking.models.report_schedules import LATEST_DAY
from tracking.readings.reports import LONGEST_ADDENDUM, LONGEST_ADDRESSEE, LONGEST_QUESTION
from tracking.reports.kinds import KINDS, Kind
from tracking.wording import labels
from web.forms.inputs import day_field, language_input, long_text


def words_field(kind: Kind) -> forms.CharField:
    """What the therapist says in their own words, as long as the kind has place for."""
    return forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=kind.longest_narrative,
        help_text=_("Begun from the record; change it as you like. An empty line starts a paragraph.")
        if kind.begin
        else _("Beside what the record says. An empty line starts a paragraph."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class NarrativeForm(forms.Form):
    """What the therapist says in their own words."""

    def __init__(self, *args: Any, kind: Kind, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["narrative"] = words_field(kind)


class MonthlyForm(forms.Form):
    """A draft every month."""

    day_of_month = forms.IntegerField(
        label=_("Day of the month"),
        min_value=1,
        max_value=LATEST_DAY,
        help_text=_("1 to 28: every month has these."),
    )


class AddendumForm(forms.Form):
    """Something to add to a signed report."""

    words = long_text(_("What is to be added"), most=LONGEST_ADDENDUM)


def _kinds() -> list[tuple[str | int, str]]:
    return labels.choices(ReportKind, KINDS)


class AskForm(forms.Form):
    """A new report of one kind: of which days, for which home, with which words, as the kind asks."""

    kind = forms.ChoiceField(choices=_kinds, required=False, widget=forms.HiddenInput)
    period_from = day_field(_("From"))
    period_until = day_field(_("Until"))
    addressee = forms.CharField(
        label=_("To"),
        required=False,
        max_length=LONGEST_ADDRESSEE,
        help_text=_("The reader, as they are addressed: a name, a role or a practice."),
    )
    question = long_text(
        _("Your question to them"),
        required=False,
        most=LONGEST_QUESTION,
        help_text=_("It comes first. Without one the letter is for their information."),
    )
    household = forms.TypedChoiceField(
        label=_("For the home"),
        required=False,
        coerce=uuid.UUID,
        empty_value=None,
        help_text=_("In its language, unless you choose one. Once shared, only its guardians read it."),
    )
    language = language_input(
        _("Language"), empty=_("the one I read"), help_text=_("Of your words, and of ours where we have it.")
    )

    field_order = (
        "kind",
        "period_from",
        "period_until",
        "household",
        "addressee",
        "question",
        "narrative",
        "language",
    )

    def __init__(self, *args: Any, kind: ReportKind, homes: Sequence[Family], **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["kind"] = kind
        self.begins_from_record = KINDS[kind].begin is not None
        if KINDS[kind].may_be_for_home and homes:
            named = [(str(home.pk), home.name) for home in homes]
            self.fields["household"].choices = [*named, ("", gettext("For no home in particular"))]  # type: ignore[attr-defined]
            self.initial["household"] = str(homes[0].pk)
        else:
            del self.fields["household"]
        if not KINDS[kind].covers_days:
            del self.fields["period_from"], self.fields["period_until"]
        if KINDS[kind].has_words:
            self.fields["narrative"] = words_field(KINDS[kind])
        if not KINDS[kind].has_addressee:
            del self.fields["addressee"], self.fields["question"]
        self.order_fields(self.field_order)
