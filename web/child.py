"""A child's page: the fortnight, what changed alongside the program, flags, goals."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic import policy
from clinic.vocabulary import AuditCode
from tracking.readings import child as reading
from tracking.readings.break_glass import glass_of_child
from tracking.readings.homes import days_at_odds
from web import figures
from web.desk import open_child
from web.pages import page


@page("GET", viewed=AuditCode.VIEWED_CHILD)
def child(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The overview. Staff who are on no team see who the child is and who may see it."""
    desk = open_child(request, child)
    answer = reading.child_page(desk.user, desk.child, now=desk.now, place=desk.place)
    drawn = figures.of_record(answer.record, zone=desk.clinic.zone) if answer.record else None
    return render(
        request,
        "child/child.html",
        desk.page(
            "overview",
            answer=answer,
            record=answer.record,
            header=answer.header,
            at_odds=days_at_odds(desk.child, today=desk.today) if answer.record else (),
            record_taken_back=answer.record is not None and answer.record.is_taken_back,
            figures=drawn,
            openings=glass_of_child(desk.user, desk.child, now=desk.now) if desk.place.is_team else (),
            may_break_glass=policy.may_break_glass(desk.user, desk.child) if not answer.record else False,
        ),
    )
