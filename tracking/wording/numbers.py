"""Numbers in reading form."""

from __future__ import annotations

from django.utils import formats

from tracking.sleep import AtLeast, Minutes


def number(value: float) -> str:
    """A whole number as it is, any other to one decimal, in the reader's own notation."""
    return str(formats.localize(round(value, 1) if value % 1 else int(value)))


def median_in_words(median: Minutes | None) -> str:
    """A median as "24" or "> 40"; a dash where there is none."""
    if median is None:
        return "–"
    if isinstance(median, AtLeast):
        return f"> {number(median.minutes)}"
    return number(median)
