"""Forms for emergency access and its review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.models.break_glass import LEAST_REASON
from clinic.services.break_glass import LONGEST_REASON, LONGEST_REVIEW
from web.forms.inputs import day_field, long_text


class ReasonForm(forms.Form):
    """Why a record has to be read now."""

    reason = forms.CharField(
        label=_("Why it has to be read now"),
        min_length=LEAST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At least 20 characters. The child’s care team and the owners read it."),
    )


class FindForm(ReasonForm):
    """Which child, for somebody who sees no list of them."""

    first_name = forms.CharField(label=_("First name"), max_length=100)
    last_name = forms.CharField(label=_("Last name"), max_length=100, required=False)
    born_on = day_field(_("Birthday"))

    field_order = ("first_name", "last_name", "born_on", "reason")

    def whom(self) -> dict[str, Any]:
        """What the child is found by."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class ReviewForm(forms.Form):
    """What came of looking at it."""

    review = long_text(_("What you found, and what was said"), most=LONGEST_REVIEW)
