"""Pages of the clinic's copy of a child's record: request, follow, download."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from clinic import access, files
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import CopyFor, RecordExport
from tracking.readings.exports import exports_of
from tracking.services import exporting
from web.desk import open_record
from web.forms.exports import CopyForm
from web.pages import page
from web.refusals import say, send


@page("GET", "POST", viewed=AuditCode.VIEWED_CHILD)
def exports(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The latest copy: none yet, on its way, ready, failed, or over."""
    desk = open_record(request, child)
    desk.demand(policy.may_export_whole_record)
    form = CopyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked = send(
            form,
            exporting.ask_export,
            by=desk.user,
            child=desk.child,
            copy_for=CopyFor.CLINIC,
            language=get_language() or "en",
            as_format=form.as_format(),
            now=desk.now,
        )
        if asked is not None:
            return redirect("child_exports", child=desk.child.pk)
    found = exports_of(desk.user, desk.child, copy_for=CopyFor.CLINIC, now=desk.now)
    answers = desk.page("reports", export=found[0] if found else None, form=form)
    return render(request, "reports/copy.html", answers)


@page(recent=True, viewed=None)
def file(request: HttpRequest, child: uuid.UUID, export: uuid.UUID) -> HttpResponse:
    """The file itself; whether it may be taken away is asked anew each time."""
    desk = open_record(request, child)
    desk.demand(policy.may_export_whole_record)
    row: RecordExport = access.fetch(
        RecordExport.objects.filter(child=desk.child, copy_for=CopyFor.CLINIC).select_related("child"),
        desk.user,
        pk=export,
    )
    try:
        name = exporting.open_export(by=desk.user, export=row, now=desk.now)
    except exporting.ExportNotReady as error:
        say(request, error)
        return redirect("child_exports", child=desk.child.pk)
    response = files.answer(name, request.headers)
    response["Content-Disposition"] = f'attachment; filename="record-{desk.today}.zip"'
    return response
