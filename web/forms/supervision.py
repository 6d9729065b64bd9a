"""The form for an entry in the supervision log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.models import User
from web.forms.inputs import day_field, long_text


class SupervisionForm(forms.Form):
    """Who, when, how long, and what it was about."""

    person = forms.ChoiceField(label=_("With"))
    on = day_field(_("On"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    discussed = long_text(
        _("What you discussed"), required=False, help_text=_("The two of you read it, nobody else.")
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.pk), one.name) for one in people]

    def told(self, people: Sequence[User]) -> dict[str, Any]:
        chosen = {str(one.pk): one for one in people}[self.cleaned_data["person"]]
        return {**self.cleaned_data, "person": chosen}
