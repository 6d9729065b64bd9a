"""Charts of a clinic: a bar for each group of children, and massages by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracking.reports.charts import SCHEMA, Spec

A_LINE = 17
A_BAR = 12
BETWEEN = 14
"""Heights in the picture's own units: of a line of words, of a bar, and between two."""


@dataclass(frozen=True, slots=True)
class ToldWeek:
    """A week of a clinic: massages offered and done; None: may not be told, and has no bar."""

    first: dt.date
    offered: int | None
    done: int | None


def counts_chart(counts: Sequence[tuple[Sequence[str], int]]) -> Spec:
    """A bar for each count, under its words line by line, with the number at its end."""
    bars, lines, top = [], [], 0
    for words, count in counts:
        for word in words:
            top += A_LINE
            lines.append({"at": top - 4, "line": word})
        bars.append({"from": top, "to": top + A_BAR, "at": top + A_BAR // 2, "count": count})
        top += A_BAR + BETWEEN
    y = {"field": "at", "type": "quantitative", "scale": {"domain": [top, 0], "nice": False}, "axis": None}
    x = {
        "field": "count",
        "type": "quantitative",
        "scale": {"domain": [0, max([1, *(count for _words, count in counts)]) * 1.15]},
        "axis": None,
    }
    text = {"type": "text", "align": "left", "fontSize": 12, "color": "role:ink"}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": top,
        "usermeta": {"paperHeight": top},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [
            {
                "data": {"values": bars},
                "mark": {"type": "rect", "color": "role:accent", "cornerRadius": 2},
                "encoding": {
                    "x": x,
                    "x2": {"datum": 0},
                    "y": {**y, "field": "from"},
                    "y2": {"field": "to"},
                },
            },
            {
                "data": {"values": bars},
                "mark": {**text, "baseline": "middle", "dx": 6, "fontWeight": "bold"},
                "encoding": {"x": x, "y": y, "text": {"field": "count", "type": "quantitative"}},
            },
            {
                "data": {"values": lines},
                "mark": {**text, "baseline": "bottom"},
                "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "line", "type": "nominal"}},
            },
        ],
    }


def told_weeks_chart(weeks: Sequence[ToldWeek]) -> Spec:
    """Massages offered and done, week by week."""
    rows = [
        {"week": date_format(one.first, "M j"), "offered": one.offered, "done": one.done} for one in weeks
    ]
    scale = {"domain": [0, max([1, *(one.offered or 0 for one in weeks)])]}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 160,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": rows},
        "encoding": {
            "x": {
                "field": "week",
                "type": "ordinal",
                "sort": None,
                "scale": {"domain": [row["week"] for row in rows]},
                "title": None,
                "axis": {"labelAngle": 0, "labelOverlap": True},
            }
        },
        "layer": [
            {
                "mark": {
                    "type": "bar",
                    "color": "role:accent-tint",
                    "cornerRadiusEnd": 2,
                    "width": {"band": 0.7},
                },
                "encoding": {
                    "y": {
                        "field": "offered",
                        "type": "quantitative",
                        "title": _("Massages"),
                        "scale": scale,
                        "axis": {"tickMinStep": 1, "tickCount": 4},
                    }
                },
            },
            {
                "mark": {"type": "bar", "color": "role:accent", "size": 8, "cornerRadiusEnd": 2},
                "encoding": {"y": {"field": "done", "type": "quantitative", "scale": scale}},
            },
        ],
    }
