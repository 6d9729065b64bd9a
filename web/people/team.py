"""Places on a child's care team: given, left, handed over, covered."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clinic import localtime, policy
from clinic.errors import Unseen
from clinic.models import CareTeam, User
from clinic.services import caseload
from clinic.vocabulary import CareTeamKind
from tracking.readings import people as reading
from web.desk import ChildDesk, open_child
from web.flags.gaps import warn_where_nobody_reads
from web.forms.people import CoverForm, JoinTeamForm, ToForm
from web.pages import page
from web.people.around import shown
from web.refusals import attempt, say_success, send


def _open(request: HttpRequest, child: uuid.UUID) -> ChildDesk:
    desk = open_child(request, child)
    desk.demand(policy.may_manage_care_team)
    return desk


def _colleague(desk: ChildDesk, user_id: str) -> User:
    """Somebody who works with children in this clinic. Raises Unseen."""
    for one in reading.colleagues(desk.clinic):
        if str(one.user_id) == user_id:
            return one.user
    raise Unseen


@page("POST", recent=True)
def join(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Give a place on the team."""
    desk = _open(request, child)
    form = JoinTeamForm(
        request.POST,
        staff=reading.colleagues(desk.clinic),
        treating=reading.colleagues(desk.clinic, treating_only=True),
    )
    if form.is_valid():
        told = form.cleaned_data
        joined = send(
            form,
            caseload.join_care_team,
            by=desk.user,
            child=desk.child,
            therapist=_colleague(desk, told["therapist"]),
            kind=CareTeamKind(told["kind"]),
            supervisor=_colleague(desk, told["supervisor"]) if told["supervisor"] else None,
            now=desk.now,
        )
        if joined:
            say_success(request, _("On the team from now on."))
            return redirect("child_people", child=desk.child.pk)
    return shown(request, desk, join_form=form)


@page("POST", recent=True)
def cover(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Let a colleague treat for a while."""
    desk = _open(request, child)
    form = CoverForm(request.POST, treating=reading.colleagues(desk.clinic, treating_only=True))
    if form.is_valid():
        last = form.cleaned_data["until_on"]
        covered = send(
            form,
            caseload.arrange_cover,
            fields={"until_at": "until_on"},
            by=desk.user,
            child=desk.child,
            therapist=_colleague(desk, form.cleaned_data["therapist"]),
            until_at=localtime.day_bounds(last, desk.clinic.zone)[1],
            now=desk.now,
        )
        if covered:
            say_success(request, _("The cover is arranged."))
            return redirect("child_people", child=desk.child.pk)
    return shown(request, desk, cover_form=form)


@page("POST", recent=True)
def leave(request: HttpRequest, child: uuid.UUID, place: uuid.UUID) -> HttpResponse:
    """End a place on the team."""
    desk = _open(request, child)
    row = desk.fetch(CareTeam.objects.select_related("child"), place)
    attempt(
        request,
        _("This place on the team has ended."),
        caseload.leave_care_team,
        by=desk.user,
        place=row,
        now=desk.now,
    )
    warn_where_nobody_reads(request, desk.clinic, now=desk.now)
    if row.therapist_id == desk.user.pk and not desk.place.is_owner:
        return redirect("caseload", clinic=desk.clinic.slug)
    return redirect("child_people", child=desk.child.pk)


@page("POST", recent=True)
def hand_over(request: HttpRequest, child: uuid.UUID, place: uuid.UUID) -> HttpResponse:
    """Somebody else in this place from now on."""
    desk = _open(request, child)
    row = desk.fetch(CareTeam.objects.select_related("child"), place)
    form = ToForm(request.POST, treating=reading.colleagues(desk.clinic, treating_only=True))
    if form.is_valid():
        attempt(
            request,
            _("Handed over."),
            caseload.hand_over,
            by=desk.user,
            place=row,
            to=_colleague(desk, form.cleaned_data["to"]),
            now=desk.now,
        )
    if row.therapist_id == desk.user.pk and not desk.place.is_owner and form.is_valid():
        return redirect("caseload", clinic=desk.clinic.slug)
    return redirect("child_people", child=desk.child.pk)
