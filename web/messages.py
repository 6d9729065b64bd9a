"""The child's thread, as its care team reads and writes it."""

from __future__ import annotations

import datetime as dt
import uuid
from urllib.parse import urlencode

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic.vocabulary import AuditCode
from tracking.readings import messages as reading
from tracking.services import messaging
from web.desk import open_record
from web.forms.messages import LetterForm
from web.pages import page
from web.refusals import send


@page("GET", "POST", viewed=AuditCode.VIEWED_MESSAGES)
def thread(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The latest messages, oldest first; `before` and `row` lead to older ones."""
    desk = open_record(request, child)
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = send(
            form,
            messaging.send_message,
            by=desk.user,
            child=desk.child,
            now=desk.now,
            **form.cleaned_data,
        )
        if sent is not None:
            toasts.success(request, _("Sent to the family."))
            return redirect("child_messages", child=desk.child.pk)
    before = _place(request.GET.get("before", ""), request.GET.get("row", ""))
    found = reading.thread(desk.user, desk.child, before=before)
    if before is None and desk.place.is_team:
        messaging.mark_thread_read(by=desk.user, child=desk.child, until=desk.now)
    answers = desk.page(
        "messages", thread=found, form=form, older=_older(found.before), is_older=bool(before)
    )
    return render(request, "messages/thread.html", answers)


def _place(moment: str, row: str) -> tuple[dt.datetime, uuid.UUID] | None:
    """A place in the thread; anything else is as if nothing had been asked."""
    try:
        at = dt.datetime.fromisoformat(moment)
        return (at, uuid.UUID(row)) if at.tzinfo else None
    except ValueError:
        return None


def _older(place: tuple[dt.datetime, uuid.UUID] | None) -> str:
    return "" if place is None else "?" + urlencode({"before": place[0].isoformat(), "row": str(place[1])})
