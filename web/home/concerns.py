"""Raising a concern: advice first, then the clinic is told."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import localtime
from clinic.errors import Unseen
from clinic.vocabulary import AuditCode
from tracking.models import EntryDoor
from tracking.readings import concerns as reading
from tracking.readings.checkins import own_week, support_of
from tracking.readings.flag_settings import closures_ahead, hours_set_by
from tracking.services import concern_photos
from tracking.services import concerns as service
from tracking.vocabulary.concerns import ConcernKind
from web.forms.concerns import ConcernForm, PhotoForm
from web.home.corner import Corner, enter, of_the_living
from web.pages import page
from web.refusals import attempt

SHOWN = 20


@page("GET", viewed=AuditCode.VIEWED_CONCERNS)
def worries(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What it may be, most urgent first, and what was told so far."""
    corner = enter(request, child)
    language = get_language() or "en"
    told = reading.concerns_of(corner.user, corner.child, now=corner.now, language=language, limit=SHOWN)
    return render(
        request,
        "home/concerns.html",
        corner.page("log", kinds=reading.kinds_most_urgent_first(), concerns=told),
    )


@page("GET", "POST", viewed=AuditCode.VIEWED_CONCERNS)
@of_the_living
def worry(request: HttpRequest, child: uuid.UUID, worry: str) -> HttpResponse:
    """One kind: its questions, and where the answer needs none, the advice before anything is sent.

    What was told is answered with its advice at once, also to who only logs and cannot read it later.
    """
    corner = enter(request, child)
    if worry not in frozenset(ConcernKind):
        raise Unseen
    kind, language = ConcernKind(worry), get_language() or "en"
    form = ConcernForm(
        request.POST or None,
        request.FILES or None,
        kind=kind,
        questions=reading.questions_of(kind),
        earlier=reading.told_lately(corner.user, corner.child, now=corner.now),
    )
    answers = corner.page("log", kind=kind, form=form)
    if request.method == "POST" and form.is_valid():
        kept = service.raise_concern(
            by=corner.user,
            child=corner.child,
            client_id=form.cleaned_data["client_id"],
            entry=form.body(zone=corner.zone, now=corner.now),
            door=EntryDoor.FAMILY_PAGES,
            now=corner.now,
        )
        if photo := form.cleaned_data.get("photo"):
            attempt(
                request,
                _("The photo has arrived."),
                concern_photos.send_photo,
                by=corner.user,
                concern=kept.concern,
                client_id=form.cleaned_data["client_id"],
                content=photo.read(),
                now=corner.now,
            )
        answers["concern"] = reading.just_told(corner.user, kept.concern, now=corner.now, language=language)
        answers["plan"] = reading.plans_of_child(corner.user, corner.child).get(kind)
        if kind is ConcernKind.PARENT_STRAIN:
            week = own_week(corner.user, corner.child, on=corner.today)
            answers["support"] = support_of(
                corner.user, corner.child, week, now=corner.now, language=language
            )
        answers["hours"] = hours_set_by(corner.child.clinic)
        clinic_today = localtime.local_day(corner.now, corner.child.clinic.zone)
        answers["closures"] = closures_ahead(corner.child.clinic, on=clinic_today)
        return render(request, "home/advised.html", answers)
    answers["plan"] = reading.plans_of_child(corner.user, corner.child).get(kind)
    answers["advice"] = reading.sure_advice(corner.child, kind, language=language)
    return render(request, "home/concern.html", answers)


@page("POST")
def heed(request: HttpRequest, child: uuid.UUID, concern: uuid.UUID) -> HttpResponse:
    """Put in force what a concern proposes, with one tap."""
    corner = enter(request, child)
    row = reading.told_or_seen(corner.user, corner.child, concern)
    attempt(
        request,
        _("Kept. The routine and your care team know."),
        service.heed,
        by=corner.user,
        concern=row,
        now=corner.now,
    )
    return _back(corner)


@page("POST", viewed=None)
def photo(request: HttpRequest, child: uuid.UUID, concern: uuid.UUID) -> HttpResponse:
    """One more photo of what was told."""
    corner = enter(request, child)
    row = reading.told_or_seen(corner.user, corner.child, concern)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        attempt(
            request,
            _("The photo has arrived."),
            concern_photos.send_photo,
            by=corner.user,
            concern=row,
            client_id=form.cleaned_data["client_id"],
            content=form.cleaned_data["photo"].read(),
            now=corner.now,
        )
    else:
        messages.error(request, _("Please choose a photo first."))
    return _back(corner)


def _back(corner: Corner) -> HttpResponse:
    return redirect("family_worries", child=corner.child.pk)
