"""Retention periods, and what the nightly runs removed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access
from tracking import policy
from tracking.readings import retention as reading
from tracking.services import retention
from tracking.vocabulary.retention import Kept
from web.desk import Desk, enter
from web.forms.erasure import PeriodForm
from web.pages import page
from web.refusals import say_success, send


@page("GET", "POST", recent=True)
def periods(request: HttpRequest, clinic: str) -> HttpResponse:
    """All staff read the periods; an owner adopts one, having seen what it would remove at once."""
    desk = enter(request, clinic)
    if request.method != "POST":
        return _periods(request, desk)
    access.demand(policy.may_change_retention, desk.user, desk.clinic)
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _periods(request, desk, form=form)
    kept, amount = form.told()
    count = reading.would_remove(desk.clinic, kept, amount, now=desk.now)
    if count and not form.cleaned_data["is_sure"]:
        return _periods(request, desk, form=form, would_remove=count)
    if send(
        form, retention.set_period, by=desk.user, clinic=desk.clinic, kept=kept, amount=amount, now=desk.now
    ):
        say_success(request, _("Adopted, from the next night on."))
        return redirect("retention", clinic=clinic)
    return _periods(request, desk, form=form)


def _periods(
    request: HttpRequest, desk: Desk, *, form: PeriodForm | None = None, would_remove: int = 0
) -> HttpResponse:
    refused = Kept(form.cleaned_data["kept"]) if form and form.cleaned_data.get("kept") else None
    in_force = reading.periods_of(desk.clinic)
    answers = desk.page(
        "settings",
        periods=[
            (one, form if form and kept == refused else PeriodForm.of(one)) for kept, one in in_force.items()
        ],
        refused=refused,
        would_remove=would_remove,
        may_change=policy.may_change_retention(desk.user, desk.clinic),
        views_erasures=policy.may_view_erasures(desk.user, desk.clinic),
        runs=reading.runs_of(desk.clinic),
    )
    return render(request, "erasure/retention.html", answers)
