"""Logging a massage: step by step, in two taps, or as "not today"; and the child's state afterwards."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import Unseen
from clinic.vocabulary import AuditCode
from tracking.models import EntryDoor, HomeProgram, MassageSession
from tracking.readings import routine as reading
from tracking.readings.family_words import own_words_of
from tracking.readings.signs import signs_of
from tracking.readings.stopping import stop_setting
from tracking.readings.teaching import teaching_for
from tracking.services import recording
from tracking.sync.bodies import SessionBody, StepDone
from tracking.sync.rereading import body_of
from tracking.vocabulary.asking import ASKED_WITH_A_MASSAGE, Question
from tracking.vocabulary.programs import SessionOutcome
from tracking.vocabulary.reasons import NotTodayReason
from web.forms.family import (
    NotTodayForm,
    NotUpToItForm,
    SessionForm,
    StateAfterForm,
    cue_choices,
    cues_noted,
    sign_choices,
)
from web.home.corner import Corner, enter, of_the_living
from web.pages import page


@page("GET", "POST", viewed=AuditCode.VIEWED_PROGRAM)
@of_the_living
def routine(request: HttpRequest, child: uuid.UUID, program: uuid.UUID, slot: int) -> HttpResponse:
    """The routine step by step; its end says how it went, and "Stop here" is as good an end as any."""
    corner = enter(request, child)
    row = access.fetch(HomeProgram.objects.active(), corner.user, pk=program, child=corner.child)
    taught = teaching_for(corner.child, user=corner.user, family_id=corner.home.pk)
    steps = reading.routine(
        row,
        corner.child,
        teaching=taught,
        on=corner.today,
        language=get_language() or "en",
        own=own_words_of(corner.user, corner.child, corner.home.pk),
    )
    if steps is None:
        raise Unseen
    signs = signs_of(corner.user, corner.child)
    form = SessionForm(
        request.POST or None,
        is_infant=corner.is_infant,
        signs=signs,
        leaves_out=corner.asked.leaves_out(ASKED_WITH_A_MASSAGE),
        initial={"slot": slot},
    )
    if request.method == "POST" and form.is_valid():
        body = _body(corner, form)
        given = set(request.POST.getlist("step"))
        whole = body.outcome == SessionOutcome.DONE
        body = replace(
            body,
            program_version=steps.version_id,
            steps=tuple(
                StepDone(step=step.id, stroke=step.stroke, is_done=whole or str(step.id) in given)
                for step in steps.steps
            ),
        )
        return _record(request, corner, form.cleaned_data["client_id"], body)
    answers = {
        "few_cues": [*sign_choices(signs), *cue_choices(few=True)],
        "other_cues": cue_choices(few=False),
        "stop": stop_setting(corner.child, on=corner.today),
    }
    return render(
        request, "home/routine.html", corner.page("tonight", routine=steps, form=form, slot=slot, **answers)
    )


@page("GET", "POST")
@of_the_living
def log(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """A massage told afterwards. "Done, didn't time it" posts here with nothing but an outcome."""
    corner = enter(request, child)
    form = SessionForm(
        request.POST or None,
        is_infant=corner.is_infant,
        signs=signs_of(corner.user, corner.child),
        leaves_out=corner.asked.leaves_out(ASKED_WITH_A_MASSAGE),
    )
    if request.method == "POST" and form.is_valid():
        return _record(request, corner, form.cleaned_data["client_id"], _body(corner, form))
    return render(request, "home/session.html", corner.page("log", form=form))


@page("GET", "POST")
@of_the_living
def not_today(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    corner = enter(request, child)
    form = NotTodayForm(request.POST or None, initial={"slot": request.GET.get("slot")})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        recording.record_session(
            by=corner.user,
            child=corner.child,
            client_id=told["client_id"],
            entry=SessionBody(
                outcome=SessionOutcome.NOT_TODAY,
                not_today_reason=told["reason"],
                occurred_at=form.happened_at(zone=corner.zone, now=corner.now),
                slot_number=told["slot"],
                note=told["note"],
            ),
            door=EntryDoor.FAMILY_PAGES,
            now=corner.now,
        )
        messages.success(request, _("Thank you for telling us. Another time is fine."))
        return redirect("family_tonight", child=corner.child.pk)
    return render(request, "home/not_today.html", corner.page("tonight", form=form))


@page("POST")
def not_up_to_it(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """One tap for the whole evening. It is an answer, it needs no reason, and nothing asks again tonight."""
    corner = enter(request, child)
    form = NotUpToItForm(request.POST)
    if form.is_valid():
        recording.record_session(
            by=corner.user,
            child=corner.child,
            client_id=form.cleaned_data["client_id"],
            entry=SessionBody(
                outcome=SessionOutcome.NOT_TODAY,
                not_today_reason=NotTodayReason.NOT_UP_TO_IT,
                occurred_at=corner.now,
            ),
            door=EntryDoor.FAMILY_PAGES,
            now=corner.now,
        )
    return redirect("family_tonight", child=corner.child.pk)


@page("GET", "POST")
@of_the_living
def after(request: HttpRequest, child: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """The one question at the end. The massage is kept already; the answer is a revision of it."""
    corner = enter(request, child)
    session: MassageSession = access.fetch(
        MassageSession.objects.current(), corner.user, child=corner.child, client_id=entry
    )
    form = StateAfterForm(request.POST or None, is_infant=corner.is_infant)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["state_after"]:
            recording.record_session(
                by=corner.user,
                child=corner.child,
                client_id=entry,
                base_revision=session.revision,
                entry=replace(body_of(session), state_after=form.cleaned_data["state_after"]),
                door=EntryDoor.FAMILY_PAGES,
                now=corner.now,
            )
        messages.success(request, _("Kept. Thank you."))
        return redirect("family_tonight", child=corner.child.pk)
    return render(request, "home/after.html", corner.page("tonight", form=form, session=session))


def _body(corner: Corner, form: SessionForm) -> SessionBody:
    told = form.cleaned_data
    return SessionBody(
        outcome=told["outcome"],
        occurred_at=form.happened_at(zone=corner.zone, now=corner.now),
        slot_number=told["slot"],
        minutes=told["minutes"],
        state_before=told.get("state_before", ""),
        state_after=told.get("state_after", ""),
        cues=cues_noted(told.get("cues", ())),
        note=told["note"],
    )


def _record(request: HttpRequest, corner: Corner, client_id: uuid.UUID, body: SessionBody) -> HttpResponse:
    recording.record_session(
        by=corner.user,
        child=corner.child,
        client_id=client_id,
        entry=body,
        door=EntryDoor.FAMILY_PAGES,
        now=corner.now,
    )
    if body.state_after or not corner.asked.asks(Question.STATE_AFTER):
        messages.success(request, _("Kept. Thank you."))
        return redirect("family_tonight", child=corner.child.pk)
    return redirect("family_after", child=corner.child.pk, entry=client_id)
