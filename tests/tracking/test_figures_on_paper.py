"""Each chart of a progress report has its numbers in a table behind it, in tags a screen reader walks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

from tests import factories
from tests.cast import Cast
from tests.tracking.records import at, log_session
from tests.tracking.reporting import asked, printed, words, written
from tests.web.test_change import QUICK, SLOW, in_bed, running
from tracking.models import Report, ReportKind


def told(cast: Cast) -> tuple[Report, Report]:
    """The therapist's report and the family's, of a week before a program and ten days of it."""
    _, begins = running(cast)
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), [*SLOW, *QUICK])
    log_session(cast.fay, cast.cleo, occurred_at=at("19:00", on=begins))
    factories.chart_choice(cast.cleo, by=cast.tess)
    days = {"period_from": begins - dt.timedelta(days=7), "period_until": begins + dt.timedelta(days=9)}
    return asked(cast, ReportKind.PROGRESS, **days), asked(cast, ReportKind.PARENT, **days)


def tags(paper: PdfReader) -> Counter[str]:
    """How often each tag stands in the paper's tree."""
    return Counter(_walked(paper.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def _walked(node: Any) -> Iterator[str]:
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from _walked(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from _walked(node["/K"])


def test_each_chart_has_a_tagged_table_of_its_numbers(cast: Cast) -> None:
    report, _ = told(cast)
    content = written(cast, report)
    shown = content.data["tables"]
    assert len(shown) == len(content.charts) >= 8
    paper = printed(report, content)
    found = tags(paper)
    others = len(content.data["goals"]) + bool(content.data["signs"])
    assert found["/Figure"] == len(content.charts)
    assert found["/Table"] == len(shown) + others
    assert found["/TH"] >= sum(len(one["columns"]) for one in shown)
    text = words(paper)
    assert "The numbers behind the charts" in text
    for one in shown:
        assert all(" ".join(row) in text for row in one["rows"] if all(row)), one["title"]


def test_a_familys_report_stays_short(cast: Cast) -> None:
    _, report = told(cast)
    content = written(cast, report)
    assert "tables" not in content.data
    assert not content.charts
    assert "/Table" not in tags(printed(report, content))
