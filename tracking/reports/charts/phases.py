"""The phase chart: an outcome's values, medians and phase changes, with weekly dose below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, unique
from typing import Any

from django.utils.translation import gettext as _

from tracking.reports.charts.days import FOOT, Foot, day_axis, foot_marks, midnight, noon
from tracking.reports.charts.frame import PAPER_HEIGHT, Spec, frame

PHONE_WIDTH = 220
LONGEST_NAME = 150
LETTER_WIDTH = 6
"""In the picture's own units; the last is what a letter of a phase's name takes at most."""
SHORT_MARK = 16
"""How long the line of a light mark is."""
DOSE_HEIGHT = 34
DOSE_ROOM = DOSE_HEIGHT + FOOT + 6
"""How high the bars of the dose are at most, and what they take of the picture's foot."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a local day. `is_at_least` marks a bound: the true value is more."""

    on: dt.date
    value: float
    is_at_least: bool = False
    is_unusual: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A phase from its first to its last day, with the median of its points; None: too few or not reached."""

    name: str
    first: dt.date
    last: dt.date
    median: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on which the program changed. `is_light`: within its phase, a correction or steps that opened."""

    on: dt.date
    name: str
    is_light: bool = False


@dataclass(frozen=True, slots=True)
class DoseWeek:
    """Minutes of massage in a week of the program, from its first to its last day."""

    first: dt.date
    last: dt.date
    minutes: float


@unique
class Scale(Enum):
    """What an outcome is measured in."""

    MINUTES = "minutes"
    GRADES = "grades"
    OF_100 = "of_100"


def outcome_chart(
    points: Sequence[Point],
    *,
    spans: Sequence[Span],
    marks: Sequence[Mark],
    first: dt.date,
    last: dt.date,
    title: str,
    scale: Scale,
    foot: Foot = Foot(),  # noqa: B008  # frozen
    dose: Sequence[DoseWeek] = (),
) -> Spec:
    """An outcome over its phases, each with its median; below it the days without a record, and the dose.

    Both stand on one axis of days: whether more was given when less was told is to be seen, not computed.
    """
    top = max([60.0, *(point.value for point in points)])
    scales: dict[Scale, tuple[list[float], list[int] | None]] = {
        Scale.MINUTES: ([0, top * 1.1], None),
        Scale.GRADES: ([-0.3, 4.3], [0, 1, 2, 3, 4]),
        Scale.OF_100: ([-4, 104], [0, 25, 50, 75, 100]),
    }
    domain, values = scales[scale]
    x = day_axis(first, last, foot=bool(foot.gaps) and not dose)
    y = {
        "field": "value",
        "type": "quantitative",
        "title": title,
        "scale": {"domain": domain, "zero": True, **({"range": [_above(DOSE_ROOM), 0]} if dose else {})},
        "axis": {"tickCount": 5} if values is None else {"values": values},
    }
    outcome = [
        *_changes(marks, x),
        *foot_marks(foot.gaps, x, at=_above(DOSE_ROOM) if dose else "height"),
        *_names(spans, x, first=first, last=last),
        _medians(spans, x, y, first=first),
        *_values(points, x, y),
    ]
    if not dose:
        return {**frame(height=190), "layer": outcome}
    return {
        **frame(height=190 + DOSE_ROOM, paper_height=PAPER_HEIGHT + DOSE_ROOM),
        "resolve": {"scale": {"y": "independent"}},
        "layer": [{"layer": outcome}, _dose(dose, x)],
    }


def _above(room: int) -> dict[str, str]:
    """So much above the foot of the picture, however high that is drawn."""
    return {"expr": f"height - {room}"}


def _dose(weeks: Sequence[DoseWeek], x: dict[str, Any]) -> Spec:
    """A bar a week, as high as its minutes, in the room below the outcome."""
    most = max(20.0, *(week.minutes for week in weeks))
    rows = [
        {
            "on": midnight(week.first),
            "to": midnight(week.last + dt.timedelta(days=1)),
            "minutes": week.minutes,
            "none": 0,
        }
        for week in weeks
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "rect", "color": "role:accent-tint", "stroke": "role:accent", "strokeWidth": 0.8},
        "encoding": {
            "x": {**x, "scale": {}},
            "x2": {"field": "to"},
            "y": {
                "field": "minutes",
                "type": "quantitative",
                # Translators: beside bars of a chart, one a week: minutes of massage.
                "title": _("min a week"),
                "scale": {"domain": [0, most], "range": [{"expr": "height"}, _above(DOSE_HEIGHT)]},
                "axis": {"orient": "left", "tickCount": 2, "grid": False},
            },
            "y2": {"field": "none"},
        },
    }


