"""Prescribing: the draft as one form, with a row per step and a card per schedule.

The whole draft is sent every time; the service replaces steps and schedules as a whole.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.prescription import Length, LengthUnit, length_between
from tracking.readings.program_steps import StepReading
from tracking.readings.program_versions import ScheduleReading, VersionReading
from tracking.readings.programs import ProgramReading
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput
from tracking.vocabulary.body import Contact, Side
from tracking.vocabulary.programs import (
    AmountKind,
    Anchor,
    ChangeKind,
    FrequencyPer,
    Phase,
    ProductKind,
    Provider,
    StepKind,
)
from tracking.vocabulary.reasons import EndReason, PauseReason
from tracking.vocabulary.states import ArousalLevel, InfantState, StateScale
from tracking.wording import labels
from web.forms.inputs import DayInput, code_field, day_field, long_text, weekdays_field

OPENS = (
    ("", _("from the start")),
    ("week", _("from a later week")),
    ("taught", _("once it has been taught")),
)


class StepForm(forms.Form):
    """One step. A stroke is named by its slug, anything else by a word of its own."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in StepKind], widget=forms.HiddenInput)
    stroke = forms.SlugField(required=False, max_length=60, widget=forms.HiddenInput)
    position = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-position": ""}))
    name = forms.CharField(label=_("What it is called"), required=False, max_length=120)
    side = code_field(_("Side"), Side)
    seconds = forms.IntegerField(
        label=_("Seconds in all"), required=False, min_value=0, max_value=3600, widget=forms.NumberInput
    )
    repetitions = forms.IntegerField(label=_("Repetitions"), required=False, min_value=1, max_value=50)
    contact = code_field(_("Through what"), Contact, required=False, empty=_("as the library says"))
    opens = forms.ChoiceField(label=_("Begins"), choices=OPENS, required=False)
    opens_in_week = forms.IntegerField(label=_("In week"), required=False, min_value=1, max_value=104)
    words_to_say = long_text(
        _("Words to say"), required=False, most=1000, help_text=_("The family's own; empty: the library's.")
    )
    note = long_text(_("Note to the family"), required=False, most=1000)

    def __init__(self, *args: Any, is_side_specific: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_side_specific = is_side_specific

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("opens") == "week" and not told.get("opens_in_week"):
            self.add_error("opens_in_week", gettext("Say in which week."))
        return told

    def as_input(self) -> StepInput:
        told = self.cleaned_data
        return StepInput(
            kind=told["kind"],
            stroke=told["stroke"],
            name=told["name"],
            side=told["side"],
            seconds=told["seconds"],
            repetitions=told["repetitions"],
            contact=told["contact"],
            words_to_say=told["words_to_say"],
            note=told["note"],
            opens_in_week=told["opens_in_week"] if told["opens"] == "week" else None,
            opens_when_taught=told["opens"] == "taught",
        )

    @staticmethod
    def initial_of(step: StepReading) -> dict[str, Any]:
        opens = "taught" if step.opens_when_taught else ("week" if step.opens_in_week else "")
        return {
            "kind": step.kind,
            "stroke": step.stroke,
            "position": step.order,
            "name": step.name if step.has_own_name else "",
            "side": step.side,
            "seconds": step.seconds,
            "repetitions": step.repetitions,
            "contact": step.contact if step.has_own_contact else "",
            "opens": opens,
            "opens_in_week": step.opens_in_week,
            "words_to_say": step.words_to_say if step.has_own_words else "",
            "note": step.note,
        }


class ScheduleForm(forms.Form):
    """How often one provider does it, when in the day, and for how long."""

    provider = code_field(_("Who"), Provider, widget=forms.HiddenInput)
    count = forms.IntegerField(label=_("How often"), min_value=1, max_value=28, initial=1)
    per = code_field(_("Counted"), FrequencyPer)
    most = forms.IntegerField(
        label=_("Up to"), required=False, min_value=1, max_value=28, help_text=_("Where more is welcome.")
    )
    count_kind = code_field(_("That often"), AmountKind)
    weekdays = weekdays_field(_("On these days"), help_text=_("Only for named days."))
    anchors = forms.MultipleChoiceField(
        label=_("When in the day"),
        required=False,
        choices=lambda: [(code, words) for code, words in labels.choices(Anchor) if code != Anchor.OTHER],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
        help_text=_("Each home has its own clock time for these."),
    )
    other_times = forms.CharField(
        label=_("Another time, in the family's words"),
        required=False,
        max_length=240,
        help_text=_("For instance “when Papa comes home”; separate two with a comma."),
    )
    minutes_kind = code_field(_("Minutes each time"), AmountKind)
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=240)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        per, count = told.get("per"), told.get("count")
        if per == FrequencyPer.NAMED_DAYS and not told.get("weekdays"):
            self.add_error("weekdays", gettext("Choose at least one day."))
        times = len(told.get("anchors") or ()) + len(self._other_times(told))
        if per != FrequencyPer.WEEK and count and times > count:
            self.add_error(
                "anchors",
                gettext("%(times)d times of the day are chosen, but only %(count)d a day are asked for.")
                % {"times": times, "count": count},
            )
        if told.get("most") and count and told["most"] < count:
            self.add_error("most", gettext("This is less than “how often”."))
        return told

    @staticmethod
    def _other_times(told: dict[str, Any]) -> list[str]:
        return [name.strip() for name in (told.get("other_times") or "").split(",") if name.strip()]

    def as_input(self) -> ScheduleInput:
        told = self.cleaned_data
        is_named = told["per"] == FrequencyPer.NAMED_DAYS
        return ScheduleInput(
            per=told["per"],
            count=told["count"],
            count_kind=told["count_kind"],
            most=told["most"],
            weekdays=tuple(told["weekdays"]) if is_named else (),
            minutes=told["minutes"],
            minutes_kind=told["minutes_kind"],
            provider=told["provider"],
            slots=(
                *(SlotInput(anchor=anchor) for anchor in told["anchors"]),
                *(SlotInput(anchor=Anchor.OTHER, anchor_name=name[:80]) for name in self._other_times(told)),
            ),
        )

    @staticmethod
    def initial_of(schedule: ScheduleReading) -> dict[str, Any]:
        return {
            "provider": schedule.provider,
            "count": schedule.count,
            "per": schedule.per,
            "most": schedule.most,
            "count_kind": schedule.count_kind,
            "weekdays": schedule.weekdays,
            "anchors": [slot.anchor for slot in schedule.slots if slot.anchor != Anchor.OTHER],
            "other_times": ", ".join(slot.anchor_name for slot in schedule.slots if slot.anchor_name),
            "minutes_kind": schedule.minutes_kind,
            "minutes": schedule.minutes,
        }


