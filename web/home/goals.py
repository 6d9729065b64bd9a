"""Goals and instrument totals, for guardians."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic.errors import Forbidden
from clinic.vocabulary import AuditCode
from tracking.readings.assessments import assessments_of
from tracking.readings.change import goal_changes
from tracking.readings.goals import goals_of
from tracking.wording.change import for_family
from web.home.corner import enter
from web.pages import page


@page("GET", viewed=AuditCode.VIEWED_DIARY)
def goals(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Each goal with its ladder and what changed alongside, in plain words; totals as they are."""
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    has_died = corner.child.died_on is not None
    changes = (
        () if has_died else goal_changes(corner.user, corner.child, until=corner.today, sight=corner.sight)
    )
    said = {one.goal_id: for_family(one.change.said) for one in changes}
    answers = corner.page(
        "more",
        goals=[(goal, said.get(goal.id, ())) for goal in goals_of(corner.user, corner.child)],
        assessments=assessments_of(corner.user, corner.child, corner.sight),
    )
    return render(request, "home/goals.html", answers)
