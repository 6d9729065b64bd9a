"""Reports of Cleo's as tests ask for them, and what their paper says."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

from pypdf import PdfReader

from clinic import rls
from clinic.localtime import local_day
from clinic.models import Family, User
from tests import factories
from tests.cast import Cast
from tracking.models import Report, ReportKind
from tracking.reports import kinds, pdf
from tracking.reports.writing import Written


def asked(cast: Cast, kind: ReportKind, *, home: Family | None = None, **fields: Any) -> Report:
    """One that Tess asks for today, in English unless told otherwise."""
    today = local_day(rls.now(), cast.harbor.zone)
    return factories.report(
        cast.cleo,
        by=cast.tess,
        **{
            "kind": kind,
            "family": home,
            "narrative": "",
            "period_from": today,
            "period_until": today,
            **fields,
        },
    )


def written(cast: Cast, report: Report, *, by: User | None = None) -> Written:
    reader = by or cast.tess
    with rls.acting_as(reader):
        return kinds.write(report, child=cast.cleo, viewer=reader, now=rls.now())


def printed(report: Report, told: Written) -> PdfReader:
    """The paper; every kind here holds PDF/UA."""
    data = pdf.compile_pdf(report.kind, told.data, charts=told.charts)
    assert b"pdfuaid" in data
    return PdfReader(io.BytesIO(data))


def words(paper: PdfReader) -> str:
    """All of it in one line."""
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def paper_of(
    cast: Cast, kind: ReportKind, *, home: Family | None = None, **fields: Any
) -> tuple[PdfReader, str]:
    """A report as paper, and its words."""
    report = asked(cast, kind, home=home, **fields)
    paper = printed(report, written(cast, report))
    return paper, words(paper)


def days_ago(cast: Cast, count: int) -> dt.date:
    return local_day(rls.now(), cast.harbor.zone) - dt.timedelta(days=count)


def place_of(paper: PdfReader, piece: str) -> float:
    """How many points from the left edge the first run of text begins that this expression matches."""
    found: list[float] = []

    def look(text: str, current: list[float], _matrix: list[float], _font: Any, _size: float) -> None:
        if re.search(piece, text):
            found.append(current[4])

    for page in paper.pages:
        page.extract_text(visitor_text=look)
    return found[0]
