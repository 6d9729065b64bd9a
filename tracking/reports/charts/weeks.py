"""Sessions by program week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracking.reports.charts.frame import Spec, frame


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
        **frame(height=120),
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
