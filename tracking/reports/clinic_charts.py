"""Vega-Lite specifications of what is counted of a clinic, as those of `tracking.reports.charts`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracking.reports.charts import SCHEMA, Spec

A_ROW = 36


@dataclass(frozen=True, slots=True)
class ToldWeek:
    """A week of a clinic: massages offered, and done where that may be told."""

    first: dt.date
    offered: int
    done: int | None


def counts_chart(counts: Sequence[tuple[str, int]], *, title: str) -> Spec:
    """A bar for each count, under its words, with the number at its end."""
    height = A_ROW * len(counts)
    x = {
        "field": "count",
        "type": "quantitative",
        "title": title,
        "axis": {"tickMinStep": 1, "tickCount": 4},
        "scale": {"domain": [0, max([1, *(count for _label, count in counts)]) * 1.1]},
    }
    above = {"align": "left", "baseline": "bottom", "dx": 3, "dy": -1, "fontSize": 11, "color": "role:ink"}
    beside = {"align": "left", "dx": 5, "dy": 8, "fontSize": 11, "fontWeight": "bold", "color": "role:ink"}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": height,
        "usermeta": {"paperHeight": 28 * len(counts)},
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": [{"label": label, "count": count} for label, count in counts]},
        "encoding": {"y": {"field": "label", "type": "nominal", "axis": None, "sort": None}},
        "layer": [
            {
                "mark": {
                    "type": "bar",
                    "color": "role:accent",
                    "cornerRadiusEnd": 2,
                    "size": 10,
                    "yOffset": 8,
                },
                "encoding": {"x": x},
            },
            {
                "mark": {"type": "text", **above},
                "encoding": {"x": {"datum": 0, "type": "quantitative"}, "text": {"field": "label"}},
            },
            {
                "mark": {"type": "text", **beside},
                "encoding": {"x": x, "text": {"field": "count", "type": "quantitative"}},
            },
        ],
    }


def told_weeks_chart(weeks: Sequence[ToldWeek]) -> Spec:
    """Massages offered and done, week by week."""
    rows = [
        {"week": date_format(one.first, "M j"), "offered": one.offered, "done": one.done} for one in weeks
    ]
    scale = {"domain": [0, max([1, *(one.offered for one in weeks)])]}
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
