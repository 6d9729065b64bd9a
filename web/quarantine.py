"""Entries that arrived after their author's access ended: accepted, or rejected with a reason."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access, audit
from clinic.vocabulary import SUPERVISED_ROLES, TREATING_ROLES, AuditCode
from tracking import policy
from tracking.models import QuarantinedEntry
from tracking.readings import quarantine as reading
from tracking.services import quarantining
from web.desk import Desk, enter
from web.forms.quarantine import DiscardForm
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET")
def late_entries(request: HttpRequest, clinic: str) -> HttpResponse:
    """What waits for this person's teams."""
    return _shown(request, _enter(request, clinic))


@page("POST")
def accept(request: HttpRequest, clinic: str, late: uuid.UUID) -> HttpResponse:
    """It becomes the entry."""
    desk = _enter(request, clinic)
    kept = _fetch(desk, late)
    said = _("Taken in. The family reads it in the diary.")
    attempt(request, said, quarantining.accept_quarantined, by=desk.user, kept=kept, now=desk.now)
    return redirect("late_entries", clinic=clinic)


@page("POST")
def discard(request: HttpRequest, clinic: str, late: uuid.UUID) -> HttpResponse:
    """It stays out, with the reason."""
    desk = _enter(request, clinic)
    kept = _fetch(desk, late)
    form = DiscardForm(request.POST, auto_id=f"id_{late}_%s")
    if form.is_valid():
        told = {"by": desk.user, "kept": kept, "reason": form.cleaned_data["reason"], "now": desk.now}
        if send(form, quarantining.discard_quarantined, **told):
            say_success(request, _("Left out, with your reason."))
            return redirect("late_entries", clinic=clinic)
    return _shown(request, desk, late=late, form=form)


def _shown(
    request: HttpRequest, desk: Desk, *, late: uuid.UUID | None = None, form: DiscardForm | None = None
) -> HttpResponse:
    waiting = reading.waiting(desk.user, desk.clinic)
    audit.record_reads(
        AuditCode.VIEWED_DIARY,
        by=desk.user,
        now=desk.now,
        clinic_id=desk.clinic.pk,
        child_ids=sorted({one.child for one in waiting}),
    )
    forms = [form if form and one.id == late else DiscardForm(auto_id=f"id_{one.id}_%s") for one in waiting]
    answers = desk.page(
        "flags",
        waiting=list(zip(waiting, forms, strict=True)),
        may_decide=bool(desk.roles & TREATING_ROLES),
    )
    return render(request, "quarantine/list.html", answers)


def _fetch(desk: Desk, late: uuid.UUID) -> QuarantinedEntry:
    kept: QuarantinedEntry = access.fetch(
        QuarantinedEntry.objects.select_related("child"),
        desk.user,
        may=policy.may_decide_quarantined,
        pk=late,
        clinic=desk.clinic,
    )
    return kept


def _enter(request: HttpRequest, clinic: str) -> Desk:
    return enter(request, clinic, *TREATING_ROLES, *SUPERVISED_ROLES)
