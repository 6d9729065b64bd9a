"""Pages of a clinic's outcomes, and the caseload as CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic import access, files
from tracking import policy
from tracking.readings.clinic_outcomes import clinic_outcomes
from tracking.reports.caseload import take_caseload_csv
from tracking.reports.clinic_outcomes import lead
from tracking.reports.pictures.clinic import of_month, of_weeks
from web.desk import enter
from web.pages import asked_day, page


@page("GET", viewed=None)
def outcomes(request: HttpRequest, clinic: str) -> HttpResponse:
    """The weeks, and the figures of one month."""
    desk = enter(request, clinic)
    access.demand(policy.may_view_clinic_figures, desk.user, desk.clinic)
    read = clinic_outcomes(desk.clinic, today=desk.today, month_on=asked_day(request, "month"))
    answers = desk.page(
        "caseload",
        months=read.months,
        month=read.month,
        lead=lead(),
        drawn=of_month(read.month) if read.month else (),
        weeks=of_weeks(read.weeks),
    )
    return render(request, "caseload/outcomes.html", answers)


@page(recent=True, viewed=None)
def caseload_table(request: HttpRequest, clinic: str) -> HttpResponse:
    """The children the reader treats, as CSV."""
    desk = enter(request, clinic)
    lines = take_caseload_csv(by=desk.user, clinic=desk.clinic, now=desk.now)
    return files.csv_answer(lines, f"caseload-{desk.today}")
