"""The forms of the draft page together: its head, a row per step, a card per schedule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from clinic.errors import DomainError
from tracking.readings.program_steps import StepReading
from tracking.readings.program_versions import ConflictReading, VersionReading
from tracking.readings.programs import ProgramReading
from tracking.vocabulary.programs import Phase, StepKind
from tracking.vocabulary.states import StateScale, scale_for_age
from web.desk import ChildDesk
from web.forms.programs import DraftForm, ScheduleForm, StepForm
from web.programs.opening import draft_of
from web.refusals import tell

MOST_STEPS = 60
MOST_SCHEDULES = 5

StepForms = forms.formset_factory(StepForm, extra=0, max_num=MOST_STEPS, absolute_max=MOST_STEPS)
ScheduleForms = forms.formset_factory(
    ScheduleForm, extra=0, max_num=MOST_SCHEDULES, absolute_max=MOST_SCHEDULES
)

OTHER_STEPS = [kind for kind in StepKind if kind is not StepKind.STROKE]


@dataclass(frozen=True, slots=True)
class Row:
    """A step on the page: its form, and the stored step it shows; None for one that is stored no more.

    `conflicts` stand at the first row of a stroke alone.
    """

    form: StepForm
    step: StepReading | None
    conflicts: tuple[ConflictReading, ...]


@dataclass(slots=True)
class Sheet:
    """All forms of the page."""

    head: DraftForm
    steps: Any
    schedules: Any

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), self.steps.is_valid(), self.schedules.is_valid()])

    def ordered_steps(self) -> list[Any]:
        """The step forms as they stand on the page; of a valid sheet."""
        return sorted(self.steps.forms, key=lambda form: form.cleaned_data["position"])

    def tell(self, error: DomainError) -> None:
        """Put a refusal where it belongs: `steps.2.seconds` is a field of the third row."""
        match (error.field or "").split("."):
            case ["steps", place, *rest] if place.isdecimal() and int(place) < len(self.steps.forms):
                self._tell_row(self.ordered_steps()[int(place)], rest, error)
            case ["schedules", place, *rest] if place.isdecimal() and int(place) < len(self.schedules.forms):
                self._tell_row(self.schedules.forms[int(place)], rest, error)
            case _:
                tell(self.head, error)

    @staticmethod
    def _tell_row(form: forms.Form, path: list[str], error: DomainError) -> None:
        name = {"slots": "anchors"}.get(path[0], path[0]) if path else ""
        tell(form, error, fields={error.field or "": name})

    def rows(self, version: VersionReading) -> list[Row]:
        """The rows in the order of the page, each with what is stored in its place, or of its stroke."""
        in_order = self.steps.forms
        if self.steps.is_bound and self.steps.is_valid():
            in_order = self.ordered_steps()
        by_key = {_key(step): step for step in reversed(version.steps)}
        rows, seen = [], set()
        for place, form in enumerate(in_order):
            key = form["stroke"].value() or form["kind"].value()
            stored = version.steps[place] if place < len(version.steps) else None
            if stored is None or _key(stored) != key:
                stored = by_key.get(key)
            orders = {stored.order} if stored else set()
            conflicts = tuple(one for one in version.conflicts if orders & set(one.orders))
            rows.append(Row(form, stored, () if key in seen else conflicts))
            seen.add(key)
        return rows


def sheet_of(desk: ChildDesk, reading: ProgramReading) -> Sheet:
    """The forms as the draft is stored."""
    version = draft_of(reading)
    schedules = [one for one in version.schedules if one.phase == Phase.PROGRAM]
    return Sheet(
        head=DraftForm(scale=_scale(desk), initial=DraftForm.initial_of(reading, version)),
        steps=StepForms(initial=[StepForm.initial_of(step) for step in version.steps], prefix="steps"),
        schedules=ScheduleForms(
            initial=[ScheduleForm.initial_of(schedule) for schedule in schedules], prefix="schedules"
        ),
    )


def sheet_sent(request: HttpRequest, desk: ChildDesk, reading: ProgramReading) -> Sheet:
    """The forms as they were sent."""
    initial = DraftForm.initial_of(reading, draft_of(reading))
    return Sheet(
        head=DraftForm(request.POST, scale=_scale(desk), initial=initial),
        steps=StepForms(request.POST, prefix="steps"),
        schedules=ScheduleForms(request.POST, prefix="schedules"),
    )


def _key(step: StepReading) -> str:
    """What a step is: the stroke's slug, else the kind of step."""
    return step.stroke or step.kind


def _scale(desk: ChildDesk) -> StateScale:
    return scale_for_age(desk.ages.used.months)
