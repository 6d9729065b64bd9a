"""Forms for strategies: name, touches, and a few plain words to the family."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.models import Strategy
from tracking.services.strategies import LONGEST_TEXT
from tracking.vocabulary.touch import Accommodation, Stimulus, StimulusGroup
from tracking.wording import labels
from web.forms.inputs import language_input, long_text


def _stimuli() -> list[Any]:
    return [
        (
            labels.label(StimulusGroup, group),
            labels.choices(Stimulus, [one for one in Stimulus if one.group == group]),
        )
        for group in StimulusGroup
    ]


def stimuli_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("For which touches"),
        choices=_stimuli,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-long"}),
    )


class LibraryStrategyForm(forms.Form):
    """One of the clinic's own."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For instance: brush in front of a mirror.")
    )
    text = long_text(_("To the family, in plain words"), most=LONGEST_TEXT)
    stimuli = stimuli_field()
    language = language_input(_("Language"), empty=_("the one I read"))


class PrescribeForm(forms.Form):
    """What to try with this child: from the list, from the clinic's library, or in words of one's own."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, library: tuple[Strategy, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.library = {str(one.pk): one for one in library}
        accommodations = [
            one for one in Accommodation if one not in (Accommodation.NONE, Accommodation.OTHER)
        ]
        groups: list[Any] = [
            ("", gettext("in words of my own, below")),
            (gettext("Often tried"), labels.choices(Accommodation, accommodations)),
        ]
        if self.library:
            groups.append(
                (gettext("The clinic’s own"), [(key, one.name) for key, one in self.library.items()])
            )
        self.fields["what"] = forms.ChoiceField(label=_("What"), required=False, choices=groups)
        self.fields["name"] = forms.CharField(label=_("In words of my own"), required=False, max_length=120)
        self.fields["stimuli"] = stimuli_field()
        self.fields["text"] = long_text(
            _("To the family, in plain words"),
            required=False,
            most=LONGEST_TEXT,
            help_text=_("Empty: what the library says."),
        )
        self.fields["language"] = language_input(_("Language"), empty=_("the one I read"))

    def told(self) -> dict[str, Any]:
        """What the service is told."""
        told = dict(self.cleaned_data)
        what = told.pop("what")
        own = self.library.get(what)
        if own is not None:
            kept = {"name": own.name, "text": told["text"] or own.text}
            return told | kept | {"language": told["language"] or own.language}
        return told | {"code": what}
