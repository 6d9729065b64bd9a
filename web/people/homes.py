"""Where a child lives: households, their days, and exceptions."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import policy
from clinic.models import ChildHome
from clinic.whereabouts import whereabouts
from tracking.readings import people as reading
from tracking.services import homes
from tracking.services.homes import NewHome
from web.desk import ChildDesk, open_child
from web.forms.people import HomeForm, KnownHomeForm, SwapForm
from web.pages import page
from web.people.around import shown
from web.refusals import attempt, say_success, send


def _open(request: HttpRequest, child: uuid.UUID) -> ChildDesk:
    desk = open_child(request, child)
    desk.demand(policy.may_change_homes)
    return desk


@page("GET", "POST")
def new(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Another home of the child."""
    desk = _open(request, child)
    form = HomeForm(request.POST or None, initial={"zone": desk.clinic.zone})
    if request.method == "POST" and form.is_valid():
        family = send(
            form,
            homes.add_household,
            by=desk.user,
            clinic=desk.clinic,
            home=NewHome(**form.household()),
            now=desk.now,
        )
        if family and send(
            form,
            homes.add_home,
            by=desk.user,
            child=desk.child,
            family=family,
            weekdays=form.cleaned_data["weekdays"],
            now=desk.now,
        ):
            say_success(request, _("The home was added. Now invite who lives there."))
            return redirect("child_people", child=desk.child.pk)
    return render(request, "people/home.html", desk.page("people", form=form, home=None))


@page("GET", "POST")
def edit(request: HttpRequest, child: uuid.UUID, home: uuid.UUID) -> HttpResponse:
    """A home: what it is called, how it is reached, which days."""
    desk = _open(request, child)
    row: ChildHome = desk.fetch(ChildHome.objects.select_related("family", "child__clinic"), home)
    weekdays = whereabouts(desk.child).weekdays(desk.today).get(row.family_id, frozenset())
    form = KnownHomeForm(
        request.POST or None,
        initial={**KnownHomeForm.initial_of(row, weekdays), "from_on": desk.today},
    )
    if request.method == "POST" and form.is_valid():
        changed = send(
            form,
            _change,
            desk=desk,
            home=row,
            household=form.household(),
            weekdays=form.cleaned_data["weekdays"] if "weekdays" in form.changed_data else None,
            from_on=form.cleaned_data["from_on"],
        )
        if changed:
            say_success(request, _("Kept."))
            return redirect("child_people", child=desk.child.pk)
    return render(request, "people/home.html", desk.page("people", form=form, home=row))


def _change(
    *,
    desk: ChildDesk,
    home: ChildHome,
    household: dict[str, Any],
    weekdays: list[int] | None,
    from_on: dt.date,
) -> None:
    homes.change_household(by=desk.user, family=home.family, now=desk.now, **household)
    if weekdays is not None:
        homes.change_weekdays(by=desk.user, home=home, weekdays=weekdays, from_on=from_on, now=desk.now)


@page("POST")
def remove(request: HttpRequest, child: uuid.UUID, home: uuid.UUID) -> HttpResponse:
    """The child lives there no more."""
    desk = _open(request, child)
    row: ChildHome = desk.fetch(ChildHome.objects.select_related("family", "child__clinic"), home)
    attempt(
        request,
        _("The child lives there no more. What was logged there stays."),
        homes.remove_home,
        by=desk.user,
        home=row,
        now=desk.now,
    )
    return redirect("child_people", child=desk.child.pk)


@page("POST")
def swap(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """One day at another home than the week says."""
    desk = open_child(request, child)
    desk.demand(policy.may_change_homes)
    form = SwapForm(request.POST, families=reading.families_of(desk.child))
    if form.is_valid() and send(
        form,
        homes.set_home_on,
        by=desk.user,
        child=desk.child,
        on=form.cleaned_data["on"],
        family=form.family(),
        now=desk.now,
    ):
        say_success(request, _("Kept. Reminders go to that home on that day."))
        return redirect("child_people", child=desk.child.pk)
    return shown(request, desk, swap_form=form)
