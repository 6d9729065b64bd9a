"""A word that no line holds stays on its paper: what people write is strained, and the margins looked at."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
import typst
from django.conf import settings
from PIL import Image, ImageChops
from pypdf import PdfReader

from tests import factories
from tests.cast import Cast
from tests.tracking.reporting import asked, written
from tracking.models import ReportKind
from tracking.reports import kinds, pdf
from tracking.reports.writing import Written

DOTS_PER_MM = 2
MARGIN_MM = 12
"""So much at both sides of each paper is margin."""

OURS = {"lang", "paper", "address", "code", "picture", "chart", "label", "words", "columns"}
OURS |= {"period", "weekday", "date", "footer", "language"}
LONG = "Ó" * 100


def strained(value: Any) -> Any:
    """The same data, each sentence that may hold somebody's words with one that no line holds."""
    if isinstance(value, dict):
        kept = {name for name in value if name in OURS or name.endswith("_language")}
        return {name: inner if name in kept else strained(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [strained(inner) for inner in value]
    return f"{value} {LONG}" if isinstance(value, str) and value else value


def pages(template: str, told: Written) -> list[Image.Image]:
    """Its pages as pictures in gray."""
    source = Path(settings.BASE_DIR) / "templates" / "reports" / f"{template}.typ"
    charts = {name: pdf.draw(one) for name, one in told.charts.items()}
    drawn = typst.compile(
        source,
        root=source.parent,
        sys_inputs={"data": json.dumps({**told.data, "charts": charts})},
        font_paths=[str(path) for path in pdf.font_folders()],
        ignore_system_fonts=True,
        format="png",
        ppi=25.4 * DOTS_PER_MM,
    )
    each = drawn if isinstance(drawn, list) else [drawn]
    return [Image.open(io.BytesIO(page)).convert("L") for page in each]


def stays_inside(page: Image.Image) -> bool:
    """Whether nothing but paper is seen in a page's margins."""
    seen = ImageChops.invert(page).getbbox()
    margin = MARGIN_MM * DOTS_PER_MM
    return seen is not None and seen[0] >= margin and seen[2] <= page.width - margin


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_a_word_that_no_line_holds_stays_inside_the_margins(cast: Cast, kind: ReportKind) -> None:
    factories.record(cast)
    told = written(cast, asked(cast, kind, narrative="She waits.", question="Does she wait?"))
    assert all(map(stays_inside, pages(kind, Written(strained(told.data), told.charts))))


def test_what_runs_into_the_margin_is_seen_and_a_fingerprint_is_copied_whole(cast: Cast) -> None:
    told = written(cast, asked(cast, ReportKind.PROGRESS, narrative="a1" * 32))
    assert all(map(stays_inside, pages(ReportKind.PROGRESS, told)))
    told.data["title"] = "a1" * 32  # set twice as large
    assert not all(map(stays_inside, pages(ReportKind.PROGRESS, told)))
    paper = pdf.compile_pdf(ReportKind.PROGRESS, told.data, charts=told.charts)
    assert "a1" * 32 in PdfReader(io.BytesIO(paper)).pages[0].extract_text()
