"""A child's precautions and allergies."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic.models import Precaution
from tracking import policy
from tracking.services import precautions
from web.desk import open_record
from web.forms.people import PrecautionForm
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET", "POST")
def listed(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What is to be heeded, and one more."""
    desk = open_record(request, child)
    form = PrecautionForm(request.POST or None)
    if request.method == "POST":
        desk.demand(policy.may_record_precaution)
        if form.is_valid() and send(
            form, precautions.record_precaution, by=desk.user, child=desk.child, now=desk.now, **form.told()
        ):
            say_success(request, _("Recorded. It holds from now on; look at the running program."))
            return redirect("child_precautions", child=desk.child.pk)
    rows = desk.child.precautions.select_related("recorded_by").order_by("-recorded_at", "-id")
    active = set(desk.child.precautions.on_day(desk.today).values_list("pk", flat=True))
    answers = desk.page(
        "people",
        form=form,
        standing=[row for row in rows if row.pk in active],
        past=[row for row in rows if row.pk not in active],
        may_change=policy.may_change_precaution(desk.user, desk.child),
    )
    return render(request, "people/precautions.html", answers)


@page("POST")
def end(request: HttpRequest, child: uuid.UUID, precaution: uuid.UUID) -> HttpResponse:
    """Lift a precaution from today."""
    desk = open_record(request, child)
    row: Precaution = desk.fetch(Precaution.objects.all(), precaution)
    desk.demand(policy.may_change_precaution)
    attempt(
        request,
        _("Lifted from today."),
        precautions.end_precaution,
        by=desk.user,
        precaution=row,
        now=desk.now,
    )
    return redirect("child_precautions", child=desk.child.pk)
