"""What is hoped for and where the child is, and what standard instruments said, for guardians."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic.errors import Forbidden
from clinic.vocabulary import AuditCode
from tracking.readings.goals import assessments_of, goals_of
from web.home.corner import enter
from web.pages import page


@page("GET", viewed=AuditCode.VIEWED_DIARY)
def goals(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Each goal with its ladder, and totals as they are: nothing is said about them."""
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    answers = corner.page(
        "more",
        goals=goals_of(corner.user, corner.child),
        assessments=assessments_of(corner.user, corner.child, corner.sight),
    )
    return render(request, "home/goals.html", answers)
