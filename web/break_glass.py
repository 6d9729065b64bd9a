"""Breaking the glass: opening a record in an emergency, ending that, and the owners' review."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access, policy
from clinic.models import BreakGlass
from clinic.services import break_glass as services
from tracking.readings import break_glass as reading
from web.desk import Desk, enter, open_child
from web.forms.break_glass import FindForm, ReasonForm, ReviewForm
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET", "POST", recent=True)
def listed(request: HttpRequest, clinic: str) -> HttpResponse:
    """What is open and what waits for a review; who may treat here names a child to open."""
    desk = enter(request, clinic)
    may_open = policy.may_break_glass_in(desk.user, desk.clinic)
    form = FindForm(request.POST or None)
    if request.method == "POST":
        access.demand(policy.may_break_glass_in, desk.user, desk.clinic)
        if form.is_valid():
            child = services.find_child(by=desk.user, clinic=desk.clinic, now=desk.now, **form.whom())
            if child is None:
                form.add_error(None, _("No child of this clinic is called that and was born on that day."))
            elif policy.places(desk.user, child).is_team or send(
                form,
                services.break_glass,
                by=desk.user,
                child=child,
                reason=form.cleaned_data["reason"],
                now=desk.now,
            ):
                return redirect("child", child=child.pk)
    seen = reading.glass_of_clinic(desk.user, desk.clinic, now=desk.now)
    answers = desk.page("settings", seen=seen, form=form if may_open else None)
    return render(request, "break_glass/list.html", answers)


@page("GET", "POST", recent=True)
def of_child(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Open the record of a child one knows of: for an owner who is not on its team."""
    desk = open_child(request, child)
    desk.demand(policy.may_break_glass)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"by": desk.user, "child": desk.child, "now": desk.now, **form.cleaned_data}
        if send(form, services.break_glass, **told):
            return redirect("child", child=desk.child.pk)
    return render(request, "break_glass/open.html", desk.page("overview", form=form))


@page("POST")
def end(request: HttpRequest, clinic: str, glass: uuid.UUID) -> HttpResponse:
    """End one's own before its time."""
    desk = enter(request, clinic)
    row = _glass(desk, glass)
    said = _("Ended. The record is closed to you again.")
    attempt(request, said, services.end_glass, by=desk.user, glass=row, now=desk.now)
    return redirect("break_glass", clinic=desk.clinic.slug)


@page("GET", "POST")
def review(request: HttpRequest, clinic: str, glass: uuid.UUID) -> HttpResponse:
    """What was opened and why, and the owner's words about it."""
    desk = enter(request, clinic)
    row = _glass(desk, glass)
    access.demand(policy.may_review_glass, desk.user, row)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"by": desk.user, "glass": row, "now": desk.now, **form.cleaned_data}
        if send(form, services.review_glass, **told):
            say_success(request, _("Reviewed."))
            return redirect("break_glass", clinic=desk.clinic.slug)
    seen = reading.seen_glass(row, desk.user, now=desk.now)
    return render(request, "break_glass/review.html", desk.page("settings", one=seen, form=form))


def _glass(desk: Desk, pk: uuid.UUID) -> BreakGlass:
    row: BreakGlass = access.fetch(
        BreakGlass.objects.select_related("clinic", "child", "opened_by", "reviewed_by"),
        desk.user,
        pk=pk,
        clinic=desk.clinic,
    )
    return row
