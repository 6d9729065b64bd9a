"""Enrolling a child, changing details, and the course of care."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access, policy
from clinic.errors import Unseen
from clinic.services import enrolment, episodes
from clinic.vocabulary import EpisodeState
from tracking import policy as record
from tracking.readings.after_care import after_care_of, last_episode
from tracking.readings.change import measured_progress
from tracking.reports.progress import first_draft
from tracking.services import archiving, stopping_everything
from tracking.services.homes import NewHome
from web.desk import ChildDesk, enter, open_child
from web.forms.people import (
    DiedForm,
    DischargeForm,
    EditChildForm,
    EpisodeForm,
    NewChildForm,
    SinceForm,
)
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET", "POST")
def new(request: HttpRequest, clinic: str) -> HttpResponse:
    """Enroll a child, with a first home."""
    desk = enter(request, clinic)
    access.demand(policy.may_enroll_child, desk.user, desk.clinic)
    form = NewChildForm(request.POST or None, initial={"zone": desk.clinic.zone})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        child = send(
            form,
            enrolment.enroll_child,
            fields={"name": "home_name"},
            by=desk.user,
            clinic=desk.clinic,
            home=NewHome(
                name=told["home_name"],
                zone=told["zone"],
                phone=told["phone"],
                contact_email=told["contact_email"],
                address=told["address"],
            ),
            state=EpisodeState(told["state"]),
            now=desk.now,
            **form.child(),
        )
        if child:
            say_success(request, _("Enrolled. Next: invite the family, and say what is to be heeded."))
            return redirect("child_people", child=child.pk)
    return render(request, "people/new_child.html", desk.page("caseload", form=form))


@page("GET", "POST")
def edit(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What the clinic knows of the child."""
    desk = open_child(request, child)
    desk.demand(policy.may_change_child)
    form = EditChildForm(
        request.POST or None, initial=EditChildForm.initial_of(desk.child), is_team=desk.reads_record
    )
    if request.method == "POST" and form.is_valid():
        changed = send(
            form, enrolment.change_child, by=desk.user, child=desk.child, now=desk.now, **form.changes()
        )
        if changed:
            say_success(request, _("Kept."))
            return redirect("child_people", child=desk.child.pk)
        desk.child.refresh_from_db()
    return render(request, "people/edit_child.html", desk.page("people", form=form))


# ---- the course of care ------------------------------------------------------------------------------------


