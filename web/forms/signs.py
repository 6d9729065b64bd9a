"""Forms for the child's own signs, and for how soon the stop rule pauses."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.vocabulary import StopSensitivity
from tracking.services.signs import LONGEST_WORDS
from tracking.vocabulary.cues import Cue, SignMeaning, is_engagement
from tracking.wording import labels
from web.forms.inputs import language_input
from web.forms.widgets import TileRadios


def _grouped_cues() -> list[Any]:
    families = (
        (labels.label(SignMeaning, SignMeaning.MORE), [cue for cue in Cue if is_engagement(cue)]),
        (labels.label(SignMeaning, SignMeaning.ENOUGH), [cue for cue in Cue if not is_engagement(cue)]),
    )
    none = [("", gettext("none of the list"))]
    return [*none, *((name, labels.choices(Cue, cues)) for name, cues in families)]


def cue_field(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Most like"),
        required=False,
        choices=_grouped_cues,
        help_text=_("So that it is counted with it. None: one of enough is taken for a quiet sign."),
        **more,
    )


class SignForm(forms.Form):
    """One sign, in the words of somebody who knows it."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    words = forms.CharField(
        label=_("What your child does, in your words"),
        max_length=LONGEST_WORDS,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("For instance: rubs her ear, hums, curls his toes."),
    )
    asks_for = forms.ChoiceField(
        label=_("It says"), widget=TileRadios, choices=lambda: labels.choices(SignMeaning)
    )
    cue = cue_field()
    language = language_input(_("Language of the words"), empty=_("the one I read"))


class MapForm(forms.Form):
    """Which cue stands for a sign."""

    cue = cue_field()

    def __init__(self, *args: Any, asks_for: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cues = [cue for cue in Cue if is_engagement(cue) == (asks_for == SignMeaning.MORE)]
        self.fields["cue"].choices = [("", _("none of the list")), *labels.choices(Cue, cues)]  # type: ignore[attr-defined]


class StopForm(forms.Form):
    """How soon the stop rule pauses for this child."""

    stop_sensitivity = forms.ChoiceField(
        label=_("Stop rule"),
        required=False,
        widget=forms.RadioSelect,
        choices=lambda: [("", gettext("By age and history")), *labels.choices(StopSensitivity)],
    )
