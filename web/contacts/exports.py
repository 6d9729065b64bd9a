"""Visits and calls as a file: a child's, or all that are one's to take away."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse

from clinic import files
from tracking.reports.exports import take_contacts
from web.desk import enter, open_child
from web.pages import page


@page(recent=True, viewed=None)
def of_child(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """One child's; for an owner who is not on its team, times alone."""
    desk = open_child(request, child)
    lines = take_contacts(by=desk.user, clinic=desk.clinic, child=desk.child, now=desk.now)
    return files.csv_answer(lines, f"visits-{desk.today}")


@page(recent=True)
def of_clinic(request: HttpRequest, clinic: str) -> HttpResponse:
    """A therapist's own caseload; for an owner all children, times alone but for their own."""
    desk = enter(request, clinic)
    lines = take_contacts(by=desk.user, clinic=desk.clinic, now=desk.now)
    return files.csv_answer(lines, f"visits-{desk.clinic.slug}-{desk.today}")
