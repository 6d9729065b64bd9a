"""When the clinic and this family meet, and what a guardian is told of it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from clinic.vocabulary import AuditCode
from tracking.readings.contacts import reader_of
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
    return render(request, "home/visits.html", corner.page("more", planned=planned, past=past))
