"""Pending and past erasures, holds, families' requests, and finding whom to erase."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access
from tracking import policy
from tracking.models import ErasureRequest, RecordHold
from tracking.readings import erasures as reading
from tracking.services import erasure_requests, holding
from tracking.vocabulary.erasure import RequestAbout
from web.desk import Desk, enter
from web.forms.erasure import AnswerForm
from web.pages import page
from web.refusals import attempt, send


@page("GET")
def board(request: HttpRequest, clinic: str) -> HttpResponse:
    """Everything about erasing in the clinic, for its owners and named leads."""
    desk = enter(request, clinic)
    access.demand(policy.may_view_erasures, desk.user, desk.clinic)
    return _board(request, desk)


@page("GET")
def find(request: HttpRequest, clinic: str) -> HttpResponse:
    """Whom to erase: by name, or those whose time here is over."""
    desk = owner(request, clinic)
    words = request.GET.get("name", "").strip()[:100]
    found = reading.find(desk.clinic, words)
    return render(request, "erasure/find.html", desk.page("settings", found=found, words=words))


@page("POST")
def answer(request: HttpRequest, clinic: str, wish: uuid.UUID) -> HttpResponse:
    """Take up what a caregiver asks for, or say why not."""
    desk = owner(request, clinic)
    row: ErasureRequest = access.fetch(ErasureRequest.objects, desk.user, pk=wish, clinic=desk.clinic)
    form = AnswerForm(request.POST)
    if form.is_valid() and send(
        form,
        erasure_requests.answer_erasure_request,
        by=desk.user,
        wish=row,
        declined_because=form.reason(),
        now=desk.now,
    ):
        if form.reason() is not None:
            return redirect("erasures", clinic=clinic)
        if row.about == RequestAbout.CHILD:
            return redirect("erasure_of_child", clinic=clinic, child=row.child_id)
        return redirect("erasure_of_person", clinic=clinic, person=row.asked_by_id)
    return _board(request, desk, refused=(row.pk, form))


@page("POST", recent=True)
def lift(request: HttpRequest, clinic: str, hold: uuid.UUID) -> HttpResponse:
    """A record is held no more."""
    desk = owner(request, clinic)
    row: RecordHold = access.fetch(RecordHold.objects, desk.user, pk=hold, clinic=desk.clinic)
    attempt(request, _("Lifted."), holding.lift_hold, by=desk.user, hold=row, now=desk.now)
    return redirect("erasures", clinic=clinic)


def owner(request: HttpRequest, clinic: str) -> Desk:
    """The desk of an owner; everybody else of the staff is refused."""
    desk = enter(request, clinic)
    access.demand(policy.may_ask_erasure, desk.user, desk.clinic)
    return desk


def _board(
    request: HttpRequest, desk: Desk, *, refused: tuple[uuid.UUID, AnswerForm] | None = None
) -> HttpResponse:
    seen = reading.board_of(desk.user, desk.clinic)
    forms = {wish.request.pk: AnswerForm(prefix="") for wish in seen.wishes}
    if refused is not None:
        forms[refused[0]] = refused[1]
    wishes = [(wish, forms[wish.request.pk]) for wish in seen.wishes]
    return render(request, "erasure/board.html", desk.page("settings", board=seen, wishes=wishes))
