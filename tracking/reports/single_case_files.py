"""One child's series as CSV for single-case software: one long-format file for each outcome.

The R package scan reads the columns `case`, `phase`, `values` and `mt` by default (`read_scdf`); SingleCaseES
takes their names as arguments. No byte order mark, because R would read it as part of the first column's
name. The files hold no text that a person typed.
"""

from __future__ import annotations

import datetime as dt
import io
import string
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from clinic import access, audit
from clinic.localtime import local_day
from clinic.models import Child, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.outcomes.change import valued
from tracking.outcomes.plans import Plan, plans_of
from tracking.outcomes.series import PhaseSpan, SeriesPoint, spans_of
from tracking.readings.progress import main_plan, progress_of
from tracking.readings.sight import sight_of
from tracking.reports.spreadsheets import line
from tracking.vocabulary.outcomes import Direction, Outcome
from tracking.vocabulary.programs import Phase
from tracking.wording import labels

COLUMNS: Final = (
    "case",
    "phase",
    "values",
    "mt",
    "more_than",
    "day",
    "teller",
    "estimated",
    "unusual",
    "ill_or_away",
    "late",
)


def take_single_case(*, by: User, child: Child, now: dt.datetime) -> bytes:
    """A ZIP of the child's series since the main program's diary began, which the audit tells.

    Each outcome with any value is a file; without a program there is none. Raises Forbidden.
    """
    access.demand(policy.may_export_single_case, by, child)
    audit.record(AuditCode.EXPORTED_RECORD, by=by, now=now, clinic_id=child.clinic_id, child=child)
    plans = plans_of([child.pk], active_only=False).get(child.pk, [])
    last = local_day(now, child.clinic.zone)
    plan = main_plan(plans, on=last)
    files: dict[str, str] = {}
    if plan is not None:
        first = plan.baseline_starts_on or plan.started_on
        read = progress_of(sight_of(by, child), child, plans, first=first, last=last)
        for outcome, points in read.points.items():
            if points:
                files[outcome] = "".join(lines(child, outcome, points, plan, last=last))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        # Without the moment it was made, so that the same record is the same file.
        for name, text in {
            "README.txt": readme(files),
            **{f"{one}.csv": files[one] for one in files},
        }.items():
            archive.writestr(zipfile.ZipInfo(name), text, compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def lines(
    child: Child, outcome: Outcome, points: Sequence[SeriesPoint], plan: Plan, *, last: dt.date
) -> Iterator[str]:
    """The file of one outcome, line by line, oldest value first.

    `mt` is the day since the diary began, from 1; of a weekly outcome the week, and of one that is told by
    the touch a running number, because several fall on one day. Of a value that is only known to be above,
    the bound stands in `values` and 1 in `more_than`.
    """
    first = plan.baseline_starts_on or plan.started_on
    spans = spans_of(plan, first=first, last=last)
    inside = sorted(
        (one for one in points if first <= one.on <= last), key=lambda one: (one.on, str(one.entry))
    )
    tellers: dict[object, int] = {}
    yield line(COLUMNS)
    for number, point in enumerate(valued(outcome, inside, plan, first), start=1):
        phase = min(_phase_of(point, spans), len(string.ascii_uppercase) - 1)
        days = (point.on - first).days
        teller = (point.by, point.teller) if point.by or point.teller else None
        yield line(
            [
                f"case-{child.pk.hex[-8:]}",
                string.ascii_uppercase[phase],
                float(point.value),
                days // 7 + 1 if outcome.is_weekly else days + 1 if outcome.is_nightly else number,
                int(point.is_more_than),
                point.on.isoformat(),
                "" if teller is None else tellers.setdefault(teller, len(tellers) + 1),
                int(point.is_about),
                int(point.is_unusual),
                int(point.is_ill_or_away),
                int(point.is_late),
            ]
        )


def _phase_of(point: SeriesPoint, spans: Sequence[PhaseSpan]) -> int:
    """The number of the phase a value lies in, 0 the diary before; of one after all, that of the last."""
    span = next((one for one in spans if point.on <= one.last), spans[-1])
    before = 0 if spans[0].phase is Phase.BASELINE else 1
    return spans.index(span) + before


def readme(outcomes: Iterable[str]) -> str:
    """How the files are opened, in R, and what stands in each column."""
    found = [Outcome(one) for one in outcomes]
    if not found:
        return _("There is no program with values yet, so there is nothing to compare.") + "\n"
    example = found[0]
    is_decreasing = "TRUE" if example.direction is Direction.DECREASE else "FALSE"
    of_100 = ', scale = "percentage"' if example.is_share else ""
    in_scan = f"""
  library(scan)
  d <- read_scdf("{example}.csv")
  plot(d)
  nap(d, decreasing = {is_decreasing}, phases = c("A", "B"))"""
    in_single_case_es = f"""
  library(SingleCaseES)
  d <- read.csv("{example}.csv")
  batch_calc_ES(d, grouping = case, condition = phase, outcome = values,
    session_number = mt, baseline_phase = "A", intervention_phase = "B",
    improvement = "{example.direction}", ES = c("NAP", "Tau"){of_100})"""
    paragraphs = [
        _("One file for each outcome, a value in each row; which way is better stands behind its name:"),
        "\n".join(f"  {one}.csv  {labels.label(Outcome, one)} ({one.direction})" for one in found),
        _("In R, with the package scan, whose own names of columns these are:") + in_scan,
        _("In R, with the package SingleCaseES:") + in_single_case_es,
        _(
            "case: the child, without a name. phase: A is the diary before the program, and each phase of "
            "the program the next letter; without a diary there is no A, and nothing to compare with. "
            "values: minutes, levels, or how many of 100. mt: the day since the diary began, the week of a "
            "weekly outcome, a running number where several values fall on one day."
        ),
        _(
            "Where a trend is taken away first, scan goes by mt and SingleCaseES by the order of the rows: "
            "over days without a value their figures differ."
        ),
        _(
            "more_than: 1 where the true value is above the one told, because the child was still awake or "
            "not settled when last seen. Neither package knows of such values: say how you treat them."
        ),
        _(
            "teller: who told it, by number; two people do not see the same. estimated, unusual, "
            "ill_or_away, late: 1 where that was told. A day without a row is a day without a value, never a "
            "zero."
        ),
        _("Parent-reported and unblinded, of one child. No cause is shown."),
    ]
    return "\n\n".join(paragraphs) + "\n"
