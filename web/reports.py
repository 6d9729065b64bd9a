"""Pages of a child's reports: request one, follow its progress, sign, share, download."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access, files, rls
from clinic.errors import DomainError, Invalid
from clinic.models import Family
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Report, ReportKind
from tracking.models.report_schedules import LATEST_DAY
from tracking.readings import reports as reading
from tracking.readings.people import families_of
from tracking.reports.kinds import KINDS, kind_of, waits_for_signature
from tracking.reports.single_case_files import take_single_case
from tracking.reports.writing import speaking
from tracking.services import report_schedules, reporting
from web.desk import ChildDesk, asker, desk_of, open_record
from web.forms.reports import AddendumForm, AskForm, MonthlyForm, NarrativeForm
from web.pages import page, refused
from web.refusals import attempt, say, send


@page("GET", "POST", viewed=AuditCode.VIEWED_REPORT)
def listed(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The child's reports; whoever treats the child asks for another, begun from what the record says."""
    desk = open_record(request, child)
    kind = _kind_in(request.POST.get("kind") or request.GET.get("kind", ""))
    homes = families_of(desk.child)
    if request.method == "POST":
        access.demand(policy.may_ask_report, desk.user, desk.child)
        if request.POST.get("verb") in ("monthly", "no_more"):
            return _monthly(request, desk)
        form = AskForm(request.POST, kind=kind, homes=homes)
        if form.is_valid():
            told = form.cleaned_data
            household = told.pop("household", None)
            home = next((one for one in homes if one.pk == household), None)
            spoken = "" if home else get_language() or "en"
            if request.POST.get("verb") == "draft":
                form = _begun(desk, kind, homes, told.get("period_from"), told.get("period_until"))
            else:
                asked = send(
                    form,
                    reporting.ask_report,
                    by=desk.user,
                    child=desk.child,
                    family=home,
                    now=desk.now,
                    **told | {"kind": kind, "language": told["language"] or spoken},
                )
                if asked is not None:
                    return redirect("report", report=asked.pk)
    else:
        form = _begun(desk, kind, homes) if desk.place.is_treating else AskForm(kind=kind, homes=homes)
    answers = desk.page(
        "reports",
        form=form,
        kinds=reading.offered_kinds(KINDS, chosen=kind),
        monthly=reading.monthly_of(desk.user, desk.child),
        monthly_form=MonthlyForm(initial={"day_of_month": min(desk.today.day, LATEST_DAY)}),
        reports=reading.reports_of(desk.user, desk.child),
    )
    return render(request, "reports/list.html", answers)


def _monthly(request: HttpRequest, desk: ChildDesk) -> HttpResponse:
    """Have a report drafted every month, or no more."""
    told = {"by": desk.user, "child": desk.child, "now": desk.now}
    form = MonthlyForm(request.POST)
    if request.POST["verb"] == "no_more":
        attempt(request, _("The monthly draft is stopped."), report_schedules.end_schedule, **told)
    elif form.is_valid():
        said = _("One is drafted for you every month. You read it and sign it, or leave it.")
        attempt(request, said, report_schedules.schedule_reports, **told, **form.cleaned_data)
    else:
        say(request, Invalid(field="day_of_month", allowed="range", least=1, most=LATEST_DAY))
    return redirect("child_reports", child=desk.child.pk)


def _kind_in(told: str) -> ReportKind:
    """The kind an address or a form names; the first that is offered where it names none."""
    return ReportKind(told) if told in KINDS else next(iter(KINDS))


