"""A clinic's reports, as a member of its staff may see them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from clinic.models import Clinic, User
from tracking.models import ClinicReport, ClinicReportKind, OutcomesSchedule, ReportState
from tracking.wording import labels

LATEST = 50
"""How many are listed."""


@dataclass(frozen=True, slots=True)
class SeenClinicReport:
    """A report without what it tells. `percent` is how much of the file is made, 0-100; `figures_at` when
    what it tells was counted or read, None before it was; `kept_until` None: it stays.
    """

    id: uuid.UUID
    kind: ClinicReportKind
    month_on: dt.date | None
    language: str
    asked_at: dt.datetime
    asked_by: str
    is_by_schedule: bool
    state: ReportState
    percent: int
    failure_code: str
    figures_at: dt.datetime | None
    kept_until: dt.datetime | None
    fingerprint: str
    """The SHA-256 of its file; empty: there is none."""

    @property
    def title(self) -> str:
        """What it is, in the reader's language."""
        return labels.label(ClinicReportKind, self.kind)

    @property
    def file_title(self) -> str:
        """What its file is called, without its ending: no name is in it."""
        if self.month_on is not None:
            return f"outcomes-{self.month_on:%Y-%m}"
        return f"caseload-{self.asked_at:%Y-%m-%d}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (ReportState.ASKED, ReportState.WORKING)

    @property
    def is_ready(self) -> bool:
        return self.state == ReportState.READY


def seen(report: ClinicReport) -> SeenClinicReport:
    """The report's state; who asked for it has been read with it."""
    return SeenClinicReport(
        id=report.pk,
        kind=ClinicReportKind(report.kind),
        month_on=report.month_on,
        language=report.language,
        asked_at=report.asked_at,
        asked_by=report.asked_by.name,
        is_by_schedule=report.schedule_id is not None,
        state=ReportState(report.state),
        percent=report.progress_percent,
        failure_code=report.failure_code,
        figures_at=report.figures_at,
        kept_until=report.kept_until,
        fingerprint=report.content_sha256,
    )


def clinic_reports_of(user: User, clinic: Clinic) -> tuple[SeenClinicReport, ...]:
    """The latest that `user` may see, newest first; one statement."""
    rows = ClinicReport.objects.visible_to(user).filter(clinic=clinic).select_related("asked_by")
    return tuple(seen(row) for row in rows.order_by("-asked_at", "-id")[:LATEST])


@dataclass(frozen=True, slots=True)
class MonthlyOutcomes:
    """That a clinic's outcomes are put on paper each month."""

    wanted_by: str
    set_at: dt.datetime


def monthly_outcomes_of(clinic: Clinic) -> MonthlyOutcomes | None:
    """While that is so; one statement. The caller has made sure that the asker may see the figures."""
    row = OutcomesSchedule.objects.running().filter(clinic=clinic).select_related("wanted_by").first()
    return MonthlyOutcomes(row.wanted_by.name, row.set_at) if row else None
