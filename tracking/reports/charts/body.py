"""Body map: the child from the front and from behind, with the number of massages of each region.

The outline is our own: closed curves through a few points for one side, mirrored for the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracking.reports.charts.days import Foot, over_days
from tracking.reports.charts.frame import Spec, frame
from tracking.vocabulary.body import BodyRegion

Outline = Sequence[tuple[float, float]]

MIDDLE = 50
FACE: Outline = [(50, 2), (62, 7), (65, 20), (60, 33), (50, 37), (40, 33), (35, 20), (38, 7)]
CHEST: Outline = [(36, 42), (50, 40), (64, 42), (66, 54), (65, 65), (50, 67), (35, 65), (34, 54)]
TUMMY: Outline = [(35, 69), (50, 71), (65, 69), (67, 82), (62, 94), (50, 97), (38, 94), (33, 82)]
TORSO: Outline = [(36, 42), (50, 40), (64, 42), (66, 56), (67, 80), (50, 97), (33, 80), (34, 56)]
ARM: Outline = [(68, 43), (75, 47), (82, 58), (87, 70), (83, 74), (77, 71), (69, 58)]
HAND: Outline = [(84, 77), (90, 74), (95, 79), (94, 86), (88, 88), (84, 83)]
LEG: Outline = [(52, 99), (63, 97), (66, 112), (64, 136), (60, 141), (54, 139), (52, 118)]
FOOT: Outline = [(54, 143), (62, 143), (70, 149), (69, 154), (60, 155), (54, 151)]

FRONT: Sequence[tuple[BodyRegion, Outline, bool]] = [
    (BodyRegion.FACE, FACE, False),
    (BodyRegion.CHEST, CHEST, False),
    (BodyRegion.TUMMY, TUMMY, False),
    (BodyRegion.ARMS, ARM, True),
    (BodyRegion.HANDS, HAND, True),
    (BodyRegion.LEGS, LEG, True),
    (BodyRegion.FEET, FOOT, True),
]
BEHIND: Sequence[tuple[Outline, bool]] = [(FACE, False), (ARM, True), (HAND, True), (LEG, True), (FOOT, True)]

BEHIND_FROM = 190
"""How far to the right the child seen from behind stands."""

LABELS: Mapping[BodyRegion, tuple[float, float, tuple[float, float] | None]] = {
    BodyRegion.FACE: (106, 10, (66, 18)),
    BodyRegion.CHEST: (106, 33, (64, 48)),
    BodyRegion.ARMS: (106, 56, (84, 62)),
    BodyRegion.HANDS: (106, 79, (96, 80)),
    BodyRegion.TUMMY: (106, 102, (66, 88)),
    BodyRegion.LEGS: (106, 125, (65, 120)),
    BodyRegion.FEET: (106, 148, (71, 151)),
    BodyRegion.WHOLE_BODY: (20, 168, None),
    BodyRegion.BACK: (BEHIND_FROM + 34, 168, None),
}
"""Where a region's name stands, and where the line to it ends; None: it stands below its figure."""

WIDE, HIGH = 290, 184
UNIT = 1.12
"""What a unit of the outlines is in the picture's own, so that the figure keeps its shape."""


@dataclass(frozen=True, slots=True)
class RegionTile:
    """A region by its name: in how many massages it was done, and in how many the child had enough there."""

    region: BodyRegion
    name: str
    done_count: int
    refused_count: int


