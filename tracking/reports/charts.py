"""One Vega-Lite specification a chart, for the page and for the paper alike.

A specification names colors by role ("role:accent") and never by value: the page fills them from its own
variables, light or dark, and the paper from `PAPER_COLORS`. Nothing is told by color alone: a censored night
is another shape, a change a line through the picture, a correction a short one. Every chart comes with a
text summary and a table, which the pages print beside it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, unique
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a local day. `is_at_least` marks a bound: the true value is more (domain, D)."""

    on: dt.date
    value: float
    is_at_least: bool = False
    is_unusual: bool = False
    words: str = ""


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


PAPER_COLORS: Mapping[str, str] = {
    "role:accent": "#70345f",
    "role:accent-tint": "#dfc6d7",
    "role:ink": "#2b2529",
    "role:ink-soft": "#5b5356",
    "role:ink-faint": "#6f6668",
    "role:line": "#e6dfd6",
    "role:line-strong": "#8b8177",
}

PAPER_WIDTH = 470
PHONE_WIDTH = 220
PAPER_HEIGHT = 140
LONGEST_NAME = 150
LETTER_WIDTH = 6
"""In the picture's own units; the last is what a letter of a phase's name takes at most."""
SHORT_MARK = 16
FOOT = 12
"""How long the line of a light mark is, and how high the row of days without a record."""

PAPER_FRAME: Spec = {
    "background": None,
    "font": "Noto Sans",
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "labelColor": "role:ink-soft",
        "titleColor": "role:ink-soft",
        "gridColor": "role:line",
        "domainColor": "role:line-strong",
        "tickColor": "role:line-strong",
        "labelFontSize": 9,
        "titleFontSize": 9,
        "titleFontWeight": "normal",
    },
}


DAYS_NAMED_EACH = 8
"""Up to so many days an axis names each of them, once."""


def _day_of_axis() -> str:
    """Vega's expression for a day of an axis, "Nov 2": the drawing engine knows English alone."""
    months = [date_format(dt.date(2000, number, 1), "M") for number in range(1, 13)]
    # Translators: a day on a chart, such as Nov 2.
    written = json.dumps(_("{month} {day}"), ensure_ascii=False)
    month = f"{json.dumps(months, ensure_ascii=False)}[month(datum.value)]"
    return f"replace(replace({written}, '{{month}}', {month}), '{{day}}', date(datum.value))"


def latency_chart(
    points: Sequence[Point], *, spans: Sequence[Span], marks: Sequence[Mark], first: dt.date, last: dt.date
) -> Spec:
    """Minutes from lights out to sleep, night by night, with each phase's median and the changes' lines."""
    top = max([60.0, *(point.value for point in points)])
    return _phase_chart(
        points,
        spans=spans,
        marks=marks,
        first=first,
        last=last,
        title=_("Minutes to fall asleep"),
        domain=[0, top * 1.1],
        values=None,
    )


def touch_chart(
    points: Sequence[Point], *, spans: Sequence[Span], marks: Sequence[Mark], first: dt.date, last: dt.date
) -> Spec:
    """Intensity 0-4 of the child's answers to touch, one mark an observation (domain, C.4)."""
    return _phase_chart(
        points,
        spans=spans,
        marks=marks,
        first=first,
        last=last,
        title=_("Intensity, 0 to 4"),
        domain=[-0.3, 4.3],
        values=[0, 1, 2, 3, 4],
    )


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
    no_record_on: Sequence[dt.date],
) -> Spec:
    """An outcome over its phases, each with its median; a row of dots tells the days without a record."""
    top = max([60.0, *(point.value for point in points)])
    scales: dict[Scale, tuple[list[float], list[int] | None]] = {
        Scale.MINUTES: ([0, top * 1.1], None),
        Scale.GRADES: ([-0.3, 4.3], [0, 1, 2, 3, 4]),
        Scale.OF_100: ([-4, 104], [0, 25, 50, 75, 100]),
    }
    domain, values = scales[scale]
    return _phase_chart(
        points,
        spans=spans,
        marks=marks,
        first=first,
        last=last,
        title=title,
        domain=domain,
        values=values,
        no_record_on=no_record_on,
    )


@dataclass(frozen=True, slots=True)
class WeekBar:
    """A program week: how many sessions were asked for, offered and done."""

    number: int
    prescribed: float
    offered: float
    done: float