@page()
def care(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The course of care, and what stops everything."""
    return _care(request, open_child(request, child))


def _care(request: HttpRequest, desk: ChildDesk, **forms: Any) -> HttpResponse:
    last = last_episode(desk.child)
    current = last if last and last.ended_on is None else None
    answers = {
        "episode_form": EpisodeForm(initial={"state": current.state if current else EpisodeState.ACTIVE}),
        "hospital_form": SinceForm(initial={"on": desk.today}),
        **forms,
    }
    return render(
        request,
        "people/care.html",
        desk.page(
            "people",
            after=after_care_of(desk.user, desk.child) if current is None else None,
            current=current,
            may_change_episode=desk.lets(policy.may_change_episode),
            may_discharge=desk.lets(policy.may_discharge),
            may_archive=desk.lets(policy.may_archive),
            may_stop=desk.lets(policy.may_stop_everything),
            **answers,
        ),
    )


@page("POST")
def episode(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Move the open episode, or begin another."""
    desk = open_child(request, child)
    desk.demand(policy.may_change_episode)
    form = EpisodeForm(request.POST)
    if form.is_valid():
        state = EpisodeState(form.cleaned_data["state"])
        if send(form, episodes.begin_or_move, by=desk.user, child=desk.child, state=state, now=desk.now):
            say_success(request, _("Kept."))
            return redirect("child_care", child=desk.child.pk)
    return _care(request, desk, episode_form=form)


@page("GET", "POST")
def discharge(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """End the episode of care, with what the family takes along; programs and reminders end with it."""
    desk = open_child(request, child)
    desk.demand(policy.may_discharge)
    gives = record.may_write_after_care(desk.user, desk.child)
    form = DischargeForm(request.POST or None, gives=gives, initial={"on": desk.today})
    if request.method == "POST":
        if request.POST.get("verb") == "draft" and gives:
            form = DischargeForm(gives=gives, initial={**request.POST.dict(), "summary": _summary(desk)})
        elif form.is_valid() and send(
            form, archiving.discharge_child, by=desk.user, child=desk.child, now=desk.now, **form.told()
        ):
            said = _("Discharged. Programs and reminders have ended; the record stays readable.")
            say_success(request, said)
            return redirect("child_care", child=desk.child.pk)
    return render(request, "people/discharge.html", desk.page("people", form=form, gives=gives))


def _summary(desk: ChildDesk) -> str:
    """What the figures of the episode say, to begin from."""
    episode = desk.child.episodes.open().first()
    first = episode.started_on if episode else desk.today
    read, changes = measured_progress(desk.user, desk.child, first=first, last=desk.today)
    return first_draft(read, changes)


@page("POST")
def follow_up(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Somebody has looked at the child again."""
    desk = open_child(request, child)
    desk.demand(record.may_follow_up)
    after = after_care_of(desk.user, desk.child)
    if after is None:
        raise Unseen
    attempt(request, _("Kept."), archiving.follow_up, by=desk.user, after=after, now=desk.now)
    return redirect("child_care", child=desk.child.pk)


@page("POST")
def hospital(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """In hospital since a day, or home again: the family is left alone meanwhile."""
    desk = open_child(request, child)
    desk.demand(policy.may_stop_everything)
    told: dict[str, Any] = {"by": desk.user, "child": desk.child, "now": desk.now}
    if request.POST.get("verb") == "home":
        stopping_everything.set_home_again(**told)
        say_success(request, _("Kept. Reminders go on from now."))
        return redirect("child_care", child=desk.child.pk)
    form = SinceForm(request.POST)
    if form.is_valid() and send(
        form,
        stopping_everything.set_in_hospital,
        fields={"since": "on"},
        since=form.cleaned_data["on"],
        **told,
    ):
        say_success(request, _("Kept. Nothing automatic goes to this family meanwhile."))
        return redirect("child_care", child=desk.child.pk)
    return _care(request, desk, hospital_form=form)


@page("GET", "POST")
def died(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The day the child died, asked twice; or a mistake put right."""
    desk = open_child(request, child)
    desk.demand(policy.may_stop_everything)
    told: dict[str, Any] = {"by": desk.user, "child": desk.child, "now": desk.now}
    if request.method == "POST" and request.POST.get("verb") == "mistake":
        stopping_everything.take_back_death(**told)
        say_success(request, _("Put right. Invitations that were taken back have to be made anew."))
        return redirect("child_care", child=desk.child.pk)
    form = DiedForm(request.POST or None, initial={"on": desk.today})
    is_asked_again = request.method == "POST" and form.is_valid()
    if is_asked_again and form.cleaned_data["is_sure"]:
        if send(form, stopping_everything.set_died, on=form.cleaned_data["on"], **told):
            say_success(request, _("Kept. Nothing automatic goes to this family any more."))
            return redirect("child_care", child=desk.child.pk)
        is_asked_again = False
    return render(
        request,
        "people/died.html",
        desk.page("people", form=form, day=form.cleaned_data["on"] if is_asked_again else None),
    )


@page("POST")
def archive(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Put the record away."""
    desk = open_child(request, child)
    desk.demand(policy.may_archive)
    attempt(
        request,
        _("The record is put away."),
        archiving.archive_child,
        by=desk.user,
        child=desk.child,
        now=desk.now,
    )
    return redirect("caseload", clinic=desk.clinic.slug)
