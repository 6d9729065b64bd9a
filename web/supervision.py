"""The supervision log: written by the supervisor, read by both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic.vocabulary import SUPERVISED_ROLES, TREATING_ROLES
from tracking.readings import supervision as reading
from tracking.services import supervising
from web.desk import enter
from web.forms.supervision import SupervisionForm
from web.pages import page
from web.refusals import say_success, send


@page("GET", "POST")
def log(request: HttpRequest, clinic: str) -> HttpResponse:
    """The logs one has a part in; a form for who supervises somebody."""
    desk = enter(request, clinic, *TREATING_ROLES, *SUPERVISED_ROLES)
    people = reading.supervised_by(desk.user, desk.clinic)
    form = SupervisionForm(request.POST or None, people=people, initial={"on": desk.today})
    if request.method == "POST" and form.is_valid():
        told = {"by": desk.user, "clinic": desk.clinic, "now": desk.now, **form.told(people)}
        if send(form, supervising.log_supervision, **told):
            say_success(request, _("Kept."))
            return redirect("supervision", clinic=clinic)
    answers = desk.page(
        "cosigning",
        form=form if people else None,
        logs=reading.logs_of(desk.user, desk.clinic, is_owner=desk.is_owner),
    )
    return render(request, "supervision/log.html", answers)
