"""Days as tiles: the last fourteen in a row, and the program's weeks as a calendar.

Each state of a day has the same mark as in the strips on the pages.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from tracking.reports.charts.days import day_named
from tracking.reports.charts.frame import Spec, frame
from tracking.vocabulary.outcomes import DayState
from tracking.wording.days import letter

FEWEST_WEEKS = 8
"""A calendar of fewer weeks leaves the room of the others empty and unnamed, so that a tile stays a tile."""

TICK = "M-0.7,0L-0.2,0.5L0.7,-0.5"
BARS = "M-0.4,-0.6L-0.4,0.6M0.4,-0.6L0.4,0.6"
DASH = "M-0.6,0L0.6,0"
DRAWN: Mapping[DayState, tuple[str, Mapping[str, Any]]] = {
    DayState.DONE: (TICK, {"stroke": "role:surface", "strokeWidth": 2, "size": 42}),
    DayState.PAUSED: (BARS, {"stroke": "role:ink-soft", "strokeWidth": 2, "size": 42}),
    DayState.NOT_PRESCRIBED: (DASH, {"stroke": "role:line-strong", "strokeWidth": 1.5, "size": 30}),
    DayState.NO_RECORD: (
        "circle",
        {"stroke": "role:ink-faint", "fill": "role:ink-faint", "strokeWidth": 1, "size": 10},
    ),
}
OFFERED = (DayState.STOPPED, DayState.DECLINED)
OUTLINED = (DayState.NOT_TODAY, DayState.NO_RECORD, DayState.PAUSED, DayState.EXCUSED)


@dataclass(frozen=True, slots=True)
class DayTile:
    on: dt.date
    state: DayState


@dataclass(frozen=True, slots=True)
class Night:
    """Minutes to fall asleep on an evening, as written; empty: none told."""

    on: dt.date
    minutes: str


def calendar_chart(days: Sequence[DayTile]) -> Spec:
    """The weeks beside each other, the days of a week below each other."""
    week_starts = sorted({_week_start(day.on) for day in days})
    names = {start.isoformat(): day_named(start) for start in week_starts}
    for number in range(1, FEWEST_WEEKS - len(week_starts) + 1):
        names[(week_starts[-1] + dt.timedelta(weeks=number)).isoformat()] = ""
    weekdays = [date_format(week_starts[0] + dt.timedelta(days=number), "D") for number in range(7)]
    x = _column(names, {"labelAngle": 0, "labelOverlap": True})
    y = {
        "field": "row",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": weekdays, "paddingInner": 0.12},
        "axis": {"domain": False, "ticks": False},
    }
    rows = [
        {
            "column": _week_start(day.on).isoformat(),
            "row": date_format(day.on, "D"),
            "state": str(day.state),
            "on": day.on.isoformat(),
        }
        for day in days
    ]
    return {**frame(height=168, paper_height=140), "layer": _tiles(rows, x, y)}


def fortnight_chart(days: Sequence[DayTile], nights: Sequence[Night]) -> Spec:
    """A tile a day, and below it the minutes to sleep, where any night tells them."""
    massage, asleep = _("Massage"), _("Minutes")
    told = [night for night in nights if night.minutes]
    names = {day.on.isoformat(): date_format(day.on, "j") for day in days}
    x = _column(names, {"labelAngle": 0})
    y = {
        "field": "row",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": [massage, *([asleep] if told else [])], "paddingInner": 0.12},
        "axis": {"domain": False, "ticks": False},
    }
    rows = [
        {"column": day.on.isoformat(), "row": massage, "state": str(day.state), "on": day.on.isoformat()}
        for day in days
    ]
    layers = _tiles(rows, x, y)
    if told:
        layers.append(
            {
                "data": {
                    "values": [
                        {"column": night.on.isoformat(), "row": asleep, "minutes": night.minutes}
                        for night in told
                    ]
                },
                "mark": {"type": "text", "color": "role:ink", "fontSize": 9},
                "encoding": {"x": x, "y": y, "text": {"field": "minutes"}},
            }
        )
    height = 76 if told else 44
    return {**frame(height=height, paper_height=height), "layer": layers}


def _week_start(day: dt.date) -> dt.date:
    """The first day of the week a day lies in, as weeks begin where it is read."""
    begins = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
    return day - dt.timedelta(days=(day.weekday() - begins) % 7)


def _column(names: Mapping[str, Any], axis: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "field": "column",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": list(names), "paddingInner": 0.12},
        "axis": {
            "labelExpr": f"{json.dumps(names, ensure_ascii=False)}[datum.value]",
            "domain": False,
            "ticks": False,
            **axis,
        },
    }


def _tiles(rows: Sequence[Mapping[str, str]], x: dict[str, Any], y: dict[str, Any]) -> list[Spec]:
    """A square a day with its mark; what nothing was asked on has the mark alone."""
    layers: list[Spec] = []
    looks: tuple[tuple[Collection[DayState], Mapping[str, Any]], ...] = (
        ((DayState.DONE,), {"fill": "role:accent", "stroke": "role:accent"}),
        (OFFERED, {"fill": "role:accent-tint", "stroke": "role:accent"}),
        (OUTLINED, {"fill": None, "stroke": "role:line-strong"}),
    )
    for states, look in looks:
        inside = [row for row in rows if row["state"] in states]
        if inside:
            mark = {"type": "rect", "cornerRadius": 3, "strokeWidth": 1, **look}
            layers.append({"data": {"values": inside}, "mark": mark, "encoding": {"x": x, "y": y}})
    for state, (shape, look) in DRAWN.items():
        inside = [row for row in rows if row["state"] == state]
        if inside:
            mark = {"type": "point", "shape": shape, "filled": False, "opacity": 1, **look}
            layers.append({"data": {"values": inside}, "mark": mark, "encoding": {"x": x, "y": y}})
    lettered = [{**row, "letter": letter(row["state"])} for row in rows if letter(row["state"])]
    if lettered:
        layers.append(
            {
                "data": {"values": lettered},
                "mark": {"type": "text", "color": "role:ink", "fontSize": 10, "fontWeight": "bold"},
                "encoding": {"x": x, "y": y, "text": {"field": "letter"}},
            }
        )
    return layers
