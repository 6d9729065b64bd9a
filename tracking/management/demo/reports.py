"""What the demo has on paper: of its first child a signed report, a letter, a draft that waits; and a month.

Asked for, made and signed as everybody's are, so after the story is committed: a report is read back from the
record by whoever asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction

from clinic import rls
from clinic.jobs import as_system
from clinic.localtime import local_day
from clinic.models import Child, User
from clinic.vocabulary import Role
from tracking.management.demo.clinics import CLINICS
from tracking.management.demo.flags import holder
from tracking.management.demo.people import Planted
from tracking.models import ClinicReportKind, Report, ReportKind
from tracking.models.report_schedules import LATEST_DAY
from tracking.readings.reports import usual_period
from tracking.reports.kinds import KINDS
from tracking.services.clinic_reporting import ask_clinic_report, make_clinic_report
from tracking.services.outcomes_schedules import schedule_outcomes
from tracking.services.report_schedules import draft_due, schedule_reports
from tracking.services.reporting import add_to_report, ask_report, make_report, share_report, sign_report

SEEN = "At the last visit we agreed to stay with her legs and feet, which she offers, and to leave her face."
ADDED = "Added after a call from her mother: some of the days without a record were days of travel."
PEDIATRICIAN = "Dr. Ines Sato, pediatrician"
QUESTION = "Her skin reddened once after a lotion. Is there one you would rather see, or none at all?"
LETTER = (
    "Her parents massage her before bed, by a program we went through together, and stop when she has had"
    " enough. Her face is left out for now."
)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def plant_reports(planted: Planted, *, now: dt.datetime) -> None:
    """Three files of one child, made here and now. Runs outside any transaction."""
    story = CLINICS[0].children[0]
    child, therapist = planted.children[story.first_name], planted.staff[story.therapist]
    with rls.acting_as(therapist), transaction.atomic():
        first, last = usual_period(child, today=local_day(now, child.clinic.zone) - DAY)
        begin = KINDS[ReportKind.PROGRESS].begin
        words = begin(therapist, child, first=first, last=last) if begin else ""
    period: dict[str, Any] = {"period_from": first, "period_until": last}
    signed = _signed(
        therapist,
        lambda: ask_report(
            by=therapist, child=child, narrative=f"{words}\n\n{SEEN}".strip(), now=now - 3 * HOUR, **period
        ),
        now=now,
    )
    with rls.acting_as(therapist):
        share_report(by=therapist, report=signed, now=now - HOUR)
        add_to_report(by=therapist, report=signed, words=ADDED, language="en", now=now - HOUR)
    _signed(
        therapist,
        lambda: ask_report(
            by=therapist,
            child=child,
            kind=ReportKind.LETTER,
            narrative=LETTER,
            addressee=PEDIATRICIAN,
            question=QUESTION,
            now=now - 3 * HOUR,
            **period,
        ),
        now=now,
    )
    _draft_monthly(child, therapist, now=now)


def _signed(by: User, ask: Callable[[], Report], *, now: dt.datetime) -> Report:
    with rls.acting_as(by):
        report = ask()
    make_report(report_id=report.pk)
    with rls.acting_as(by):
        sign_report(by=by, report=report, now=now - 2 * HOUR)
    make_report(report_id=report.pk)
    return report


def _draft_monthly(child: Child, by: User, *, now: dt.datetime) -> None:
    """One a month since three weeks ago, whose day came in the last few: its draft waits to be read."""
    day = min((local_day(now, child.clinic.zone) - DAY).day, LATEST_DAY)
    with rls.acting_as(by):
        schedule_reports(by=by, child=child, day_of_month=day, now=now - 21 * DAY)
    with as_system("reports"):
        draft_due(now=now)
        draft = Report.objects.get(child=child, schedule__isnull=False)
    make_report(report_id=draft.pk)


def plant_clinic_report(planted: Planted) -> None:
    """The clinic's month as its owner keeps it, and from now on each month by itself."""
    owner = holder(CLINICS[0], planted, Role.OWNER)
    with rls.acting_as(owner), transaction.atomic():
        now = rls.now()
        schedule_outcomes(by=owner, clinic=planted.clinic, now=now)
        report = ask_clinic_report(by=owner, clinic=planted.clinic, kind=ClinicReportKind.OUTCOMES, now=now)
    make_clinic_report(report_id=report.pk)