def _begun(
    desk: ChildDesk,
    kind: ReportKind,
    homes: Sequence[Family],
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> AskForm:
    """The form with its words begun, for these days or the usual ones."""
    if not KINDS[kind].covers_days:
        first = last = desk.today
    elif first is None or last is None or first > last:
        first, last = reading.usual_period(desk.child, today=desk.today)
    begin, language = KINDS[kind].begin, ""
    if KINDS[kind].is_in_family_language:
        language = reading.family_language(desk.child)
    with translation.override(speaking(language or get_language() or "en")):
        narrative = begin(desk.user, desk.child, first=first, last=last) if begin else ""
    told = {"period_from": first, "period_until": last, "narrative": narrative, "language": language}
    return AskForm(initial=told, kind=kind, homes=homes)


@page("GET", "POST", viewed=AuditCode.VIEWED_REPORT)
def report(request: HttpRequest, report: uuid.UUID) -> HttpResponse:
    """One report: how far it is, its words until it is signed, its file once it is made."""
    row: Report = access.fetch(
        Report.objects.select_related("child__clinic", "asked_by", "signed_by", "family"),
        asker(request),
        pk=report,
    )
    desk, kind = desk_of(request, row.child), kind_of(row)
    form, adding = NarrativeForm(initial={"narrative": row.narrative}, kind=kind), AddendumForm()
    if request.method == "POST":
        access.demand(policy.may_sign_report, desk.user, row)
        verb = request.POST.get("verb", "narrative")
        if verb == "add":
            adding = AddendumForm(request.POST)
            if adding.is_valid() and _add(request, desk, row, adding.cleaned_data["words"]):
                return redirect("report", report=row.pk)
        elif verb in VERBS:
            VERBS[verb](request, desk, row)
            return redirect("report", report=row.pk)
        else:
            form = NarrativeForm(request.POST, kind=kind)
            if form.is_valid():
                said = _("Kept. The file is being made anew.")
                told = {"by": desk.user, "report": row, "now": desk.now, **form.cleaned_data}
                attempt(request, said, reporting.change_narrative, **told)
                return redirect("report", report=row.pk)
    seen = reading.seen(row)
    is_draft = waits_for_signature(seen)
    answers = desk.page(
        "reports",
        report=seen,
        narrative=row.narrative,
        form=form,
        added=reading.addenda_of(desk.user, row),
        adding=adding,
        for_chart=row.for_chart if seen.is_ready and desk.place.is_treating else "",
        may_add=desk.place.is_treating and seen.signed_at is not None,
        may_change=desk.place.is_treating
        and kind.has_words
        and seen.signed_at is None
        and not seen.is_under_way,
        may_sign=desk.place.is_treating and is_draft,
        may_share=desk.place.is_treating and kind.may_be_shared(row) and seen.is_ready and not is_draft,
    )
    return render(request, "reports/report.html", answers)


def _sign(request: HttpRequest, desk: ChildDesk, row: Report) -> None:
    said = _("Signed. The file is being made once more, with your signature.")
    attempt(request, said, reporting.sign_report, by=desk.user, report=row, now=desk.now)


def _share(request: HttpRequest, desk: ChildDesk, row: Report) -> None:
    said = _("Shared. The guardians find it in their family corner.")
    attempt(request, said, reporting.share_report, by=desk.user, report=row, now=desk.now)


def _again(request: HttpRequest, desk: ChildDesk, row: Report) -> None:
    said = _("Being made again.")
    attempt(request, said, reporting.make_again, by=desk.user, report=row, now=desk.now)


def _add(request: HttpRequest, desk: ChildDesk, row: Report, words: str) -> bool:
    told = {"by": desk.user, "report": row, "words": words, "now": desk.now}
    return attempt(request, _("Added, under your name."), reporting.add_to_report, **told)


VERBS: dict[str, Callable[[HttpRequest, ChildDesk, Report], None]] = {
    "sign": _sign,
    "share": _share,
    "again": _again,
}


@page(recent=True, viewed=None)
def download(request: HttpRequest, report: uuid.UUID) -> HttpResponse:
    """The file itself; whether it may be taken away is asked anew each time."""
    user = asker(request)
    row: Report = access.fetch(
        Report.objects.select_related("child__clinic"), user, pk=report, may=policy.may_download_report
    )
    try:
        data = reporting.open_report(by=user, report=row, now=rls.now())
    except DomainError as error:
        refused(request, error)
        say(request, error)
        return redirect("report", report=row.pk)
    return files.pdf_answer(data, f"report-{row.period_until:%Y-%m-%d}")


@page(recent=True, viewed=None)
def addenda(request: HttpRequest, report: uuid.UUID) -> HttpResponse:
    """What was added to a signed report, as a file of its own."""
    user = asker(request)
    row: Report = access.fetch(
        Report.objects.select_related("child__clinic", "signed_by"),
        user,
        pk=report,
        may=policy.may_download_report,
    )
    data = reporting.open_addenda(by=user, report=row, now=rls.now())
    return files.pdf_answer(data, f"report-{row.period_until:%Y-%m-%d}-added")


@page(recent=True, viewed=None)
def single_case(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The child's series as files for statistics of single cases."""
    desk = open_record(request, child)
    packed = take_single_case(by=desk.user, child=desk.child, now=desk.now)
    response = HttpResponse(packed, content_type=files.CONTENT_TYPES[".zip"])
    response["Content-Disposition"] = f'attachment; filename="single-case-{desk.today}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response