NEW_SCHEDULE = {
    Provider.CAREGIVER: ScheduleInput(minutes_kind=AmountKind.MINIMUM),
    Provider.THERAPIST: ScheduleInput(provider=Provider.THERAPIST, per=FrequencyPer.WEEK),
}
"""What a schedule begins as: once a day at home, once a week with the therapist."""


class DraftForm(forms.Form):
    """All of a draft but its steps and schedules."""

    lock_version = forms.IntegerField(label=_("The page’s version"), widget=forms.HiddenInput)
    title = forms.CharField(label=_("Name of the program"), max_length=200)
    starts_on = day_field(_("First day"))
    weeks = forms.IntegerField(
        label=_("For how many weeks"), required=False, min_value=1, max_value=104, help_text=_("Empty: open.")
    )
    ends_on = forms.DateField(
        label=_("Or until"),
        required=False,
        widget=DayInput(),
        help_text=_("The last day, where it is no whole weeks."),
    )
    baseline_starts_on = day_field(
        _("Diary before the program, from"),
        required=False,
        help_text=_(
            "Days on which the family only writes down what happens: what change is later measured against."
        ),
    )
    baseline_anchors = forms.MultipleChoiceField(
        label=_("The diary is asked for"),
        required=False,
        choices=lambda: [(code, words) for code, words in labels.choices(Anchor) if code != Anchor.OTHER],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
    )
    target_states = forms.MultipleChoiceField(
        label=_("How the child should be afterwards"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
    )
    product_kind = code_field(_("On the hands"), ProductKind)
    product_name = forms.CharField(
        label=_("Name of the product"),
        required=False,
        max_length=120,
        help_text=_("With its ingredients where the child has an allergy."),
    )
    product_patch_tested_on = day_field(_("Tried on a small patch of skin on"), required=False)
    lights_out_within_minutes = forms.IntegerField(
        label=_("Lights out within"),
        required=False,
        min_value=1,
        max_value=240,
        help_text=_("Minutes from the first step of the routine."),
    )
    note = long_text(_("A few words to the family"), required=False)

    def __init__(self, *args: Any, scale: StateScale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = InfantState if scale is StateScale.INFANT_STATE else ArousalLevel
        fields: dict[str, Any] = dict(self.fields)
        known = list(labels.choices(kind))
        codes = {code for code, _words in known}
        held = [code for code in self.initial.get("target_states", ()) if code not in codes]
        fields["target_states"].choices = [*known, *((code, labels.clinical(kind, code)) for code in held)]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        start, end = told.get("starts_on"), told.get("ends_on")
        if start and end and not told.get("weeks") and end < start:
            self.add_error("ends_on", gettext("This is before the first day."))
        baseline = told.get("baseline_starts_on")
        if start and baseline and baseline >= start:
            self.add_error("baseline_starts_on", gettext("The diary begins before the program does."))
        return told

    def changes(self) -> dict[str, Any]:
        """What the service is asked to change; steps and schedules stand beside it."""
        told = self.cleaned_data
        changes = {
            name: told[name]
            for name in (
                "title",
                "starts_on",
                "baseline_starts_on",
                "target_states",
                "product_kind",
                "product_name",
                "product_patch_tested_on",
                "lights_out_within_minutes",
                "note",
            )
        }
        if told["weeks"]:
            return changes | {"weeks": told["weeks"]}
        return changes | {"ends_on": told["ends_on"]}

    def diary(self) -> list[ScheduleInput]:
        """The schedule of the diary before the program, where there is one."""
        told = self.cleaned_data
        if not told["baseline_starts_on"]:
            return []
        anchors = told["baseline_anchors"] or [Anchor.BEDTIME]
        return [
            ScheduleInput(
                per=FrequencyPer.DAY,
                count=len(anchors),
                phase=Phase.BASELINE,
                slots=tuple(SlotInput(anchor=anchor) for anchor in anchors),
            )
        ]

    @staticmethod
    def initial_of(program: ProgramReading, version: VersionReading) -> dict[str, Any]:
        length: Length | None = None
        if version.ends_on:
            length = length_between(version.starts_on, version.ends_on)
        is_weeks = length is not None and length.unit is LengthUnit.WEEKS
        diary = [
            slot.anchor
            for schedule in version.schedules
            if schedule.phase == Phase.BASELINE
            for slot in schedule.slots
            if slot.anchor != Anchor.OTHER
        ]
        return {
            "lock_version": program.lock_version,
            "title": program.title,
            "starts_on": version.starts_on,
            "weeks": length.count if length and is_weeks else None,
            "ends_on": None if is_weeks else version.ends_on,
            "baseline_starts_on": version.baseline_starts_on,
            "baseline_anchors": diary,
            "target_states": list(version.target_states),
            "product_kind": version.product_kind,
            "product_name": version.product_name,
            "product_patch_tested_on": version.product_patch_tested_on,
            "lights_out_within_minutes": version.lights_out_within_minutes,
            "note": version.note,
        }


class StartForm(forms.Form):
    """A new program: from a preset, or empty under a name."""

    preset = forms.UUIDField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Name of the program"), required=False, max_length=200)
    is_waitlist = forms.BooleanField(
        label=_("For the waiting list"),
        required=False,
        help_text=_("A diary alone; what is to be done comes later."),
    )


class LockForm(forms.Form):
    """A button that holds only for the state of the program it was shown with."""

    lock_version = forms.IntegerField(label=_("The page’s version"), widget=forms.HiddenInput)


class PublishForm(LockForm):
    """What publishing a later version is."""

    change_kind = forms.ChoiceField(
        label=_("This is"),
        required=False,
        choices=lambda: labels.choices(ChangeKind, [ChangeKind.CORRECTION, ChangeKind.CHANGE]),
        widget=forms.RadioSelect,
    )
    phase_name = forms.CharField(
        label=_("Name of the new phase"),
        required=False,
        max_length=120,
        help_text=_("Drawn into the charts: for instance “bath moved earlier”."),
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["change_kind"]
            del self.fields["phase_name"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("change_kind") == ChangeKind.CHANGE and not told.get("phase_name"):
            self.add_error("phase_name", gettext("Name the new phase in a few words."))
        return told


class PauseForm(forms.Form):
    """Days on which nothing is asked."""

    reason = code_field(_("Why"), PauseReason)
    from_on = day_field(_("From"))
    until_on = day_field(_("Until"), required=False, help_text=_("The last day; empty: until you end it."))


class EndForm(LockForm):
    """The end of a program."""

    reason = code_field(_("Why"), EndReason)
