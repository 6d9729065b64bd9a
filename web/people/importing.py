"""Importing a caseload file: template, sample, dry run, import."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic import access, files, policy
from clinic.csv_files import text_of
from clinic.services import importing
from clinic.services.importing import Plan
from tracking.readings import caseload_file
from tracking.readings.caseload_file import columns, refusals_of
from tracking.reports.spreadsheets import BYTE_ORDER_MARK, line
from web.desk import Desk, enter
from web.forms.importing import CaseloadFileForm, CheckedCaseloadForm
from web.pages import page
from web.refusals import send


@page("GET", "POST")
def caseload(request: HttpRequest, clinic: str) -> HttpResponse:
    """Send a file, read what it would do, and let it be done."""
    desk = _enter(request, clinic)
    if request.method != "POST":
        return _page(request, desk, form=CaseloadFileForm())
    if "checked" in request.POST:
        return _enrolled(request, desk)
    form = CaseloadFileForm(request.POST, request.FILES)
    plan: Plan | None = None
    if form.is_valid():
        content = form.content()
        plan = send(
            form, importing.plan_import, by=desk.user, clinic=desk.clinic, content=content, now=desk.now
        )
    if plan is None or plan.refusal_count:
        return _page(request, desk, form=form, plan=plan, refusals=refusals_of(plan) if plan else ())
    checked = CheckedCaseloadForm(initial={"checked": text_of(content)})
    return render(request, "people/import_checked.html", desk.page("caseload", plan=plan, form=checked))


def _enrolled(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What was made, with a link to each; sent twice, the second finds everybody enrolled."""
    form = CheckedCaseloadForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, form=CaseloadFileForm())
    imported = send(
        form,
        importing.import_caseload,
        by=desk.user,
        clinic=desk.clinic,
        content=form.content(),
        now=desk.now,
    )
    if imported is None:
        return _page(request, desk, form=CaseloadFileForm(), refused=form)
    return render(request, "people/imported.html", desk.page("caseload", imported=imported))


@page()
def template(request: HttpRequest, clinic: str) -> HttpResponse:
    """A file that names the columns, to be filled in."""
    desk = _enter(request, clinic)
    return files.csv_answer([BYTE_ORDER_MARK + line(importing.COLUMNS)], f"caseload-{desk.clinic.slug}")


@page()
def sample(request: HttpRequest, clinic: str) -> HttpResponse:
    """A file of invented children, to try an import on."""
    desk = _enter(request, clinic)
    rows = [line(row) for row in caseload_file.sample(desk.clinic, today=desk.today)]
    return files.csv_answer([BYTE_ORDER_MARK, *rows], f"caseload-sample-{desk.clinic.slug}")


def _enter(request: HttpRequest, clinic: str) -> Desk:
    desk = enter(request, clinic)
    access.demand(policy.may_enroll_child, desk.user, desk.clinic)
    return desk


def _page(request: HttpRequest, desk: Desk, **answers: Any) -> HttpResponse:
    return render(request, "people/import.html", desk.page("caseload", columns=columns(), **answers))