def body_chart(regions: Sequence[RegionTile], *, first: dt.date, last: dt.date, foot: Foot) -> Spec:
    """Fuller where it was done more often; beside each name the counts, a triangle before "had enough".

    Below stand the days it is told of.
    """
    told = {one.region: one for one in regions}
    most = max([1, *(one.done_count for one in regions)])
    x = _place("x", [0, WIDE])
    y = _place("y", [HIGH, 0])
    parts = [
        *(
            _part(str(region), place, outline, told[region].done_count / most)
            for region, side, is_paired in FRONT
            for place, outline in enumerate(_sides(side, is_paired))
        ),
        *(
            _part("behind", number * 2 + place, _moved(outline), 0)
            for number, (side, is_paired) in enumerate(BEHIND)
            for place, outline in enumerate(_sides(side, is_paired))
        ),
        _part("back", 0, _moved(TORSO), told[BodyRegion.BACK].done_count / most),
    ]
    shapes = {
        "data": {"values": [point for part in parts for point in part]},
        "mark": {
            "type": "line",
            "interpolate": "cardinal-closed",
            "stroke": "role:line-strong",
            "strokeWidth": 1,
        },
        "encoding": {
            "x": x,
            "y": y,
            "order": {"field": "place", "type": "quantitative"},
            "detail": {"field": "part", "type": "nominal"},
            "fill": {"value": "role:accent"},
            "fillOpacity": {"field": "share", "type": "quantitative", "scale": None, "legend": None},
        },
    }
    return {
        **frame(height=round(HIGH * UNIT), width=round(WIDE * UNIT), paper_height=round(HIGH * UNIT)),
        **over_days([shapes, _lines(x, y), *_words(told, x, y)], foot, first=first, last=last),
    }


def _place(name: str, domain: list[float]) -> dict[str, Any]:
    scale = {"domain": domain, "nice": False, "zero": False}
    return {"field": name, "type": "quantitative", "scale": scale, "axis": None}


def _sides(outline: Outline, is_paired: bool) -> list[Outline]:
    mirrored = [(2 * MIDDLE - x, y) for x, y in outline]
    return [outline, mirrored] if is_paired else [outline]


def _moved(outline: Outline) -> Outline:
    return [(x + BEHIND_FROM, y) for x, y in outline]


def _part(region: str, number: int, outline: Outline, share: float) -> list[dict[str, Any]]:
    opacity = round(0.12 + 0.68 * share, 2) if share else 0
    return [
        {"part": f"{region}-{number}", "region": region, "place": place, "x": x, "y": y, "share": opacity}
        for place, (x, y) in enumerate(outline)
    ]


def _lines(x: dict[str, Any], y: dict[str, Any]) -> Spec:
    rows = [
        {"x": at_x - 3, "y": at_y, "to_x": end[0], "to_y": end[1]}
        for at_x, at_y, end in LABELS.values()
        if end is not None
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "rule", "color": "role:line-strong", "strokeWidth": 0.8},
        "encoding": {
            "x": {**x, "scale": {}},
            "y": {**y, "scale": {}},
            "x2": {"field": "to_x"},
            "y2": {"field": "to_y"},
        },
    }


def _words(told: Mapping[BodyRegion, RegionTile], x: dict[str, Any], y: dict[str, Any]) -> list[Spec]:
    rows = [
        {
            "x": at_x,
            "y": at_y,
            "region": str(region),
            "name": told[region].name,
            "done": told[region].done_count,
            "refused": told[region].refused_count,
        }
        for region, (at_x, at_y, _end) in LABELS.items()
    ]
    refused = [row for row in rows if row["refused"]]
    place = {"x": x, "y": y}
    text = {"type": "text", "align": "left", "baseline": "middle"}
    name = {**text, "color": "role:ink-soft", "fontSize": 10, "limit": 84, "yOffset": -4}
    count = {**text, "color": "role:ink", "fontSize": 11, "fontWeight": "bold", "yOffset": 8}
    triangle = {
        "type": "point",
        "shape": "triangle-down",
        "filled": False,
        "size": 30,
        "color": "role:ink",
        "opacity": 1,
        "xOffset": 30,
        "yOffset": 8,
    }
    return [
        {"data": {"values": rows}, "mark": name, "encoding": {**place, "text": {"field": "name"}}},
        {"data": {"values": rows}, "mark": count, "encoding": {**place, "text": {"field": "done"}}},
        {"data": {"values": refused}, "mark": triangle, "encoding": place},
        {
            "data": {"values": refused},
            "mark": {**count, "xOffset": 38},
            "encoding": {**place, "text": {"field": "refused"}},
        },
    ]
