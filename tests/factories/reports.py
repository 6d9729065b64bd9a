"""Reports and copies of the record, asked for and not begun."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clinic import rls
from clinic.localtime import local_day
from clinic.models import Child, Clinic, User
from tests.factories.people import said
from tracking.models import (
    ClinicReport,
    ClinicReportKind,
    ListedChild,
    RecordExport,
    Report,
    ReportAddendum,
    ReportSchedule,
    ReportState,
)


def report(child: Child, *, by: User, is_shared: bool = False, **fields: Any) -> Report:
    """A report that was asked for and is not begun."""
    with rls.acting_as(by, system="seeding"):
        now = rls.now()
        return Report.objects.create(
            **{
                "clinic": child.clinic,
                "child": child,
                "asked_by": by,
                "asked_at": now,
                "period_from": now.date() - dt.timedelta(days=30),
                "period_until": now.date(),
                "narrative": said(child, "report-narrative"),
                "question": said(child, "report-question"),
                "addressee": said(child, "report-addressee"),
                "state": ReportState.ASKED,
                "shared_at": now if is_shared else None,
                **fields,
            }
        )


def clinic_report(clinic: Clinic, *, by: User, **fields: Any) -> ClinicReport:
    """A report of a clinic that is not begun: its outcomes, or a list of these `children`."""
    children: list[Child] = fields.pop("children", [])
    with rls.acting_as(system="seeding"):
        now = rls.now()
        is_list = fields.get("kind") == ClinicReportKind.CASELOAD
        made = ClinicReport.objects.create(
            **{
                "clinic": clinic,
                "asked_by": by,
                "asked_at": now,
                "kind": ClinicReportKind.OUTCOMES,
                "month_on": None if is_list else now.date().replace(day=1),
                "kept_until": now + dt.timedelta(days=7) if is_list else None,
                "listed_count": len(children),
                **fields,
            }
        )
        for child in children:
            ListedChild.objects.create(clinic=clinic, report=made, child=child, file_name="report/none.pdf")
        return made


def report_schedule(child: Child, *, by: User, on: dt.date | None = None) -> ReportSchedule:
    """A report drafted every month, next on this day or today."""
    with rls.acting_as(by, system="seeding"):
        on = on or local_day(rls.now(), child.clinic.zone)
        return ReportSchedule.objects.create(
            clinic=child.clinic,
            child=child,
            therapist=by,
            day_of_month=min(on.day, 28),
            next_on=on.replace(day=min(on.day, 28)),
            set_at=rls.now(),
        )


def addendum(report: Report, *, by: User) -> ReportAddendum:
    """Something added to a report."""
    with rls.acting_as(by, system="seeding"):
        return ReportAddendum.objects.create(
            clinic=report.clinic,
            report=report,
            child=report.child,
            words=said(report.child, "report-addendum"),
            written_by=by,
            written_at=rls.now(),
        )


def record_export(child: Child, *, by: User, **fields: Any) -> RecordExport:
    """A copy of the record that was asked for and is not begun."""
    with rls.acting_as(by, system="seeding"):
        return RecordExport.objects.create(
            **{"clinic": child.clinic, "child": child, "asked_by": by, "asked_at": rls.now(), **fields}
        )
