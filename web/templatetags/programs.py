"""Template tags for steps, schedules and conflicts. They never query."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracking.models import ProgramState
from tracking.prescription import Difference
from tracking.readings.program_steps import StepReading
from tracking.readings.shelf import StrokeCard
from tracking.vocabulary.body import BodyRegion, Contact, Pressure
from tracking.vocabulary.programs import StepKind
from tracking.vocabulary.reasons import (
    AgeConflict,
    ConflictHow,
    EndReason,
    PauseReason,
    PrecautionCode,
)
from tracking.wording import labels, steps
from tracking.wording.prescription import difference

register = template.Library()


@register.filter
def region(code: str) -> str:
    return labels.label(BodyRegion, code)


@register.filter
def library_text(code: str) -> str:
    """What a sentence of the library is about: "When to stop", "Firm pressure", "Verse: legs"."""
    kind, _dot, about = code.partition(".")
    if kind == "pressure":
        return labels.label(Pressure, about)
    if kind == "contraindication":
        return labels.tile(PrecautionCode, about)
    if kind == "verse":
        return _("Verse: %(region)s") % {"region": labels.label(BodyRegion, about)}
    return _("Safe sleep") if kind == "safe_sleep_line" else _("When to stop")


@register.filter
def pressure(code: str) -> str:
    return labels.label(Pressure, code)


@register.filter
def contact(code: str) -> str:
    return labels.label(Contact, code)


@register.filter
def step_kind(code: str) -> str:
    return labels.label(StepKind, code)


@register.filter
def times(card: StrokeCard) -> str:
    """How often the library does a stroke: "4 to 6 times", "once"."""
    return steps.times(card.fewest_repetitions, card.most_repetitions)


@register.filter
def dose(step: StepReading) -> str:
    return steps.dose(step)


@register.filter
def seconds(number: int) -> str:
    """A length of time as people say it."""
    return steps.seconds(number)


@register.filter
def pass_length(number: int) -> str:
    """The length of one pass: "4 minutes 20 seconds", "5 minutes"."""
    minutes, left = divmod(number, 60)
    if not minutes or not left:
        return seconds(number)
    return _("%(minutes)s %(seconds)s") % {"minutes": seconds(minutes * 60), "seconds": seconds(left)}


@register.filter
def differences(found: Iterable[Difference]) -> str:
    """In what a version differs from the one before, as one phrase."""
    return labels.listed(difference(one) for one in found)


@register.filter
def program_state(code: str) -> str:
    return labels.label(ProgramState, code)


@register.filter
def pause_reason(code: str) -> str:
    return labels.label(PauseReason, code)


@register.filter
def end_reason(code: str) -> str:
    return labels.label(EndReason, code)


@register.filter
def precaution_code(code: str) -> str:
    """A conflict's code: a precaution, or the child's age."""
    kind = AgeConflict if code in frozenset(AgeConflict) else PrecautionCode
    return labels.label(kind, code)


@register.simple_tag
def swaps(draft_id: uuid.UUID) -> SafeString:
    """What makes a button of the draft's form swap the form in place, where a script runs."""
    return format_html(
        'hx-post="{}" hx-target="#draft-form" hx-select="#draft-form" hx-swap="outerHTML show:none"',
        reverse("program_draft", kwargs={"draft": draft_id}),
    )


@register.filter
def conflict_how(code: str) -> str:
    return labels.tile(ConflictHow, code)
