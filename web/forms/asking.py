"""Forms for choosing what is asked, and for the weekly check-in."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.ask_plan import Asked
from tracking.services.checking_in import LONGEST_WORDS
from tracking.vocabulary.asking import HowItWas, HowSure, Question
from tracking.vocabulary.states import StateScale
from tracking.vocabulary.touch import Stimulus, StimulusGroup
from tracking.wording import labels
from web.forms.widgets import Scale


class AskPlanForm(forms.Form):
    """Which questions are asked from today on; the scale is the care team's to set."""

    questions = forms.MultipleChoiceField(
        label=_("We ask about"), required=False, widget=forms.CheckboxSelectMultiple
    )
    state_scale = forms.ChoiceField(label=_("How the child is, told on"), required=False)

    def __init__(self, *args: Any, may_set_scale: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = dict(self.fields)
        fields["questions"].choices = labels.choices(Question)
        by_age = [("", gettext("The scale of the child’s age"))]
        fields["state_scale"].choices = [*by_age, *labels.choices(StateScale)]
        if not may_set_scale:
            del self.fields["state_scale"]

    @staticmethod
    def initial_of(asked: Asked, scale: StateScale | None) -> dict[str, Any]:
        return {"questions": [str(one) for one in asked.questions], "state_scale": scale or ""}


class AskedTouchForm(forms.Form):
    """A touch to be asked about every day."""

    stimulus = forms.ChoiceField(label=_("A touch"))
    label = forms.CharField(label=_("As it is called at home"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (
                labels.label(StimulusGroup, group),
                labels.choices(Stimulus, [one for one in Stimulus if one.group == group]),
            )
            for group in StimulusGroup
        ]
        self.fields["stimulus"].choices = [("", gettext("Choose")), *groups]  # type: ignore[attr-defined]


class CheckInForm(forms.Form):
    """How it was for the one who massages: two taps, and words only if there are any."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    how_it_was = forms.TypedChoiceField(
        label=_("How was it for you?"),
        required=False,
        widget=Scale,
        help_text=_("1 is easy, 5 is too much."),
        coerce=int,
        empty_value=None,
        choices=[(one.value, str(one.value)) for one in HowItWas],
    )
    how_sure = forms.TypedChoiceField(
        label=_("How sure did you feel?"),
        required=False,
        widget=Scale,
        help_text=_("1 is not at all, 5 is very sure."),
        coerce=int,
        empty_value=None,
        choices=[(one.value, str(one.value)) for one in HowSure],
    )
    words = forms.CharField(
        label=_("A few words"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
