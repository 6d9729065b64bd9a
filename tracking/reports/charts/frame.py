"""What all charts share: color roles, sizes, and how a specification is adapted to paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

Spec = dict[str, Any]

PAPER_COLORS: Mapping[str, str] = {
    "role:accent": "#70345f",
    "role:accent-tint": "#dfc6d7",
    "role:ink": "#2b2529",
    "role:ink-soft": "#5b5356",
    "role:ink-faint": "#6f6668",
    "role:line": "#e6dfd6",
    "role:line-strong": "#8b8177",
    "role:surface": "#ffffff",
}

PAPER_WIDTH = 470
PAPER_HEIGHT = 140
"""In the picture's own units; a chart that needs more of the paper says so."""

PAPER_FRAME: Spec = {
    "background": None,
    "font": "Noto Sans",
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "labelColor": "role:ink-soft",
        "titleColor": "role:ink-soft",
        "gridColor": "role:line",
        "domainColor": "role:line-strong",
        "tickColor": "role:line-strong",
        "labelFontSize": 9,
        "titleFontSize": 9,
        "titleFontWeight": "normal",
    },
}


def frame(*, height: int, paper_height: int | None = None, width: int | None = None) -> Spec:
    """The head of a specification: as wide as its place, or `width` where its shapes must keep theirs.

    `paper_height` None: as high as on the page, `PAPER_HEIGHT` at the most.
    """
    return {
        "$schema": SCHEMA,
        "width": width or "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"} if width is None else {"type": "pad"},
        "usermeta": {"paperHeight": paper_height or min(height, PAPER_HEIGHT)},
    }


def on_paper(spec: Spec) -> Spec:
    """The same specification with the paper's colors, fonts and measures; some say how high."""
    width = PAPER_WIDTH if spec["width"] == "container" else spec["width"]
    height = spec.get("usermeta", {}).get("paperHeight") or min(spec["height"], PAPER_HEIGHT)
    painted: Spec = _painted({**spec, "config": PAPER_FRAME, "width": width, "height": height})
    return painted


def _painted(value: Any) -> Any:
    if isinstance(value, str):
        return PAPER_COLORS.get(value, value)
    if isinstance(value, dict):
        return {key: _painted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_painted(item) for item in value]
    return value
