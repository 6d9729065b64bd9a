"""Template tags for erasure and retention."""

from __future__ import annotations

from django import template

from tracking.vocabulary.erasure import (
    DeclinedBecause,
    ErasureBecause,
    ErasureState,
    RequestAbout,
    RequestState,
)
from tracking.vocabulary.retention import Kept, PeriodUnit
from tracking.wording import labels

register = template.Library()


@register.filter
def erasure_state(state: str) -> str:
    return labels.label(ErasureState, state)


@register.filter
def erasure_because(because: str) -> str:
    return labels.label(ErasureBecause, because)


@register.filter
def wish_about(about: str) -> str:
    return labels.label(RequestAbout, about)


@register.filter
def wish_state(state: str) -> str:
    return labels.label(RequestState, state)


@register.filter
def wish_declined(because: str) -> str:
    return labels.label(DeclinedBecause, because)


@register.filter
def kept_words(kept: str) -> str:
    return labels.label(Kept, kept)


@register.filter
def period_unit(unit: str) -> str:
    return labels.label(PeriodUnit, unit)
