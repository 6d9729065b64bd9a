"""When clinic and family meet, and what a guardian reads about it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from clinic import files
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings.contacts import reader_of
from tracking.reports.exports import take_shared_contacts
from web.home.corner import enter
from web.pages import page

SHOWN = 30


@page("GET", viewed=AuditCode.VIEWED_CONTACTS)
def visits(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What is to come, then what was; a caregiver who only logs reads times."""
    corner = enter(request, child)
    reader = reader_of(corner.user, corner.child, corner.sight, corner.place, language=get_language() or "en")
    contacts = reader.page(limit=SHOWN).contacts
    planned = [one for one in reversed(contacts) if one.is_planned and one.starts_at >= corner.now]
    past = [one for one in contacts if not one.is_planned]
    may_take_away = policy.may_take_contacts_away(corner.user, corner.child)
    answers = corner.page("more", planned=planned, past=past, may_take_away=may_take_away)
    return render(request, "home/visits.html", answers)


@page(recent=True, viewed=None)
def file(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What is shared of the visits, to keep or to show another professional."""
    corner = enter(request, child)
    lines = take_shared_contacts(by=corner.user, child=corner.child, now=corner.now)
    return files.csv_answer(lines, f"visits-{corner.today}")
