"""Strategies prescribed for a child, and what was tried with what result."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ChildStrategy
from tracking.readings import strategies as reading
from tracking.services import strategies as services
from web.desk import open_record
from web.forms.strategies import PrescribeForm
from web.pages import page
from web.refusals import attempt, say_success, send

DAYS_COUNTED = 90


@page("GET", "POST", viewed=AuditCode.VIEWED_PROGRAM)
def listed(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What is prescribed, one more, and what was told about each in the last three months."""
    desk = open_record(request, child)
    form = PrescribeForm(request.POST or None, library=reading.library_strategies(desk.clinic))
    if request.method == "POST":
        desk.demand(policy.may_prescribe_strategy)
        if form.is_valid() and send(
            form, services.prescribe_strategy, by=desk.user, child=desk.child, now=desk.now, **form.told()
        ):
            say_success(request, _("Prescribed. The family finds it beside these touches."))
            return redirect("child_strategies", child=desk.child.pk)
    first = desk.today - dt.timedelta(days=DAYS_COUNTED - 1)
    return render(
        request,
        "strategies/strategies.html",
        desk.page(
            "strategies",
            form=form,
            strategies=reading.strategies_of(desk.user, desk.child),
            tried=reading.what_was_tried(desk.user, desk.child, first=first, last=desk.today),
            days=DAYS_COUNTED,
        ),
    )


@page("POST")
def end(request: HttpRequest, child: uuid.UUID, strategy: uuid.UUID) -> HttpResponse:
    """Prescribe it no longer."""
    desk = open_record(request, child)
    desk.demand(policy.may_prescribe_strategy)
    row: ChildStrategy = access.fetch(
        ChildStrategy.objects.select_related("child"), desk.user, child=desk.child, client_id=strategy
    )
    said = _("No longer prescribed. What was logged with it stays.")
    attempt(request, said, services.end_strategy, by=desk.user, strategy=row, now=desk.now)
    return redirect("child_strategies", child=desk.child.pk)
