"""Reports the clinic has shared with the child's guardians."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic.errors import Forbidden
from clinic.vocabulary import AuditCode
from tracking.readings import reports as reading
from web.home.corner import enter
from web.pages import page


@page("GET", viewed=AuditCode.VIEWED_REPORT)
def reports(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What was shared, newest first; the file is opened by the same address as the clinic's."""
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    shared = reading.shared_reports_of(corner.user, corner.child)
    return render(request, "home/reports.html", corner.page("more", reports=shared))
