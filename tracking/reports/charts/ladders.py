"""A goal's level over time, from the level at which it was set."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracking.reports.charts.days import Foot, day_axis, foot_marks, midnight
from tracking.reports.charts.frame import Spec, frame
from tracking.wording.goals import signed


@dataclass(frozen=True, slots=True)
class Rung:
    """A level from -2 to +2, 0 as expected, on a day; `is_start`: where the child began."""

    on: dt.date
    level: int
    is_start: bool = False


def ladder_chart(rungs: Sequence[Rung], *, last: dt.date, foot: Foot) -> Spec:
    """A level stands until the next rating; the line of "as expected" is drawn through."""
    first = rungs[0].on
    shown = foot.within(first, last)
    x = day_axis(first, max(last, first + dt.timedelta(days=6)), foot=bool(shown))
    y = {
        "field": "level",
        "type": "quantitative",
        "title": _("Level"),
        "scale": {"domain": [-2.3, 2.3], "nice": False},
        "axis": {
            "values": [-2, -1, 0, 1, 2],
            "labelExpr": f"{json.dumps({level: signed(level) for level in range(-2, 3)})}[datum.value]",
        },
    }
    rows = [{"on": midnight(rung.on), "level": rung.level} for rung in rungs]
    standing = [*rows, {"on": midnight(last), "level": rungs[-1].level}]
    layers: list[Spec] = [
        {
            "data": {"values": [{"level": 0}]},
            "mark": {"type": "rule", "color": "role:line-strong", "strokeDash": [6, 4]},
            "encoding": {"y": y},
        },
        {
            "data": {"values": standing},
            "mark": {"type": "line", "interpolate": "step-after", "color": "role:accent", "strokeWidth": 2},
            "encoding": {"x": x, "y": y},
        },
    ]
    for is_start, shape in ((True, "diamond"), (False, "circle")):
        inside = [row for row, rung in zip(rows, rungs, strict=True) if rung.is_start is is_start]
        if inside:
            layers.append(
                {
                    "data": {"values": inside},
                    "mark": {
                        "type": "point",
                        "shape": shape,
                        "filled": not is_start,
                        "size": 46,
                        "color": "role:accent",
                        "opacity": 1,
                    },
                    "encoding": {"x": x, "y": y},
                }
            )
    return {**frame(height=150, paper_height=110), "layer": [*layers, *foot_marks(shown, x)]}