def _changes(marks: Sequence[Mark], x: dict[str, Any]) -> list[Spec]:
    layers: list[Spec] = []
    for is_light, color in ((False, "role:ink-soft"), (True, "role:line-strong")):
        rows = [{"on": midnight(mark.on), "name": mark.name} for mark in marks if mark.is_light is is_light]
        if rows:
            short = {"y": {"value": 0}, "y2": {"value": SHORT_MARK}} if is_light else {}
            layers.append(
                {
                    "data": {"values": rows},
                    "mark": {"type": "rule", "color": color, "strokeWidth": 1.2},
                    "encoding": {"x": x, **short},
                }
            )
    return layers


def _names(spans: Sequence[Span], x: dict[str, Any], *, first: dt.date, last: dt.date) -> list[Spec]:
    return [
        {
            "data": {"values": named},
            "mark": {
                "type": "text",
                "color": "role:ink-soft",
                "align": "left",
                "baseline": "bottom",
                "dx": 5,
                "fontSize": 10,
                "limit": LONGEST_NAME,
            },
            "encoding": {"x": x, "y": {"value": -3 - 13 * row}, "text": {"field": "name"}},
        }
        for row, named in enumerate(_names_in_rows(spans, first=first, last=last))
    ]


def _medians(spans: Sequence[Span], x: dict[str, Any], y: dict[str, Any], *, first: dt.date) -> Spec:
    rows = [
        {
            "on": midnight(max(span.first, first)),
            "to": midnight(span.last + dt.timedelta(days=1)),
            "value": span.median,
        }
        for span in spans
        if span.median is not None and span.last >= first
    ]
    return {
        "data": {"values": rows},
        "mark": {
            "type": "rule",
            "color": "role:accent",
            "strokeWidth": 2,
            "strokeDash": [6, 4],
            "opacity": 0.75,
        },
        # Without the scale, which the other layers set: Vega-Lite misreads a domain beside an x2.
        "encoding": {"x": {**x, "scale": {}}, "x2": {"field": "to"}, "y": y},
    }


def _values(points: Sequence[Point], x: dict[str, Any], y: dict[str, Any]) -> list[Spec]:
    """A bound is a triangle whatever else it is: it must never be read as a value."""
    shapes = (
        ("role:accent", "circle", [p for p in points if not p.is_at_least and not p.is_unusual]),
        ("role:accent", "triangle-up", [p for p in points if p.is_at_least]),
        ("role:ink-faint", "diamond", [p for p in points if p.is_unusual and not p.is_at_least]),
    )
    return [
        {
            "data": {"values": [{"on": noon(point.on), "value": point.value} for point in kind]},
            "mark": {
                "type": "point",
                "color": color,
                "shape": shape,
                "filled": shape == "circle",
                "size": 34,
                "opacity": 0.9,
            },
            "encoding": {"x": x, "y": y},
        }
        for color, shape, kind in shapes
    ]


def _names_in_rows(spans: Sequence[Span], *, first: dt.date, last: dt.date) -> list[list[dict[str, str]]]:
    """The phases' names above the picture; one that on a phone would run into another stands a row higher."""
    day_width = PHONE_WIDTH / ((last - first).days + 1)
    rows: list[list[dict[str, str]]] = []
    free_from: list[float] = []
    for span in spans:
        if not span.name or span.last < first:
            continue
        on = max(span.first, first)
        start = (on - first).days * day_width
        row = next((number for number, free in enumerate(free_from) if free <= start), len(rows))
        if row == len(rows):
            rows.append([])
            free_from.append(0)
        free_from[row] = start + min(LONGEST_NAME, LETTER_WIDTH * len(span.name) + 8)
        rows[row].append({"on": on.isoformat(), "name": span.name})
    return rows
