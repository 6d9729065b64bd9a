"""What a family is given once care has ended."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from clinic.errors import Unseen
from clinic.vocabulary import AuditCode
from tracking.readings.after_care import after_care_of
from tracking.readings.routine import routine
from tracking.readings.teaching import teaching_for
from web.home.corner import enter
from web.pages import page


@page("GET", viewed=AuditCode.VIEWED_PROGRAM)
def after_care(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Words to go on with, the steps, and for guardians the summary."""
    corner = enter(request, child)
    after = after_care_of(corner.user, corner.child)
    if after is None:
        raise Unseen
    steps = None
    if after.program is not None:
        taught = teaching_for(corner.child, user=corner.user, family_id=corner.home.pk)
        steps = routine(
            after.program,
            corner.child,
            teaching=taught,
            on=corner.today,
            language=get_language() or "en",
        )
    return render(request, "home/after_care.html", corner.page("tonight", after=after, routine=steps))
