"""SVG for papers that is not a chart: a marked part of the body, and QR codes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

import segno
from django.template.loader import render_to_string

from tracking.vocabulary.body import BodyRegion

WHOLE: Final = ("legs", "feet", "torso", "arms", "hands", "face")

INK: Final = """<style>
.region { fill: none; stroke: #a8749a; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
.region-edge { stroke-width: 18 } .region-inner { stroke: #ffffff; stroke-width: 14 }
.region-arm .region-edge { stroke-width: 15 } .region-arm .region-inner { stroke-width: 11 }
.region-shape path, .region-body { fill: #ffffff }
.is-marked, .is-marked .region-edge { stroke: #70345f }
.is-marked .region-inner { stroke: #dfc6d7 }
.region-shape.is-marked path, .region-body.is-marked, .region-patch { fill: #dfc6d7 }
.region-patch { stroke: none }
.region-shape .region-detail, .region-shape.is-marked .region-detail, .region-detail
{ fill: none; stroke-width: 1.75 }
</style>"""
"""The colors of `templates/parts/_region.html` on paper; on pages they follow the theme."""


def region_marks(code: str) -> Mapping[str, Any]:
    """What `templates/parts/_region.html` is drawn with, for a code of a part of the body."""
    return {
        "marked": WHOLE if code == BodyRegion.WHOLE_BODY else (code,),
        "is_behind": code == BodyRegion.BACK,
        "sides": ("one", "other"),
    }


def region(code: str) -> str:
    """A child with one part of the body marked; decoration, its name stands beside it."""
    drawn = render_to_string("parts/_region.html", dict(region_marks(code)))
    head, end, rest = drawn.partition(">")
    return f'{head} xmlns="http://www.w3.org/2000/svg"{end}{INK}{rest}'


def qr_code(address: str) -> str:
    """A QR code of one of our addresses, readable with up to 15 % of it damaged (level M)."""
    file = io.BytesIO()
    segno.make(address, error="m").save(file, kind="svg", xmldecl=False, border=2, omitsize=True)
    return file.getvalue().decode()
