"""Bedtime in two taps, "in bed now" and later "asleep now", or afterwards with clock times."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import localtime
from tracking.models import Bedtime, EntryDoor
from tracking.services import recording
from tracking.sync.bodies import BedtimeBody
from tracking.sync.rereading import body_of
from tracking.vocabulary.asking import Question
from web.forms.family import BedtimeForm
from web.home.corner import Corner, enter, of_the_living
from web.pages import page

TAPS = ("in_bed", "asleep", "still_awake")


@page("GET", "POST")
@of_the_living
def bedtime(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Tonight's bedtime: one button for what happens next, and a form to tell or correct the rest."""
    corner = enter(request, child)
    tonight = _tonight(corner)
    if request.method == "GET" and tonight is None and not corner.asked.asks(Question.BEDTIME):
        return redirect("family_tonight", child=corner.child.pk)
    if request.method == "POST" and request.POST.get("tap") in TAPS:
        _tap(corner, tonight, request.POST["tap"])
        messages.success(request, _("Kept. Good night."))
        return redirect("family_bedtime", child=corner.child.pk)
    form = BedtimeForm(request.POST or None, initial=_told(corner, tonight))
    if request.method == "POST" and form.is_valid():
        _write(corner, tonight, _with_form(corner, tonight, form))
        messages.success(request, _("Kept. Good night."))
        return redirect("family_tonight", child=corner.child.pk)
    return render(request, "home/bedtime.html", corner.page("tonight", bedtime=tonight, form=form))


def _tonight(corner: Corner) -> Bedtime | None:
    """The bedtime of this night that this caregiver began, if any."""
    night = localtime.night_of(corner.now, corner.zone)
    return (
        Bedtime.objects.visible_to(corner.user)
        .counted()
        .filter(child=corner.child, local_day=night, reported_by=corner.user)
        .order_by("-occurred_at", "id")
        .first()
    )


def _tap(corner: Corner, tonight: Bedtime | None, tap: str) -> None:
    body = body_of(tonight) if tonight else BedtimeBody(occurred_at=corner.now)
    if tap == "in_bed":
        body = replace(body, occurred_at=corner.now, lights_out_at=corner.now)
    elif tap == "asleep":
        body = replace(body, asleep_at=corner.now, still_awake_at=None)
    else:
        body = replace(body, still_awake_at=corner.now)
    _write(corner, tonight, body)


def _with_form(corner: Corner, tonight: Bedtime | None, form: BedtimeForm) -> BedtimeBody:
    told = form.cleaned_data
    before = body_of(tonight) if tonight else BedtimeBody()

    def instant(name: str, kept: dt.datetime | None) -> dt.datetime | None:
        """The instant of a wall time; one that was not changed keeps its seconds."""
        wall = told[name]
        if wall is None:
            return None
        if kept is not None and _minute(kept, corner.zone) == wall:
            return kept
        return localtime.to_instant(wall, corner.zone)

    lights_out = instant("lights_out", before.lights_out_at)
    asleep = instant("asleep", before.asleep_at)
    awake = instant("still_awake", before.still_awake_at)
    return replace(
        before,
        occurred_at=lights_out or asleep or awake or before.occurred_at or corner.now,
        lights_out_at=lights_out,
        asleep_at=asleep,
        still_awake_at=awake,
        about_minutes=told["about_minutes"],
        resistance=int(told["resistance"]) if told["resistance"] else None,
        call_out_count=told["call_out_count"],
        method=told["method"],
        location=told["location"],
        confounders=tuple(told["confounders"]),
        note=told["note"],
    )


def _told(corner: Corner, tonight: Bedtime | None) -> dict[str, object]:
    if tonight is None:
        return {}
    return {
        "lights_out": _minute(tonight.lights_out_at, corner.zone),
        "asleep": _minute(tonight.asleep_at, corner.zone),
        "still_awake": _minute(tonight.still_awake_at, corner.zone),
        "about_minutes": tonight.about_minutes,
        "resistance": tonight.resistance,
        "call_out_count": tonight.call_out_count,
        "method": tonight.method,
        "location": tonight.location,
        "confounders": tonight.confounders,
        "note": tonight.note,
    }


def _minute(instant: dt.datetime | None, zone: str) -> dt.datetime | None:
    if instant is None:
        return None
    return localtime.local_wall(instant, zone).replace(tzinfo=None, second=0, microsecond=0)


def _write(corner: Corner, tonight: Bedtime | None, body: BedtimeBody) -> None:
    recording.record_bedtime(
        by=corner.user,
        child=corner.child,
        client_id=tonight.client_id if tonight else uuid.uuid4(),
        base_revision=tonight.revision if tonight else None,
        entry=body,
        door=EntryDoor.FAMILY_PAGES,
        now=corner.now,
    )
