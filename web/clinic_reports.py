"""Pages of a clinic's reports: ask for one, watch its progress, download it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access, files
from clinic.errors import DomainError
from tracking import policy
from tracking.models import ClinicReport, ClinicReportKind
from tracking.readings import clinic_reports as reading
from tracking.readings.clinic_months import months_of
from tracking.services import clinic_reporting, outcomes_schedules
from web.desk import Desk, enter
from web.forms.clinic_reports import MonthForm
from web.pages import page, refused
from web.refusals import attempt, say, send


@page("GET", "POST", viewed=None)
def listed(request: HttpRequest, clinic: str) -> HttpResponse:
    """What was made before, and what can be asked for."""
    desk = enter(request, clinic)
    access.demand(policy.may_view_clinic_figures, desk.user, desk.clinic)
    verb = request.POST.get("verb", "")
    if verb in ("monthly", "no_more"):
        return _monthly(request, desk, is_wished=verb == "monthly")
    months = [month.month_on for month in months_of(desk.clinic)]
    form = MonthForm(request.POST if verb == "outcomes" else None, months=months)
    asked = None
    if verb == "caseload":
        asked = _ask(MonthForm(months=()), desk, ClinicReportKind.CASELOAD)
    elif verb == "outcomes" and form.is_valid():
        asked = _ask(form, desk, ClinicReportKind.OUTCOMES, **form.cleaned_data)
    if asked is not None:
        return redirect("clinic_report", clinic=clinic, clinic_report=asked.pk)
    answers = desk.page(
        "caseload",
        form=form,
        months=months,
        reports=reading.clinic_reports_of(desk.user, desk.clinic),
        monthly=reading.monthly_outcomes_of(desk.clinic),
    )
    return render(request, "clinic_reports/list.html", answers)


def _ask(form: MonthForm, desk: Desk, kind: ClinicReportKind, **told: Any) -> ClinicReport | None:
    asked: ClinicReport | None = send(
        form,
        clinic_reporting.ask_clinic_report,
        by=desk.user,
        clinic=desk.clinic,
        kind=kind,
        language=get_language() or "en",
        now=desk.now,
        **told,
    )
    return asked


def _monthly(request: HttpRequest, desk: Desk, *, is_wished: bool) -> HttpResponse:
    """Have the outcomes put on paper every month, or no more."""
    said = _("The monthly report is stopped.")
    verb: Callable[..., Any] = outcomes_schedules.end_outcomes_schedule
    if is_wished:
        said = _("A report is made each month, and waits here.")
        verb = outcomes_schedules.schedule_outcomes
    attempt(request, said, verb, by=desk.user, clinic=desk.clinic, now=desk.now)
    return redirect("clinic_reports", clinic=desk.clinic.slug)


@page("GET", "POST", viewed=None)
def clinic_report(request: HttpRequest, clinic: str, clinic_report: uuid.UUID) -> HttpResponse:
    """One report: how far it is, its file once it is made."""
    desk = enter(request, clinic)
    row = _report(desk, clinic_report)
    if request.method == "POST":
        told = {"by": desk.user, "report": row, "now": desk.now}
        attempt(request, _("Being made again."), clinic_reporting.make_again, **told)
        return redirect("clinic_report", clinic=clinic, clinic_report=row.pk)
    return render(request, "clinic_reports/report.html", desk.page("caseload", report=reading.seen(row)))


@page(recent=True, viewed=None)
def download(request: HttpRequest, clinic: str, clinic_report: uuid.UUID) -> HttpResponse:
    """The file itself; whether it may be taken away is asked anew each time."""
    desk = enter(request, clinic)
    row = _report(desk, clinic_report)
    try:
        data = clinic_reporting.open_clinic_report(by=desk.user, report=row, now=desk.now)
    except DomainError as error:
        refused(request, error)
        say(request, error)
        return redirect("clinic_report", clinic=clinic, clinic_report=row.pk)
    return files.pdf_answer(data, reading.seen(row).file_title)


def _report(desk: Desk, pk: uuid.UUID) -> ClinicReport:
    row: ClinicReport = access.fetch(
        ClinicReport.objects.filter(clinic=desk.clinic).select_related("asked_by", "clinic"), desk.user, pk=pk
    )
    return row
