"""Forms a parent fills in: few questions, each a tile, almost nothing compulsory."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic import localtime
from tracking.readings.signs import SignReading
from tracking.readings.strategies import StrategyReading
from tracking.reminders.shown import ShownReminder
from tracking.services.household import RuleChanges
from tracking.sync.bodies import CueNoted, Tried
from tracking.vocabulary.cues import Cue, SignMeaning, is_engagement
from tracking.vocabulary.programs import SessionOutcome
from tracking.vocabulary.reasons import NotTodayReason
from tracking.vocabulary.sleep import SleepConfounder, SleepLocation, SleepMethod
from tracking.vocabulary.states import ArousalLevel, InfantState
from tracking.vocabulary.touch import (
    Accommodation,
    Helped,
    Intensity,
    RecoveryBand,
    Stimulus,
    StimulusGroup,
    TouchResponse,
)
from tracking.wording import labels
from web.forms.inputs import day_field, weekdays_field
from web.forms.widgets import Scale, TileCheckboxes, TileRadios, explained, spoken

FEW_CUES = (
    Cue.LOOKS_AT_FACE,
    Cue.SMILES,
    Cue.COOS,
    Cue.OFFERS_NEXT_LIMB,
    Cue.SOFTENS,
    Cue.LOOKS_AWAY,
    Cue.STIFFENS,
    Cue.ARCHES,
    Cue.PUSHES_HAND_AWAY,
    Cue.CRIES,
)
"""The essay's own examples, offered first; all others stand behind "more signs"."""


OFTEN_TOUCHED = (
    Stimulus("cloth_tag"),
    Stimulus("groom_face_wash"),
    Stimulus("sunscreen_lotion"),
    Stimulus("touch_light_unexpected"),
    Stimulus("diaper_change"),
    Stimulus("massage"),
)
"""Shown at once, after the touches the family is asked about; the others stand behind their group's name."""


