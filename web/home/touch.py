"""Logging a touch observation in three taps."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tracking.models import EntryDoor
from tracking.readings import asking as reading
from tracking.readings.strategies import strategies_of
from tracking.services import recording
from tracking.sync.bodies import ObservationBody, StimulusDayBody
from tracking.vocabulary.asking import Question
from web.forms.family import TouchForm
from web.home.corner import enter, of_the_living
from web.pages import page


@page("GET", "POST")
@of_the_living
def touch(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    corner = enter(request, child)
    tracked = reading.tracked_stimuli(corner.child, on=corner.today)
    if request.method == "GET" and not tracked and not corner.asked.asks(Question.TOUCH):
        return redirect("family_tonight", child=corner.child.pk)
    form = TouchForm(
        request.POST or None,
        tracked=tuple(one.stimulus for one in tracked),
        strategies=strategies_of(corner.user, corner.child),
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        recording.record_observation(
            by=corner.user,
            child=corner.child,
            client_id=told["client_id"],
            entry=ObservationBody(
                stimulus=told["stimulus"],
                occurred_at=form.happened_at(zone=corner.zone, now=corner.now),
                responses=tuple(told["responses"]),
                intensity=told["intensity"],
                recovery_minutes=told["recovery_minutes"],
                recovery_band=told["recovery_band"],
                is_not_settled=told["is_not_settled"],
                tried=form.tried(),
                note=told["note"],
            ),
            door=EntryDoor.FAMILY_PAGES,
            now=corner.now,
        )
        messages.success(request, _("Kept. Thank you."))
        return redirect("family_tonight", child=corner.child.pk)
    return render(request, "home/touch.html", corner.page("log", form=form, tracked=tracked))


@page("GET")
@of_the_living
def helps(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What is prescribed beside the strokes, and for which touches."""
    corner = enter(request, child)
    seen = strategies_of(corner.user, corner.child)
    return render(request, "home/helps.html", corner.page("more", strategies=seen))


@page("POST")
def came_up(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The daily question, answered with a tap: did it come up today?"""
    corner = enter(request, child)
    for one in reading.tracked_stimuli(corner.child, on=corner.today):
        answer = request.POST.get(f"stimulus-{one.id}")
        if answer in ("yes", "no"):
            recording.record_stimulus_day(
                by=corner.user,
                child=corner.child,
                client_id=uuid.uuid4(),
                entry=StimulusDayBody(
                    tracked_stimulus=one.id, came_up=answer == "yes", occurred_at=corner.now
                ),
                door=EntryDoor.FAMILY_PAGES,
                now=corner.now,
            )
    messages.success(request, _("Kept. Thank you."))
    return redirect("family_tonight", child=corner.child.pk)
