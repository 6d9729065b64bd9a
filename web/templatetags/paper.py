"""A paper week in a template. Nothing here asks the database."""

from __future__ import annotations

from enum import Enum
from itertools import islice

from django import forms, template
from django.utils.safestring import SafeString

from tracking.readings.paper import PaperWeek
from tracking.vocabulary.programs import SessionOutcome
from tracking.wording import labels

register = template.Library()

MOST_WORDS = 4
ROOM = 8
"""Lines of a week beyond which its words to say no longer fit on the sheet."""


@register.filter
def state_tile(code: Enum) -> str:
    """A state in the few words that fit beside its number."""
    return labels.tile(type(code), code.value)


@register.filter
def outcome_boxes(week: PaperWeek) -> list[str]:  # noqa: ARG001  # a filter has a subject
    """What may be ticked of a massage."""
    return [labels.tile(SessionOutcome, code) for code in SessionOutcome]


@register.filter
def paper_words(week: PaperWeek) -> list[tuple[str, str]]:
    """The first few strokes' words to say, where the sheet has room for them."""
    if week.routine is None or sum(len(day.slots) for day in week.days) > ROOM or len(week.touches) > 1:
        return []
    said = ((step.name, step.words) for step in week.routine.steps if step.words)
    return list(islice({words: (name, words) for name, words in said}.values(), MOST_WORDS))


@register.filter
def kept_cell(cell: forms.BoundField) -> SafeString:
    """A cell of a row that was kept: as typed, sent again as it is, and no more to be changed here."""
    return cell.as_widget(attrs={"readonly": True, "tabindex": "-1"})
