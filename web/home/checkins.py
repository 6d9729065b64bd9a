"""The weekly check-in of the person who massages, read by them and the care team only."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access
from tracking.models import CheckIn
from tracking.readings import checkins as reading
from tracking.readings.after_care import care_ended
from tracking.services import checking_in
from tracking.services.checking_in import CheckInBody
from web.forms.asking import CheckInForm
from web.home.corner import enter
from web.pages import page
from web.refusals import attempt, send


@page("GET", "POST")
def check_ins(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """One's own check-ins, and this week's; "not this week" needs no reason."""
    corner = enter(request, child)
    form = CheckInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        client_id = told.pop("client_id")
        is_left = "leave" in request.POST
        answer = {"is_left": True} if is_left else told
        if send(
            form,
            checking_in.check_in,
            fields={"is_left": ""},
            by=corner.user,
            child=corner.child,
            client_id=client_id,
            told=CheckInBody(occurred_at=corner.now, **answer),
            now=corner.now,
        ):
            messages.success(request, _("Left for this week.") if is_left else _("Kept. Thank you."))
            return redirect("family_check_ins" if not is_left else "family_tonight", child=corner.child.pk)
    own = reading.own_check_ins(corner.user, corner.child, corner.sight, now=corner.now)
    week = reading.own_week(corner.user, corner.child, on=corner.today)
    support = reading.support_of(
        corner.user, corner.child, week, now=corner.now, language=get_language() or "en"
    )
    ended = care_ended(corner.child, corner.sight)
    answers = {"form": form, "check_ins": own, "week": week, "support": support, "ended": ended}
    return render(request, "home/check_ins.html", corner.page("more", **answers))


@page("POST")
def withdraw(request: HttpRequest, child: uuid.UUID, check_in: uuid.UUID) -> HttpResponse:
    corner = enter(request, child)
    mine = CheckIn.objects.visible_to(corner.user).filter(author=corner.user)
    row: CheckIn = access.fetch(mine, corner.user, child=corner.child, client_id=check_in)
    row.child = corner.child
    attempt(
        request, _("Taken back."), checking_in.withdraw_check_in, by=corner.user, check_in=row, now=corner.now
    )
    return redirect("family_check_ins", child=corner.child.pk)
