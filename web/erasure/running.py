"""One erasure: who requested and confirmed it, what it removed; confirming and cancelling it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access
from tracking import policy
from tracking.models import Erasure
from tracking.readings import erasures as reading
from tracking.services import erasures
from web.desk import Desk, enter
from web.pages import page
from web.refusals import attempt


@page("GET")
def erasure(request: HttpRequest, clinic: str, erasure: uuid.UUID) -> HttpResponse:
    """How far it has got."""
    desk = enter(request, clinic)
    row = _row(desk, erasure)
    answers = desk.page(
        "settings",
        erasure=reading.erasure_seen(row),
        may_confirm=policy.may_confirm_erasure(desk.user, row, desk.now),
        may_call_off=policy.may_call_off_erasure(desk.user, row),
        is_alone=row.asked_by_id == desk.user.pk and reading.may_ask_alone(desk.user, desk.clinic),
        alone_days=policy.ALONE_FOR.days,
    )
    return render(request, "erasure/erasure.html", answers)


@page("POST", recent=True)
def confirm(request: HttpRequest, clinic: str, erasure: uuid.UUID) -> HttpResponse:
    """The second person's word."""
    desk = enter(request, clinic)
    row = _row(desk, erasure)
    said = _("Confirmed. It is carried out once the wait is over; until then it can be called off.")
    attempt(request, said, erasures.confirm_erasure, by=desk.user, erasure=row, now=desk.now)
    return redirect("erasure", clinic=clinic, erasure=row.pk)


@page("POST")
def call_off(request: HttpRequest, clinic: str, erasure: uuid.UUID) -> HttpResponse:
    """Nothing is erased."""
    desk = enter(request, clinic)
    row = _row(desk, erasure)
    said = _("Called off. Nothing was erased.")
    attempt(request, said, erasures.call_off_erasure, by=desk.user, erasure=row, now=desk.now)
    return redirect("erasure", clinic=clinic, erasure=row.pk)


def _row(desk: Desk, erasure: uuid.UUID) -> Erasure:
    access.demand(policy.may_view_erasures, desk.user, desk.clinic)
    people = ("clinic", "asked_by", "confirmed_by", "called_off_by")
    row: Erasure = access.fetch(
        Erasure.objects.select_related(*people), desk.user, pk=erasure, clinic=desk.clinic
    )
    return row
