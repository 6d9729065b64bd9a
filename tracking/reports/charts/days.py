"""A time axis by local days, and what stands at its foot: days without a record, and of illness or travel."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracking.reports.charts.frame import Spec

FOOT = 12
"""How high the row of marks below a chart is."""

DAYS_NAMED_EACH = 8
"""Up to so many days an axis names each of them, once."""

CROSS = "M-0.7,-0.7L0.7,0.7M-0.7,0.7L0.7,-0.7"


@dataclass(frozen=True, slots=True)
class Foot:
    """Days on which one was asked and nothing told, and days of illness or travel."""

    no_record_on: Sequence[dt.date] = ()
    ill_or_away_on: Sequence[dt.date] = ()

    def __bool__(self) -> bool:
        return bool(self.no_record_on or self.ill_or_away_on)


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
    """A dot for each day without a record, a cross for each of illness or travel, below the height `at`."""
    shapes: tuple[tuple[str, Iterable[dt.date], dict[str, Any]], ...] = (
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