def weeks_chart(weeks: Sequence[WeekBar]) -> Spec:
    """Sessions offered and done a program week, beside what was prescribed. For the clinic's eyes."""
    rows = [
        {"week": week.number, "prescribed": week.prescribed, "offered": week.offered, "done": week.done}
        for week in weeks
    ]
    x = {
        "field": "week",
        "type": "ordinal",
        "title": _("Program week"),
        "axis": {"labelAngle": 0, "labelOverlap": True},
    }
    top = max([1.0, *(max(week.prescribed, week.offered) for week in weeks)])
    scale = {"domain": [0, top]}
    return {
        **_frame(height=120),
        "data": {"values": rows},
        "encoding": {"x": x},
        "layer": [
            {
                "mark": {
                    "type": "bar",
                    "color": "role:accent-tint",
                    "cornerRadiusEnd": 2,
                    "width": {"band": 0.6},
                },
                "encoding": {
                    "y": {
                        "field": "offered",
                        "type": "quantitative",
                        "title": _("Sessions"),
                        "scale": scale,
                        "axis": {"tickMinStep": 1, "tickCount": 4},
                    }
                },
            },
            {
                "mark": {"type": "bar", "color": "role:accent", "size": 8, "cornerRadiusEnd": 2},
                "encoding": {"y": {"field": "done", "type": "quantitative", "scale": scale}},
            },
            {
                "mark": {"type": "tick", "color": "role:ink-soft", "thickness": 2, "size": 18},
                "encoding": {"y": {"field": "prescribed", "type": "quantitative", "scale": scale}},
            },
        ],
    }


def on_paper(spec: Spec) -> Spec:
    """The same specification with the paper's colors, fonts and measures; some say how high."""
    height = spec.get("usermeta", {}).get("paperHeight") or min(spec["height"], PAPER_HEIGHT)
    painted: Spec = _painted({**spec, "config": PAPER_FRAME, "width": PAPER_WIDTH, "height": height})
    return painted


def _painted(value: Any) -> Any:
    if isinstance(value, str):
        return PAPER_COLORS.get(value, value)
    if isinstance(value, dict):
        return {key: _painted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_painted(item) for item in value]
    return value


def _frame(*, height: int) -> Spec:
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
    }


def _phase_chart(
    points: Sequence[Point],
    *,
    spans: Sequence[Span],
    marks: Sequence[Mark],
    first: dt.date,
    last: dt.date,
    title: str,
    domain: list[float],
    values: list[int] | None,
    no_record_on: Sequence[dt.date] = (),
) -> Spec:
    x_scale = {"domain": [first.isoformat(), (last + dt.timedelta(days=1)).isoformat()]}
    x = {
        "field": "on",
        "type": "temporal",
        "title": None,
        "scale": x_scale,
        "axis": {
            "labelExpr": _day_of_axis(),
            "labelOverlap": True,
            "tickCount": 7 if (last - first).days > DAYS_NAMED_EACH else {"interval": "day", "step": 1},
            "grid": False,
            **({"offset": FOOT} if no_record_on else {}),
        },
    }
    y_axis: dict[str, Any] = {"tickCount": 5}
    if values is not None:
        y_axis = {"values": values}
    y = {
        "field": "value",
        "type": "quantitative",
        "title": title,
        "scale": {"domain": domain, "zero": True},
        "axis": y_axis,
    }
    layers: list[Spec] = []
    for is_light, color in ((False, "role:ink-soft"), (True, "role:line-strong")):
        rows = [{"on": mark.on.isoformat(), "name": mark.name} for mark in marks if mark.is_light is is_light]
        if rows:
            short = {"y": {"value": 0}, "y2": {"value": SHORT_MARK}} if is_light else {}
            layers.append(
                {
                    "data": {"values": rows},
                    "mark": {"type": "rule", "color": color, "strokeWidth": 1.2},
                    "encoding": {"x": x, **short},
                }
            )
    if no_record_on:
        layers.append(
            {
                "data": {"values": [{"on": f"{day.isoformat()}T12:00"} for day in no_record_on]},
                "mark": {
                    "type": "point",
                    "shape": "circle",
                    "filled": True,
                    "size": 9,
                    "color": "role:ink-faint",
                    "yOffset": FOOT // 2,
                },
                "encoding": {"x": x, "y": {"value": "height"}},
            }
        )
    layers.extend(
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
    )
    medians = [
        {
            "on": max(span.first, first).isoformat(),
            "to": (span.last + dt.timedelta(days=1)).isoformat(),
            "value": span.median,
        }
        for span in spans
        if span.median is not None and span.last >= first
    ]
    layers.append(
        {
            "data": {"values": medians},
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
    )
    shapes = (
        ("role:accent", "circle", [p for p in points if not p.is_at_least and not p.is_unusual]),
        ("role:accent", "triangle-up", [p for p in points if p.is_at_least]),
        ("role:ink-faint", "diamond", [p for p in points if p.is_unusual and not p.is_at_least]),
    )
    layers.extend(
        {
            "data": {"values": [_row(point) for point in kind]},
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
    )
    return {**_frame(height=190), "layer": layers}


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


def _row(point: Point) -> dict[str, Any]:
    row: dict[str, Any] = {"on": f"{point.on.isoformat()}T12:00", "value": point.value}
    if point.words:
        row["words"] = point.words
    return row
