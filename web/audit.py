"""The clinic's audit: who did what, whether it is what was written, and how far it is sealed."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic import access, audit, files, policy
from clinic.errors import Unseen
from clinic.services import audit_verifying
from clinic.services.audit_verifying import Verified
from clinic.vocabulary import AuditCode
from tracking.readings import clinic_audit as reading
from tracking.reports import exports
from web.desk import Desk, enter
from web.forms.audit import AskedForm, HeadsForm
from web.pages import page
from web.refusals import send


@page("GET")
def listed(request: HttpRequest, clinic: str) -> HttpResponse:
    """What was done, read and refused, latest first."""
    desk = _owner(request, clinic)
    audit.record_read(AuditCode.VIEWED_AUDIT, by=desk.user, now=desk.now, clinic_id=desk.clinic.pk)
    return _listed(request, desk)


@page("POST")
def verify(request: HttpRequest, clinic: str) -> HttpResponse:
    """Hold every sealed row against its seal, and the chain against a head that was kept."""
    desk = _owner(request, clinic)
    form = HeadsForm(request.POST, request.FILES)
    verified = None
    if form.is_valid():
        kept = send(form, audit_verifying.kept_heads, text=form.cleaned_data["heads"])
        if kept is not None:
            heads = [] if kept is True else kept
            verified = audit_verifying.verify(desk.clinic.pk, kept=heads)
            audit.record(AuditCode.VERIFIED_AUDIT, by=desk.user, now=desk.now, clinic_id=desk.clinic.pk)
    return _listed(request, desk, heads_form=form, verified=verified)


@page(recent=True)
def head(request: HttpRequest, clinic: str) -> HttpResponse:
    """How far the clinic's chain is sealed, as a file to be kept elsewhere."""
    desk = _owner(request, clinic)
    kept = audit_verifying.head(desk.clinic.pk, now=desk.now)
    audit.record(
        AuditCode.EXPORTED_AUDIT, by=desk.user, now=desk.now, clinic_id=desk.clinic.pk, detail="head"
    )
    response = HttpResponse(json.dumps(kept.told()) + "\n", content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="audit-head-{desk.today}.json"'
    return response


@page(recent=True)
def file(request: HttpRequest, clinic: str) -> HttpResponse:
    """What the filters leave, as a file."""
    desk = _owner(request, clinic)
    asked = _form(request, desk).asked()
    audit.record(
        AuditCode.EXPORTED_AUDIT, by=desk.user, now=desk.now, clinic_id=desk.clinic.pk, detail="rows"
    )
    lines = exports.audit_csv(desk.user, desk.clinic, asked)
    return files.csv_answer(lines, f"audit-{desk.clinic.slug}-{desk.today}")


def _listed(
    request: HttpRequest,
    desk: Desk,
    *,
    heads_form: HeadsForm | None = None,
    verified: Verified | None = None,
) -> HttpResponse:
    form = _form(request, desk)
    shown = reading.page_of_events(desk.clinic, form.asked(), before=position_of(request))
    filters = form.told_in(request.GET)
    return render(
        request,
        "audit/list.html",
        desk.page(
            "settings",
            form=form,
            shown=shown,
            filters=urlencode(filters),
            older=older_than(filters, shown.next_before),
            heads_form=heads_form or HeadsForm(),
            verified=verified,
        ),
    )


def _owner(request: HttpRequest, clinic: str) -> Desk:
    desk = enter(request, clinic)
    access.demand(policy.may_view_clinic_audit, desk.user, desk.clinic)
    return desk


def _form(request: HttpRequest, desk: Desk) -> AskedForm:
    return AskedForm(
        request.GET,
        children=reading.children_to_choose(desk.user, desk.clinic),
        people=reading.people_to_choose(desk.clinic),
    )


def older_than(filters: dict[str, str], before: tuple[dt.datetime, uuid.UUID] | None) -> str:
    """The address of the next page; empty where this is the last."""
    return "?" + urlencode({**filters, "before": f"{before[0].isoformat()}~{before[1]}"}) if before else ""


def position_of(request: HttpRequest) -> tuple[dt.datetime, uuid.UUID] | None:
    """Where a page begins, as the page before told it. Raises Unseen for what none told."""
    told = request.GET.get("before", "")
    if not told:
        return None
    at, _mark, row_id = told.partition("~")
    try:
        return dt.datetime.fromisoformat(at), uuid.UUID(row_id)
    except ValueError:
        raise Unseen from None
