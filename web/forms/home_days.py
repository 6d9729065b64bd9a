"""Forms for a home's own days."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms.inputs import day_field, weekdays_field

WORDS = {"here": True, "not_here": False, "as_the_week_says": None}


class SayForm(forms.Form):
    """Of one day: here, not here, or as the week says."""

    on = forms.DateField()
    say = forms.ChoiceField(choices=[(word, word) for word in WORDS])

    def is_here(self) -> bool | None:
        return WORDS[self.cleaned_data["say"]]


class OwnWeekForm(forms.Form):
    """The weekdays from a day on."""

    weekdays = weekdays_field(_("Usually here on"))
    from_on = day_field(_("From"))
