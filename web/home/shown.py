"""What this household was shown, and what comes next."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from clinic.errors import Forbidden
from clinic.vocabulary import AuditCode
from tracking.readings.teaching import latest_in_household
from web.home.corner import enter
from web.pages import page


@page("GET", viewed=AuditCode.VIEWED_PROGRAM)
def shown(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """In plain words, one's own first."""
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    seen = latest_in_household(corner.user, corner.child, language=get_language() or "en")
    return render(request, "home/shown.html", corner.page("more", shown=seen))