class WhenField(forms.CharField):
    """A wall time of the household, `2026-11-23T18:42`; empty: now. Cleaned to a naive datetime or None."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def clean(self, value: Any) -> dt.datetime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return dt.datetime.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0)
        except ValueError:
            raise forms.ValidationError(
                gettext("Please give a day and a time, for instance 2026-11-23 18:42.")
            ) from None


class EntryForm(forms.Form):
    """What each form of the corner carries: the id the page made, so that sending twice is one entry."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    happened = WhenField(label=_("When was it?"), required=False, help_text=_("Leave it empty for just now."))
    note = forms.CharField(
        label=_("Anything else"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def happened_at(self, *, zone: str, now: dt.datetime) -> dt.datetime:
        """When it happened, as an instant; a clock time the day does not have is shifted forward."""
        told: dt.datetime | None = self.cleaned_data.get("happened")
        return localtime.to_instant(told, zone) if told else now


def state_choices(is_infant: bool) -> list[tuple[str | int, str]]:
    """The states a parent is asked about: Brazelton's six for infants, five steps of arousal later.

    Those say in a few words what one sees: "low" alone says nothing to who stands before it.
    """
    if is_infant:
        return labels.choices(InfantState)
    return [
        (code, explained(words, labels.more(ArousalLevel, code)))
        for code, words in labels.choices(ArousalLevel)
    ]


SIGN = "sign:"
"""Before the id of a sign of the child's own, among the codes of cues."""


def sign_choices(signs: Iterable[SignReading]) -> list[tuple[str, list[tuple[str | int, str]]]]:
    """The child's own signs, by what they ask for: first of all chips, in the words of who knows them."""
    headings = {
        SignMeaning.MORE: gettext("Your child’s own: more"),
        SignMeaning.ENOUGH: gettext("Your child’s own: enough"),
    }
    return [
        (heading, [(f"{SIGN}{one.id}", spoken(one.words, one.language)) for one in asked])
        for what, heading in headings.items()
        if (asked := [one for one in signs if one.asks_for is what])
    ]


def cues_noted(codes: Iterable[str]) -> tuple[CueNoted, ...]:
    """The chips that were tapped, as a session takes them."""
    return tuple(
        CueNoted(sign=uuid.UUID(code.removeprefix(SIGN))) if code.startswith(SIGN) else CueNoted(code=code)
        for code in codes
    )


def cue_choices(*, few: bool | None = None) -> list[tuple[str, list[tuple[str | int, str]]]]:
    """The cues in their two families: all, the few offered first, or (False) the others."""
    offered = [cue for cue in Cue if few is None or (cue in FEW_CUES) is few]
    more = [cue for cue in offered if is_engagement(cue)]
    enough = [cue for cue in offered if not is_engagement(cue)]
    return [
        (gettext("More, please"), labels.choices(Cue, more)),
        (gettext("Enough"), labels.choices(Cue, enough)),
    ]


class SessionForm(EntryForm):
    """A massage that was offered: how it ended, and as much else as somebody wants to tell.

    `leaves_out` are the questions that the child's ask plan does not ask.
    """

    outcome = forms.ChoiceField(label=_("How did it go?"), widget=TileRadios)
    state_before = forms.ChoiceField(label=_("Before"), required=False, widget=TileRadios)
    state_after = forms.ChoiceField(label=_("And now?"), required=False, widget=TileRadios)
    cues = forms.MultipleChoiceField(label=_("What did you see?"), required=False, widget=TileCheckboxes)
    minutes = forms.DecimalField(
        label=_("Minutes"), required=False, min_value=0, max_value=600, max_digits=5, decimal_places=1
    )
    slot = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        is_infant: bool,
        signs: Iterable[SignReading] = (),
        leaves_out: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        outcomes = (SessionOutcome.DONE, SessionOutcome.STOPPED, SessionOutcome.DECLINED)
        self.fields["outcome"].choices = labels.choices(SessionOutcome, outcomes)  # type: ignore[attr-defined]
        states = state_choices(is_infant)
        self.fields["state_before"].choices = states  # type: ignore[attr-defined]
        self.fields["state_after"].choices = states  # type: ignore[attr-defined]
        self.fields["cues"].choices = [*sign_choices(signs), *cue_choices()]  # type: ignore[attr-defined]
        for question in leaves_out:
            del self.fields[question]


class StateAfterForm(forms.Form):
    """The one question at the end: how is your child now?"""

    state_after = forms.ChoiceField(label=_("How is your child now?"), required=False, widget=TileRadios)

    def __init__(self, *args: Any, is_infant: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state_after"].choices = state_choices(is_infant)  # type: ignore[attr-defined]


class NotTodayForm(EntryForm):
    """Not today: an answer in itself, which needs no more than a reason."""

    reason = forms.ChoiceField(label=_("What came between?"), widget=TileRadios)
    slot = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = labels.choices(NotTodayReason)  # type: ignore[attr-defined]


class NotUpToItForm(forms.Form):
    """One tap: nothing is asked."""

    client_id = forms.UUIDField()


class BedtimeForm(forms.Form):
    """A bedtime told or corrected afterwards: clock times of the evening, as the household's clock shows."""

    lights_out = WhenField(label=_("In bed, lights out"), required=False)
    asleep = WhenField(label=_("Asleep"), required=False)
    still_awake = WhenField(label=_("Still awake when I last looked"), required=False)
    about_minutes = forms.IntegerField(
        label=_("Or about how many minutes until asleep"), required=False, min_value=0, max_value=720
    )
    resistance = forms.ChoiceField(
        label=_("How hard was going to bed?"),
        help_text=_("0 is easy, 4 is a struggle all along."),
        required=False,
        widget=Scale,
    )
    call_out_count = forms.IntegerField(
        label=_("How often your child called out or got up"), required=False, min_value=0, max_value=50
    )
    method = forms.ChoiceField(label=_("Fell asleep"), required=False, widget=TileRadios)
    location = forms.ChoiceField(label=_("Where"), required=False, widget=TileRadios)
    confounders = forms.MultipleChoiceField(
        label=_("Anything unusual about this evening?"), required=False, widget=TileCheckboxes
    )
    note = forms.CharField(
        label=_("Anything else"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resistance"].choices = [(n, str(n)) for n in range(5)]  # type: ignore[attr-defined]
        self.fields["method"].choices = labels.choices(SleepMethod)  # type: ignore[attr-defined]
        self.fields["location"].choices = labels.choices(SleepLocation)  # type: ignore[attr-defined]
        self.fields["confounders"].choices = labels.choices(SleepConfounder)  # type: ignore[attr-defined]


TRIED = "tried_"
WITHOUT_ANSWER = "tried"


def _tried_field(label: Any) -> forms.ChoiceField:
    """Whether something was tried, and whether it helped."""
    return forms.ChoiceField(
        label=label,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        choices=[
            ("", gettext("not tried")),
            *((code, words) for code, words in labels.choices(Helped)),
            (WITHOUT_ANSWER, gettext("tried, hard to say")),
        ],
    )


class TouchForm(EntryForm):
    """A touch in three taps: what it was, what the child did, how strong it was."""

    stimulus = forms.ChoiceField(label=_("What touched your child?"), widget=TileRadios)
    responses = forms.MultipleChoiceField(
        label=_("What did your child do?"), required=False, widget=TileCheckboxes
    )
    intensity = forms.TypedChoiceField(
        label=_("How much did it bother your child?"),
        required=False,
        widget=TileRadios(attrs={"class": "tiles-wide"}),
        coerce=int,
        empty_value=None,
    )
    recovery_minutes = forms.IntegerField(
        label=_("Minutes until settled again"), required=False, min_value=0, max_value=1440
    )
    recovery_band = forms.ChoiceField(label=_("Or roughly"), required=False)
    is_not_settled = forms.BooleanField(label=_("Not settled yet when I last looked"), required=False)

    def __init__(
        self,
        *args: Any,
        tracked: tuple[str, ...] = (),
        strategies: Iterable[StrategyReading] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.prescribed = {f"{TRIED}{one.id}": one for one in strategies}
        for name, one in self.prescribed.items():
            called = one.name or labels.label(Accommodation, one.code)
            self.fields[name] = _tried_field(spoken(called, one.language) if one.name else called)
        mine = {one.code for one in self.prescribed.values() if not one.name}
        self.others = [
            f"{TRIED}{one.value}"
            for one in Accommodation
            if one is not Accommodation.NONE and one.value not in mine
        ]
        for name in self.others:
            self.fields[name] = _tried_field(labels.label(Accommodation, name.removeprefix(TRIED)))
        first = [*tracked, *(one for one in OFTEN_TOUCHED if one.value not in tracked)]
        groups: list[Any] = [(gettext("Often"), labels.choices(Stimulus, first))]
        groups.extend(
            (
                labels.label(StimulusGroup, group),
                labels.choices(
                    Stimulus, [one for one in Stimulus if one.group == group and one not in first]
                ),
            )
            for group in StimulusGroup
            if any(one.group == group and one not in first for one in Stimulus)
        )
        fields: dict[str, Any] = dict(self.fields)
        fields["stimulus"].choices = groups
        fields["responses"].choices = labels.choices(TouchResponse)
        fields["intensity"].choices = labels.choices(Intensity)
        fields["recovery_band"].choices = [("", _("not said")), *labels.choices(RecoveryBand)]

    @property
    def is_of_a_group(self) -> bool:
        """Whether the touch that was chosen is not among those shown at once."""
        fields: dict[str, Any] = dict(self.fields)
        often = {str(code) for code, _words in fields["stimulus"].choices[0][1]}
        chosen = self["stimulus"].value()
        return bool(chosen) and chosen not in often

    @property
    def prescribed_fields(self) -> list[tuple[StrategyReading, forms.BoundField]]:
        """Each prescribed strategy with its question."""
        return [(one, self[name]) for name, one in self.prescribed.items()]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The questions about what else may have been tried."""
        return [self[name] for name in self.others]

    def tried(self) -> tuple[Tried, ...]:
        """What was tried, each with its own answer; what was not tried is left out."""
        told = [(name, self.cleaned_data[name]) for name in (*self.prescribed, *self.others)]
        return tuple(
            Tried(
                strategy=self.prescribed[name].id if name in self.prescribed else None,
                code="" if name in self.prescribed else name.removeprefix(TRIED),
                helped="" if answer == WITHOUT_ANSWER else answer,
            )
            for name, answer in told
            if answer
        )


class MessageForm(forms.Form):
    """A few words to the care team."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    body = forms.CharField(label=_("Your message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class LookedForm(forms.Form):
    """Up to when somebody has read what others did, as the page that showed it says."""

    until = forms.DateTimeField(widget=forms.HiddenInput)


class RoutineTimeForm(forms.Form):
    """When this household usually does a part of its day."""

    at = forms.TimeField(
        label=_("Usually at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class ReminderForm(forms.Form):
    """On which days a household is reminded of a slot, where, and whom of it that reaches."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    weekdays = weekdays_field(_("On these days"), help_text=_("None ticked: on all of them."))
    only_on_home_days = forms.BooleanField(label=_("Only while your child sleeps here"), required=False)
    recipients = forms.MultipleChoiceField(
        label=_("Who is reminded"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, shown: ShownReminder, has_other_homes: bool) -> None:
        prefix = f"r{str(shown.rule_id)[-8:]}"
        here = [one for one in shown.recipients if one.is_me or not one.is_own_wish]
        initial = {
            "lock_version": shown.lock_version,
            "weekdays": list(shown.weekdays),
            "only_on_home_days": shown.only_on_home_days,
            "recipients": [str(one.grant_id) for one in here if one.is_reminded],
        }
        super().__init__(data, prefix=prefix, initial=initial)
        self._asked = frozenset(shown.asked_weekdays)
        days = self.fields["weekdays"]
        days.choices = [(number, words) for number, words in days.choices if number in self._asked]  # type: ignore[attr-defined]
        self.fields["recipients"].choices = [  # type: ignore[attr-defined]
            (str(one.grant_id), gettext("You") if one.is_me else one.name) for one in here
        ]
        if len(self._asked) == 1:
            del self.fields["weekdays"]
        if not has_other_homes:
            del self.fields["only_on_home_days"]
        if len(shown.recipients) == 1:
            del self.fields["recipients"]

    def changes(self) -> RuleChanges:
        """What was sent, as the service takes it; every day the program asks for is no choice of days."""
        told = self.cleaned_data
        changes = RuleChanges()
        if "weekdays" in told:
            changes["weekdays"] = [] if set(told["weekdays"]) == self._asked else told["weekdays"]
        if "only_on_home_days" in told:
            changes["only_on_home_days"] = told["only_on_home_days"]
        if "recipients" in told:
            changes["recipients"] = [uuid.UUID(one) for one in told["recipients"]]
        return changes


class ReminderPauseForm(forms.Form):
    """Until when a household wants no reminders."""

    through = day_field(_("Until the evening of"))
