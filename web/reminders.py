"""What became of reminders, beside the program they belong to."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic.errors import Unseen
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings import reminders_sent as reading
from web.desk import open_record
from web.pages import page


@page(viewed=AuditCode.VIEWED_PROGRAM)
def sent(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The last two weeks by household."""
    desk = open_record(request, child)
    if not policy.may_view_reminders_sent(desk.user, desk.child):
        raise Unseen
    homes = reading.reminders_sent(desk.child, today=desk.today)
    return render(request, "child/reminders.html", desk.page("programs", homes=homes))
