"""State flow: a row for each state before, a column for each state after, and the number of massages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracking.reports.charts.days import FOOT, Foot, over_days
from tracking.reports.charts.frame import Spec, frame

ROOM_FOR_NAMES = 28
"""What slanted names take beyond the last column."""


@dataclass(frozen=True, slots=True)
class Flow:
    """`count` massages that began in one state and ended in another, by their names."""

    before: str
    after: str
    count: int


def flow_chart(
    flows: Sequence[Flow],
    *,
    states: Sequence[str],
    targets: Collection[str],
    first: dt.date,
    last: dt.date,
    foot: Foot,
) -> Spec:
    """Circles with their counts. `states` are in the order of the scale, `targets` those hoped for after.

    The cells of a state hoped for are framed. Below stand the days it is told of.
    """
    befores = [state for state in states if any(flow.before == state for flow in flows)]
    x = {
        "field": "after",
        "type": "ordinal",
        "title": _("After"),
        "scale": {"domain": list(states)},
        "axis": {
            "orient": "top",
            "labelAngle": -35,
            "labelAlign": "left",
            "labelLimit": 110,
            "domain": False,
            "ticks": False,
            "grid": False,
        },
    }
    y = {
        "field": "before",
        "type": "ordinal",
        "title": _("Before"),
        "scale": {"domain": befores},
        "axis": {"domain": False, "ticks": False, "labelLimit": 110},
    }
    rows = [{"before": flow.before, "after": flow.after, "count": flow.count} for flow in flows]
    wished = [
        {"before": before, "after": after} for before in befores for after in states if after in targets
    ]
    layers: list[Spec] = []
    if wished:
        layers.append(
            {
                "data": {"values": wished},
                "mark": {
                    "type": "rect",
                    "fill": None,
                    "stroke": "role:line-strong",
                    "strokeDash": [3, 3],
                },
                "encoding": {"x": x, "y": y},
            }
        )
    most = max([1, *(flow.count for flow in flows)])
    layers += [
        {
            "data": {"values": rows},
            "mark": {
                "type": "point",
                "shape": "circle",
                "filled": True,
                "color": "role:accent-tint",
                "opacity": 1,
            },
            "encoding": {
                "x": x,
                "y": y,
                "size": {
                    "field": "count",
                    "type": "quantitative",
                    "scale": {"domain": [0, most], "range": [120, 640]},
                    "legend": None,
                },
            },
        },
        {
            "data": {"values": rows},
            "mark": {"type": "text", "color": "role:ink", "fontSize": 11, "fontWeight": "bold"},
            "encoding": {"x": x, "y": y, "text": {"field": "count"}},
        },
    ]
    height = 80 + 34 * max(1, len(befores)) + (2 * FOOT + 10 if foot else 0)
    return {
        **frame(height=height, paper_height=height),
        "padding": {"left": 0, "top": 0, "right": ROOM_FOR_NAMES, "bottom": 0},
        **over_days(layers, foot, first=first, last=last),
    }
