"""Visits, calls and what was shown at them, as words in a template. Nothing here asks the database."""

from __future__ import annotations

from typing import Any

from django import template

from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState
from tracking.wording import labels

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
