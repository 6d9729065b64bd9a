"""Progress for the family: how many of the last evenings, and what each day was."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic.vocabulary import AuditCode
from tracking.readings import so_far as reading
from web.home.corner import enter, of_the_living
from web.pages import page


@page("GET", viewed=AuditCode.VIEWED_DIARY)
@of_the_living
def so_far(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    corner = enter(request, child)
    told = reading.so_far(
        corner.user, corner.child, now=corner.now, sight=corner.sight, household=corner.home
    )
    return render(request, "home/so_far.html", corner.page("more", so_far=told))
