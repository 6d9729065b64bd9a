"""Sessions prescribed, offered and done, by program week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracking.reports.charts.days import FOOT, Foot, over_days
from tracking.reports.charts.frame import Spec, frame


@dataclass(frozen=True, slots=True)
class WeekBar:
    """A program week: how many sessions were asked for, offered and done."""

    number: int
    prescribed: float
    offered: float
    done: float


def weeks_chart(weeks: Sequence[WeekBar], *, started_on: dt.date, foot: Foot) -> Spec:
    """Sessions offered and done a program week, beside what was prescribed. For the clinic's eyes.

    Below each week stand its days: those told of, those without a record.
    """
    rows = [
        {"week": week.number, "prescribed": week.prescribed, "offered": week.offered, "done": week.done}
        for week in weeks
    ]
    x = {
        "field": "week",
        "type": "ordinal",
        "title": _("Program week"),
        "scale": {"padding": 0},
        "axis": {"labelAngle": 0, "labelOverlap": True, **({"offset": FOOT} if foot else {})},
    }
    top = max([1.0, *(max(week.prescribed, week.offered) for week in weeks)])
    scale = {"domain": [0, top]}
    first = started_on + dt.timedelta(weeks=weeks[0].number - 1)
    last = started_on + dt.timedelta(weeks=weeks[-1].number, days=-1)
    layers: list[Spec] = [
        {
            "mark": {
                "type": "bar",
                "color": "role:accent-tint",
                "cornerRadiusEnd": 2,
                "width": {"band": min(0.6, 0.15 * len(weeks))},
            },
            "encoding": {
                "x": x,
                "y": {
                    "field": "offered",
                    "type": "quantitative",
                    "title": _("Sessions"),
                    "scale": scale,
                    "axis": {"tickMinStep": 1, "tickCount": 4},
                },
            },
        },
        {
            "mark": {"type": "bar", "color": "role:accent", "size": 8, "cornerRadiusEnd": 2},
            "encoding": {"x": x, "y": {"field": "done", "type": "quantitative", "scale": scale}},
        },
        {
            "mark": {"type": "tick", "color": "role:ink-soft", "thickness": 2, "size": 18},
            "encoding": {"x": x, "y": {"field": "prescribed", "type": "quantitative", "scale": scale}},
        },
    ]
    each = [{"data": {"values": rows}, **layer} for layer in layers]
    return {**frame(height=120), **over_days(each, foot, first=first, last=last, named=False)}
