"""Copies of the record: requested, followed, downloaded."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access, files
from clinic.errors import Forbidden
from tracking.models import CopyFor, RecordExport
from tracking.readings.exports import exports_of
from tracking.services import exporting
from web.forms.exports import CopyForm
from web.home.corner import enter
from web.pages import page
from web.refusals import say


@page("GET", "POST")
def exports(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The latest copy: none yet, on its way, ready, failed, or over."""
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    form = CopyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        exporting.ask_export(
            by=corner.user,
            child=corner.child,
            language=get_language() or "en",
            as_format=form.as_format(),
            now=corner.now,
        )
        messages.success(request, _("It is being made. You may leave this page and come back."))
        return redirect("family_exports", child=corner.child.pk)
    found = exports_of(corner.user, corner.child, copy_for=CopyFor.FAMILY, now=corner.now)
    return render(
        request, "home/exports.html", corner.page("more", export=found[0] if found else None, form=form)
    )


@page(recent=True, viewed=None)
def file(request: HttpRequest, child: uuid.UUID, export: uuid.UUID) -> HttpResponse:
    """The file itself; whether it may be taken away is asked anew each time."""
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    row: RecordExport = access.fetch(
        RecordExport.objects.filter(child=corner.child, copy_for=CopyFor.FAMILY).select_related("child"),
        corner.user,
        pk=export,
    )
    try:
        name = exporting.open_export(by=corner.user, export=row, now=corner.now)
    except exporting.ExportNotReady as error:
        say(request, error)
        return redirect("family_exports", child=corner.child.pk)
    response = files.answer(name, request.headers)
    response["Content-Disposition"] = f'attachment; filename="record-{corner.today}.zip"'
    return response
