"""Template tags for messages that were given up."""

from __future__ import annotations

from django import template

from tracking.models import Channel, DeliveryState
from tracking.wording import labels, undelivered

register = template.Library()


@register.filter
def channel_words(channel: str) -> str:
    return labels.label(Channel, channel)


@register.filter
def delivery_state(state: str) -> str:
    return labels.label(DeliveryState, state)


@register.filter
def given_up_because(code: str) -> str:
    return undelivered.reason_of(code)
