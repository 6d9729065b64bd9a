"""Cue balance by week: bars up for cues for more, down for cues for enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tracking.reports.charts.days import Foot, day_axis, foot_marks, midnight
from tracking.reports.charts.frame import Spec, frame

ROOM = 1.35
"""How far the axis goes beyond the highest bar: the words stand there."""


@dataclass(frozen=True, slots=True)
class CueWeek:
    first: dt.date
    last: dt.date
    more_count: int
    enough_count: int


def cue_chart(weeks: Sequence[CueWeek], *, foot: Foot) -> Spec:
    """Up and down from one line, so that which is which needs no color."""
    first, last = weeks[0].first, weeks[-1].last
    x = day_axis(first, last, foot=bool(foot))
    most = max([3, *(max(week.more_count, week.enough_count) for week in weeks)])
    y = {
        "field": "count",
        "type": "quantitative",
        "title": _("Cues noted"),
        "scale": {"domain": [-most * ROOM, most * ROOM], "nice": False},
        "axis": {"labelExpr": "abs(datum.value)", "tickCount": 5, "tickMinStep": 1, "grid": False},
    }
    layers: list[Spec] = []
    for sign, look in (
        (1, {"color": "role:accent"}),
        (-1, {"fill": "role:accent-tint", "stroke": "role:accent", "strokeWidth": 1}),
    ):
        rows = [_row(week, sign) for week in weeks]
        layers.append(
            {
                "data": {"values": rows},
                "mark": {"type": "rect", **look},
                "encoding": {
                    "x": {**x, "scale": {}},
                    "x2": {"field": "to"},
                    "y": y,
                    "y2": {"field": "none"},
                },
            }
        )
    words = [{"at": 4, "words": _("for more")}, {"at": -4, "words": _("for enough")}]
    layers += [
        {
            "data": {"values": [word]},
            "mark": {
                "type": "text",
                "color": "role:ink-soft",
                "fontSize": 10,
                "align": "left",
                "baseline": "top" if word["at"] == 4 else "bottom",
            },
            "encoding": {
                "x": {"value": 4},
                "y": {"value": 1 if word["at"] == 4 else {"expr": "height - 1"}},
                "text": {"field": "words"},
            },
        }
        for word in words
    ]
    layers.append(
        {
            "data": {"values": [{"count": 0}]},
            "mark": {"type": "rule", "color": "role:line-strong"},
            "encoding": {"y": y},
        }
    )
    return {**frame(height=180), "layer": [*layers, *foot_marks(foot, x)]}


def _row(week: CueWeek, sign: int) -> dict[str, Any]:
    """A bar a day narrower than its week, so that weeks stand apart."""
    count = week.more_count if sign > 0 else week.enough_count
    return {
        "on": f"{midnight(week.first)}T06:00",
        "to": f"{midnight(week.last)}T18:00",
        "count": sign * count,
        "none": 0,
    }
