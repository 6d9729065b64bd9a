"""Template tags for flags: their figures, what they ask for, who reads them."""

from __future__ import annotations

from django import template

from tracking.readings.child_lists import SeenFlag
from tracking.readings.flags import FlagSeen
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.flags import ASKS, CloseHow, FlagAsk, ReaderKind
from tracking.wording import flags as wording
from tracking.wording import labels

register = template.Library()


@register.filter
def flag_title(flag: FlagSeen) -> str:
    """What a flag is about; how grave it is for a reader of its head alone."""
    return severity_words(flag.severity) if flag.code is None else labels.label(FlagCode, flag.code)


@register.filter
def flag_tile_of(flag: FlagSeen) -> str:
    return severity_words(flag.severity) if flag.code is None else labels.tile(FlagCode, flag.code)


@register.filter
def flag_figures(flag: FlagSeen | SeenFlag) -> str:
    """The figures a flag stands on, in a sentence."""
    return "" if flag.code is None else wording.figures(flag.code, flag.detail)


@register.filter
def flag_ask(code: str) -> str:
    """What a flag asks of the care team."""
    return labels.label(FlagAsk, ASKS[FlagCode(code)])


@register.filter
def flag_draft(code: str) -> str:
    """The draft wording of what a family would read."""
    return str(wording.DRAFTS[FlagCode(code)])


@register.filter
def severity_words(severity: str) -> str:
    return labels.label(Severity, severity)


@register.filter
def hours_of(minutes: int) -> int:
    """Whole hours."""
    return minutes // 60


@register.filter
def reader_kind(kind: str) -> str:
    return labels.tile(ReaderKind, kind)


@register.filter
def close_how(how: str) -> str:
    return labels.label(CloseHow, how)
