"""What others did since one last looked: for two homes, helpers, and shared nights."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clinic.vocabulary import AuditCode
from tracking.readings import hand_off as reading
from tracking.services.handing_off import mark_looked
from web.forms.family import LookedForm
from web.home.corner import enter
from web.pages import page


@page("GET", "POST", viewed=AuditCode.VIEWED_DIARY)
def hand_off(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Looking marks nothing; one tap does, and what came in meanwhile is told next time."""
    corner = enter(request, child)
    if request.method == "POST":
        form = LookedForm(request.POST)
        if form.is_valid():
            until = form.cleaned_data["until"]
            mark_looked(by=corner.user, child=corner.child, until=until, now=corner.now)
        return redirect("family_tonight", child=corner.child.pk)
    told = reading.hand_off(
        corner.user, corner.child, now=corner.now, sight=corner.sight, household=corner.home
    )
    form = LookedForm(initial={"until": told.until.isoformat()})
    return render(request, "home/hand_off.html", corner.page("tonight", hand_off=told, form=form))
