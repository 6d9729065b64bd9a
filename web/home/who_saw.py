"""Who saw this child, for a guardian."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic.errors import Forbidden, Unseen
from tracking.readings import who_saw as reading
from web.home.corner import enter
from web.pages import page


@page("GET")
def who_saw(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Thirty days, latest first; `before` (a local day) leads to earlier ones."""
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    before = _day(request.GET.get("before", "")) or corner.today + dt.timedelta(days=1)
    seen = reading.who_saw(corner.child, corner.sight, zone=corner.zone, before=before)
    return render(request, "home/who_saw.html", corner.page("more", seen=seen))


def _day(told: str) -> dt.date | None:
    """The day of a link; None where none was told. Raises Unseen for what is no day."""
    if not told:
        return None
    try:
        return dt.date.fromisoformat(told)
    except ValueError:
        raise Unseen from None
