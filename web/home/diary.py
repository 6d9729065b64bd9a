"""Earlier entries, and withdrawing one's own."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic.errors import Unseen
from clinic.vocabulary import AuditCode
from tracking.readings import advice
from tracking.readings import diary as reading
from tracking.services import revising
from tracking.sync.bodies import EntryKind
from web.home.corner import enter
from web.pages import asked_day, page

DAYS_SHOWN = 14


@page("GET", viewed=AuditCode.VIEWED_DIARY)
def diary(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Two weeks, newest first; `until` (a local day) leads to those before."""
    corner = enter(request, child)
    last = min(asked_day(request, "until") or corner.today, corner.today)
    first = last - dt.timedelta(days=DAYS_SHOWN - 1)
    days = reading.diary(
        corner.user,
        corner.child,
        first=first,
        last=last,
        now=corner.now,
        with_withdrawn=True,
        language=get_language() or "en",
    )
    spoken = advice.advice_of(corner.user, corner.child, today=corner.today, language=corner.home.locale)
    told = {
        "days": [day for day in days.days if day.entries or day.concerns],
        "spoken": spoken,
        "until": last if last < corner.today else None,
        "older": first - dt.timedelta(days=1) if first > corner.child.born_on else None,
        "newer": last + dt.timedelta(days=DAYS_SHOWN) if last < corner.today else None,
    }
    return render(request, "home/diary.html", corner.page("log", **told))


@page("POST")
def withdraw(request: HttpRequest, child: uuid.UUID, kind: str, entry: uuid.UUID) -> HttpResponse:
    """Take an entry back, or bring it back: the same button either way."""
    corner = enter(request, child)
    if kind not in frozenset(EntryKind):
        raise Unseen
    restoring = request.POST.get("restore") == "1"
    verb = revising.restore_entry if restoring else revising.withdraw_entry
    verb(by=corner.user, child=corner.child, kind=EntryKind(kind), client_id=entry, now=corner.now)
    messages.success(
        request, _("It is back.") if restoring else _("Taken back. You can bring it back below.")
    )
    return redirect("family_diary", child=corner.child.pk)
