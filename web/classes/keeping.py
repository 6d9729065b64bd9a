"""Classes of a clinic: begun, dated, joined and left."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import Unseen
from clinic.models import Child
from tracking import policy
from tracking.models import GroupClass
from tracking.readings import classes as reading
from tracking.readings.contacts import labels_of
from tracking.services import classes
from web.desk import Desk, enter
from web.forms.classes import ClassForm, DateForm, JoinForm
from web.pages import page
from web.refusals import attempt, send


@page("GET", "POST")
def listed(request: HttpRequest, clinic: str) -> HttpResponse:
    """The classes one has to do with; a new one."""
    desk = enter(request, clinic)
    may_start = policy.may_start_class(desk.user, desk.clinic)
    form = ClassForm(
        request.POST or None,
        leaders=reading.who_may_lead(desk.clinic),
        services=[(one.pk, one.name) for one in labels_of(desk.clinic) if one.retired_at is None],
        initial={"led_by": desk.user.pk},
    )
    if request.method == "POST":
        access.demand(policy.may_start_class, desk.user, desk.clinic)
        if form.is_valid():
            told = {"by": desk.user, "clinic": desk.clinic, "now": desk.now, **form.cleaned_data}
            made = send(form, classes.start_class, **told)
            if made is not None:
                return redirect("group_class", clinic=desk.clinic.slug, group=made.pk)
    seen = reading.classes_of(desk.user, desk.clinic, language=get_language() or "en")
    answers = desk.page("classes", classes=seen, form=form, may_start=may_start)
    return render(request, "classes/list.html", answers)


@page()
def group_class(request: HttpRequest, clinic: str, group: uuid.UUID) -> HttpResponse:
    """One class: its dates, and of its children those one may know of."""
    desk, row = open_class(request, clinic, group)
    return _shown(request, desk, row)


@page("POST")
def add_date(request: HttpRequest, clinic: str, group: uuid.UUID) -> HttpResponse:
    """Another date, planned for every child."""
    desk, row = _open_to_change(request, clinic, group)
    form = _date_form(request, desk)
    if form.is_valid():
        told = {"by": desk.user, "group_class": row, "now": desk.now, **form.told(desk.clinic.zone)}
        if send(form, classes.add_date, fields={"starts_at": "clock"}, **told) is not None:
            return redirect("group_class", clinic=desk.clinic.slug, group=row.pk)
    return _shown(request, desk, row, date_form=form)


@page("POST")
def join(request: HttpRequest, clinic: str, group: uuid.UUID) -> HttpResponse:
    """A child comes from now on."""
    desk, row = _open_to_change(request, clinic, group)
    form = JoinForm(request.POST, children=reading.who_may_join(desk.user, row))
    if form.is_valid():
        child: Child = access.fetch(Child.objects, desk.user, pk=form.cleaned_data["child"])
        joined = send(form, classes.join_class, by=desk.user, group_class=row, child=child, now=desk.now)
        if joined is not None:
            return redirect("group_class", clinic=desk.clinic.slug, group=row.pk)
    return _shown(request, desk, row, join_form=form)


@page("POST")
def leave(request: HttpRequest, clinic: str, group: uuid.UUID, place: uuid.UUID) -> HttpResponse:
    """A child comes no more."""
    desk, row = _open_to_change(request, clinic, group)
    if not any(line.place == place for line in reading.roster_of(desk.user, row)):
        raise Unseen
    said = _("Comes no more. What was planned is called off.")
    found = row.places.select_related("child").get(pk=place)
    attempt(request, said, classes.leave_class, by=desk.user, place=found, now=desk.now)
    return redirect("group_class", clinic=desk.clinic.slug, group=row.pk)


def open_class(request: HttpRequest, clinic: str, group: uuid.UUID) -> tuple[Desk, GroupClass]:
    """The desk, and a class of its clinic in sight. Raises Unseen."""
    desk = enter(request, clinic)
    row: GroupClass = access.fetch(
        GroupClass.objects.filter(clinic=desk.clinic).select_related("led_by", "clinic"), desk.user, pk=group
    )
    return desk, row


def _open_to_change(request: HttpRequest, clinic: str, group: uuid.UUID) -> tuple[Desk, GroupClass]:
    desk, row = open_class(request, clinic, group)
    access.demand(policy.may_change_class, desk.user, row)
    return desk, row


def _date_form(request: HttpRequest, desk: Desk) -> DateForm:
    presets = reading.presets_to_choose(desk.clinic, language=get_language() or "en")
    return DateForm(request.POST if request.method == "POST" else None, presets=presets)


def _shown(
    request: HttpRequest,
    desk: Desk,
    row: GroupClass,
    *,
    date_form: DateForm | None = None,
    join_form: JoinForm | None = None,
) -> HttpResponse:
    language = get_language() or "en"
    presets = reading.presets_to_choose(desk.clinic, language=language)
    answers = desk.page(
        "classes",
        group=reading.one_class(row, language=language),
        roster=reading.roster_of(desk.user, row),
        may_change=policy.may_change_class(desk.user, row),
        date_form=date_form or DateForm(presets=presets),
        join_form=join_form or JoinForm(children=reading.who_may_join(desk.user, row)),
    )
    return render(request, "classes/class.html", answers)
