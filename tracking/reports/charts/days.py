"""The axis of local days, and the marks below it: days without a record, days of illness or travel."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracking.reports.charts.frame import Spec

FOOT = 12
"""How high the row of marks below a chart is."""

DAYS_NAMED_EACH = 8
"""Up to so many days an axis names each of them, once."""

DENSE_FROM = 120
"""From so many days on the lines at the foot are thin, so that dots between them are seen."""

TICK = "M0,-0.8L0,0.8"
CROSS = "M-0.7,-0.7L0.7,0.7M-0.7,0.7L0.7,-0.7"


@dataclass(frozen=True, slots=True)
class Foot:
    """Days on which one was asked and nothing told, days of illness or travel, and days that are told of."""

    no_record_on: Sequence[dt.date] = ()
    ill_or_away_on: Sequence[dt.date] = ()
    told_on: Sequence[dt.date] = ()

    def __bool__(self) -> bool:
        return bool(self.no_record_on or self.ill_or_away_on or self.told_on)

    @property
    def gaps(self) -> Foot:
        """Without the days that are told of: for a picture that has a mark of its own for each."""
        return replace(self, told_on=())

    def within(self, first: dt.date, last: dt.date) -> Foot:
        """Of these days alone."""
        kept = (
            tuple(day for day in days if first <= day <= last)
            for days in (self.no_record_on, self.ill_or_away_on, self.told_on)
        )
        return Foot(*kept)


def noon(day: dt.date) -> str:
    """A day's place on the axis: its middle."""
    return f"{day.isoformat()}T12:00"


def midnight(day: dt.date) -> str:
    return day.isoformat()


def day_axis(first: dt.date, last: dt.date, *, foot: bool = False) -> dict[str, Any]:
    """The encoding `x` of rows with `on`, from the first to the last day, both whole."""
    return {
        "field": "on",
        "type": "temporal",
        "title": None,
        "scale": {"domain": [midnight(first), midnight(last + dt.timedelta(days=1))]},
        "axis": {
            "labelExpr": _named(),
            "labelOverlap": True,
            "tickCount": 7 if (last - first).days > DAYS_NAMED_EACH else {"interval": "day", "step": 1},
            "grid": False,
            **({"offset": FOOT} if foot else {}),
        },
    }


def foot_marks(foot: Foot, x: dict[str, Any], *, at: Any = "height") -> list[Spec]:
    """A dot for each day without a record, a short line for each that is told of, below the height `at`.

    A day of illness or travel has a cross.
    """
    unusual = set(foot.ill_or_away_on)
    is_dense = len(foot.told_on) + len(foot.no_record_on) > DENSE_FROM
    shapes: tuple[tuple[str, Iterable[dt.date], dict[str, Any]], ...] = (
        (
            TICK,
            [day for day in foot.told_on if day not in unusual],
            {"filled": False, "size": 20, "stroke": "role:accent", "strokeWidth": 0.4 if is_dense else 1.2},
        ),
        ("circle", foot.no_record_on, {"filled": True, "size": 9, "color": "role:ink-faint"}),
        (
            CROSS,
            foot.ill_or_away_on,
            {"filled": False, "size": 28, "stroke": "role:ink-soft", "strokeWidth": 1.4},
        ),
    )
    return [
        {
            "data": {"values": [{"on": noon(day)} for day in days]},
            "mark": {"type": "point", "shape": shape, "yOffset": FOOT // 2, "opacity": 1, **look},
            "encoding": {"x": x, "y": {"value": at}},
        }
        for shape, days, look in shapes
        if days
    ]


def over_days(
    layers: Sequence[Spec], foot: Foot, *, first: dt.date, last: dt.date, named: bool = True
) -> Spec:
    """The layers of a picture whose own axis has no days, above a row of them, if there are any.

    Not `named`, the row has no axis: the picture's own, at its offset of `FOOT`, tells the weeks.
    """
    if not foot:
        return {"layer": list(layers)}
    x = day_axis(first, last, foot=True)
    if not named:
        x["axis"] = None
    row = {"layer": foot_marks(foot, x)}
    return {"resolve": {"scale": {"x": "independent"}}, "layer": [{"layer": list(layers)}, row]}


def day_named(day: dt.date) -> str:
    """A day as an axis writes it."""
    return _written().format(month=date_format(day, "M"), day=day.day)


def _written() -> str:
    # Translators: a day on a chart, such as Nov 2.
    return _("{month} {day}")


def _named() -> str:
    """Vega's expression for a day of an axis: the drawing engine knows English alone."""
    months = [date_format(dt.date(2000, number, 1), "M") for number in range(1, 13)]
    written = json.dumps(_written(), ensure_ascii=False)
    month = f"{json.dumps(months, ensure_ascii=False)}[month(datum.value)]"
    return f"replace(replace({written}, '{{month}}', {month}), '{{day}}', date(datum.value))"
