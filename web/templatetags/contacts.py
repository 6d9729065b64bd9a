"""Template tags for visits, calls and demonstrations. They never query."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.timezone import localtime

from tracking.readings.teaching import SeenDemonstration
from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState
from tracking.vocabulary.teaching import ShownWith, TaughtLevel
from tracking.wording import labels, teaching

register = template.Library()


@register.filter
def contact_kind(code: str) -> str:
    return labels.label(ContactKind, code)


@register.filter
def contact_state(contact: Any) -> str:
    """What became of a contact, and by whom it was called off."""
    said = labels.label(ContactState, contact.state)
    by = labels.label(CancelledBy, contact.cancelled_by)
    return f"{said} {by.lower()}" if by else said


@register.filter
def taught_level(code: str) -> str:
    return labels.tile(TaughtLevel, code)


@register.filter
def shown_with(code: str) -> str:
    return labels.label(ShownWith, code).lower()


@register.filter
def how_it_stands(one: SeenDemonstration) -> str:
    """How it stands with something a family was shown, and what comes next."""
    return teaching.how_it_stands(one.level, by=one.by, on=localtime(one.at).date())


@register.filter
def contact_state_code(code: str) -> str:
    return labels.label(ContactState, code)
