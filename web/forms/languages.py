"""The form for the languages somebody speaks and reads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.models import CaregiverGrant
from tracking.wording.languages import language_choices
from web.forms.inputs import language_input
from web.forms.widgets import Places


class LanguagesForm(forms.Form):
    """The languages of one caregiver."""

    spoken = forms.MultipleChoiceField(
        label=_("Speaks"), required=False, choices=language_choices, widget=Places
    )
    reading = language_input(
        _("Reads"), empty=_("not known"), help_text=_("What they write is taken to be in this language.")
    )
    needs_interpreter = forms.BooleanField(label=_("An interpreter is needed to talk"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.initial.get("spoken") or ()
        # What is spoken comes first, however long the list.
        self.fields["spoken"].choices = sorted(  # type: ignore[attr-defined]
            language_choices(), key=lambda one: one[0] not in known
        )

    @staticmethod
    def initial_of(grant: CaregiverGrant) -> dict[str, Any]:
        return {
            "spoken": grant.user.spoken_languages,
            "reading": grant.user.reading_language,
            "needs_interpreter": grant.needs_interpreter,
        }


class OwnLanguagesForm(LanguagesForm):
    """One's own languages, asked of oneself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken, reading, interpreter = self.fields.values()
        spoken.label = _("You speak")
        reading.label = _("You read")
        reading.help_text = _("What you write is taken to be in this language.")
        interpreter.label = _("I need an interpreter to talk with the clinic")
