"""Heat map of touch by week: the median intensity in each cell, darker for higher."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracking.reports.charts.days import Foot, day_axis, foot_marks, midnight, noon
from tracking.reports.charts.frame import Spec, frame

WIDEST_LINE = 16
"""In letters: a phone keeps most of its width for the weeks."""

ROOMY_WEEKS = 9
"""A phone has room for the numbers of fewer weeks than this at their full size."""

DARK_FROM = 3
"""From this intensity on a cell is so dark that its number is written light."""

OPACITIES = (0.0, 0.18, 0.36, 0.72, 0.95)
"""Of intensities 0 to 4; halves take the lower one."""


@dataclass(frozen=True, slots=True)
class TouchTile:
    """A touch by its name in one week: the median intensity as a number and as written, of so many times.

    `median` None: it came up, and nobody told how it was met.
    """

    name: str
    first: dt.date
    last: dt.date
    median: float | None
    written: str
    count: int


def touch_map(cells: Sequence[TouchTile], *, first: dt.date, last: dt.date, foot: Foot) -> Spec:
    """A frame with a number: met; one with a 0 and no ground: met and calm; no frame: not met."""
    names = list(dict.fromkeys(cell.name for cell in cells))
    lines = {name: textwrap.wrap(name, WIDEST_LINE, max_lines=3, placeholder=" …") for name in names}
    x = day_axis(first, last, foot=bool(foot))
    y = {
        "field": "name",
        "type": "nominal",
        "title": None,
        "scale": {"domain": names, "paddingInner": 0.08},
        "axis": {
            "domain": False,
            "ticks": False,
            "labelLimit": 104,
            "labelExpr": f"{json.dumps(lines, ensure_ascii=False)}[datum.value]",
        },
    }
    rows: list[dict[str, Any]] = [
        {
            "on": f"{midnight(cell.first)}T04:00",
            "to": f"{midnight(cell.last)}T20:00",
            "middle": noon(cell.first + (cell.last - cell.first) / 2),
            "name": cell.name,
            "median": cell.median,
            "written": cell.written,
            "count": cell.count or "",
            "share": 0 if cell.median is None else OPACITIES[int(cell.median)],
        }
        for cell in cells
    ]
    layers: list[Spec] = [
        {
            "data": {"values": rows},
            "mark": {"type": "rect", "fill": "role:accent", "stroke": "role:line-strong", "strokeWidth": 1},
            "encoding": {
                "x": {**x, "scale": {}},
                "x2": {"field": "to"},
                "y": y,
                "fillOpacity": {"field": "share", "type": "quantitative", "scale": None, "legend": None},
            },
        }
    ]
    middle = {**x, "field": "middle"}
    written_size = 12 if last - first < dt.timedelta(weeks=ROOMY_WEEKS) else 9
    for is_dark, color in ((False, "role:ink"), (True, "role:surface")):
        inside = [row for row in rows if ((row["median"] or 0) >= DARK_FROM) is is_dark]
        if inside:
            layers += [
                {
                    "data": {"values": inside},
                    "mark": {
                        "type": "text",
                        "color": color,
                        "fontSize": size,
                        "fontWeight": weight,
                        "yOffset": off,
                    },
                    "encoding": {"x": middle, "y": y, "text": {"field": field}},
                }
                for field, size, weight, off in (
                    ("written", written_size, "bold", -5),
                    ("count", 8, "normal", 8),
                )
            ]
    height = 34 * max(1, len(names))
    return {**frame(height=height + 40, paper_height=height + 40), "layer": [*layers, *foot_marks(foot, x)]}
