"""Template tags for the paper week. They never query."""

from __future__ import annotations

from enum import Enum

from django import forms, template
from django.utils.safestring import SafeString

from tracking.readings.paper import PaperWeek
from tracking.vocabulary.programs import SessionOutcome
from tracking.wording import labels

register = template.Library()


@register.filter
def state_tile(code: Enum) -> str:
    """A state in the few words that fit beside its number."""
    return labels.tile(type(code), code.value)


@register.filter
def outcome_boxes(week: PaperWeek) -> list[str]:  # noqa: ARG001  # a filter has a subject
    """What may be ticked of a massage."""
    return [labels.tile(SessionOutcome, code) for code in SessionOutcome]


@register.filter
def kept_cell(cell: forms.BoundField) -> SafeString:
    """A cell of a row that was kept: as typed, sent again as it is, and no more to be changed here."""
    return cell.as_widget(attrs={"readonly": True, "tabindex": "-1"})
