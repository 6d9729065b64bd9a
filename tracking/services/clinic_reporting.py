"""Clinic reports: ask for one, make it in the worker, open its file, let it expire."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils import translation

from clinic import access, audit, files, jobs, rls
from clinic.errors import Invalid, Unseen
from clinic.models import Clinic, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import (
    ClinicMonth,
    ClinicReport,
    ClinicReportKind,
    ListedChild,
    OutcomesSchedule,
    ReportState,
)
from tracking.readings.clinic_outcomes import as_kept
from tracking.reports import caseload
from tracking.reports import clinic_outcomes as outcomes
from tracking.reports.writing import speaking
from tracking.services import making
from tracking.services.making import Draft, NotFailed

MAKE_CLINIC_REPORT = "tracking.tasks.make_clinic_report"
LIST_KEPT_FOR = dt.timedelta(days=7)
"""How long a list of names is kept, like a copy of a record."""
REMOVED_AT_ONCE = 100

MAY_ASK = {
    ClinicReportKind.OUTCOMES: policy.may_view_clinic_figures,
    ClinicReportKind.CASELOAD: policy.may_take_caseload,
}
TAKEN = {
    ClinicReportKind.OUTCOMES: AuditCode.EXPORTED_FIGURES,
    ClinicReportKind.CASELOAD: AuditCode.EXPORTED_CASELOAD,
}


@transaction.atomic
def ask_clinic_report(
    *,
    by: User,
    clinic: Clinic,
    kind: ClinicReportKind,
    month_on: dt.date | None = None,
    language: str = "en",
    schedule: OutcomesSchedule | None = None,
    now: dt.datetime,
) -> ClinicReport:
    """A new report for the worker to make; the one that is being made for `by`, where there is one.

    Outcomes are of the month that began on `month_on`, None: the latest that was made. Raises Forbidden, and
    Invalid for a month that has no figures, or any where none is asked about.
    """
    access.demand(MAY_ASK[kind], by, clinic)
    month_on = _month_of(clinic, kind, month_on)
    under_way = ClinicReport.objects.filter(
        clinic=clinic,
        asked_by=by,
        kind=kind,
        month_on=month_on,
        language=language,
        state__in=(ReportState.ASKED, ReportState.WORKING),
    )
    if schedule is None and (other := under_way.select_related("clinic", "asked_by").first()):
        return other
    report = ClinicReport.objects.create(
        clinic=clinic,
        asked_by=by,
        asked_at=now,
        kind=kind,
        month_on=month_on,
        language=language,
        schedule=schedule,
        kept_until=now + LIST_KEPT_FOR if kind == ClinicReportKind.CASELOAD else None,
    )
    audit.record(
        AuditCode.ASKED_CLINIC_REPORT,
        by=by,
        now=now,
        clinic_id=clinic.pk,
        subject=report,
        detail=str(kind),
    )
    jobs.enqueue(MAKE_CLINIC_REPORT, report_id=report.pk)
    return report


def _month_of(clinic: Clinic, kind: ClinicReportKind, month_on: dt.date | None) -> dt.date | None:
    if kind == ClinicReportKind.CASELOAD:
        if month_on is not None:
            raise Invalid(field="month_on", allowed="empty")
        return None
    made = ClinicMonth.objects.filter(clinic=clinic).order_by("-month_on").values_list("month_on", flat=True)
    months = list(made)
    if not months or month_on not in (None, *months):
        raise Invalid(field="month_on", allowed=[day.isoformat() for day in months])
    return month_on or months[0]


def make_clinic_report(*, report_id: uuid.UUID) -> None:
    """Make the file of an asked report, as the person who asked; harmless to run twice or at the same time.

    Whoever lost their role meanwhile gets none (`access_ended`).
    """
    report = making.claim(ClinicReport.objects.all(), report_id)
    if report is not None:
        making.make_file(report, partial(_drafted, report))


def _drafted(report: ClinicReport) -> Draft:
    with (
        rls.acting_as(report.asked_by),
        transaction.atomic(),
        translation.override(speaking(report.language)),
    ):
        now, by = rls.now(), report.asked_by
        kind, clinic = ClinicReportKind(report.kind), Clinic.objects.get(pk=report.clinic_id)
        access.demand(MAY_ASK[kind], by, clinic)
        if report.month_on is not None:
            read = as_kept(clinic, month_on=report.month_on)
            if read.month is None:
                raise Unseen
            written = outcomes.write(clinic, read, now=now)
            return Draft(kind, written, {"figures_at": read.month.made_at})
        rows = caseload.treated(by, clinic, now=now)
        return Draft(
            kind,
            caseload.write(by, clinic, rows, now=now),
            {"figures_at": now, "listed_count": len(rows)},
            partial(_listed, report, [row.child_id for row in rows]),
        )


def _listed(report: ClinicReport, children: Sequence[uuid.UUID], file_name: str) -> list[ListedChild]:
    return [
        ListedChild(clinic_id=report.clinic_id, report=report, child_id=child, file_name=file_name)
        for child in children
    ]


def sweep_clinic_reports(*, now: dt.datetime) -> int:
    """How many were found whose message or worker was lost, or whose time is over."""
    over = list(ClinicReport.objects.filter(kept_until__lte=now).order_by("kept_until")[:REMOVED_AT_ONCE])
    for report in over:
        # The file goes first: a row left behind is found again by the next tick, a file would not be.
        if report.file_name:
            files.delete(report.file_name)
        report.delete()
    return len(over) + making.sweep(ClinicReport.objects.all(), MAKE_CLINIC_REPORT, now=now)


@transaction.atomic
def make_again(*, by: User, report: ClinicReport, now: dt.datetime) -> ClinicReport:
    """A report whose making failed, asked for once more by `by`. Raises NotFailed, Forbidden."""
    access.demand(policy.may_view_clinic_report, by, report)
    making.hold(report)
    if report.state != ReportState.FAILED:
        raise NotFailed
    making.change(
        report, state=ReportState.ASKED, failure_code="", progress_percent=0, asked_at=now, asked_by=by
    )
    jobs.enqueue(MAKE_CLINIC_REPORT, report_id=report.pk)
    return report


def open_clinic_report(*, by: User, report: ClinicReport, now: dt.datetime) -> bytes:
    """The file, to somebody who may take it away now, which the audit tells.

    Raises Forbidden, NotReady, and FileAltered where the file is gone or is not the one that was made.
    """
    access.demand(policy.may_view_clinic_report, by, report)
    data = making.content(report)
    audit.record(
        TAKEN[ClinicReportKind(report.kind)], by=by, now=now, clinic_id=report.clinic_id, subject=report
    )
    return data
