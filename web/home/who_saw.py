"""Who saw this child, for a guardian."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic.errors import Forbidden, Unseen
from tracking.readings import who_saw as reading
from web.home.corner import enter
from web.pages import asked_day, page


@page("GET")
def who_saw(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Thirty days, latest first; `before` (a local day) leads to earlier ones."""
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    before = asked_day(request, "before")
    if before is None and request.GET.get("before"):
        raise Unseen
    before = before or corner.today + dt.timedelta(days=1)
    seen = reading.who_saw(corner.child, corner.sight, zone=corner.zone, before=before)
    return render(request, "home/who_saw.html", corner.page("more", seen=seen))
