"""Where the child is: a home's own days, set by its guardians; and days that may be excluded."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic.errors import Forbidden
from tracking.readings import home_days as reading
from tracking.services import excusing, homes
from web.forms.home_days import OwnWeekForm, SayForm
from web.home.corner import Corner, enter, of_the_living
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET", "POST")
@of_the_living
def days(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Two weeks ahead and one back, a word for each day."""
    corner = enter(request, child)
    if request.method == "POST" and not corner.is_guardian:
        raise Forbidden
    form = SayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt(
            request,
            _("Kept. The care team sees it too."),
            homes.say_home_on,
            by=corner.user,
            child=corner.child,
            family=corner.home,
            on=form.cleaned_data["on"],
            is_here=form.is_here(),
            now=corner.now,
        )
        return redirect("family_days", child=corner.child.pk)
    return _shown(request, corner)


@page("POST")
def week(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The weekdays of this home, from a day on."""
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    form = OwnWeekForm(request.POST)
    home = corner.child.homes.get(family=corner.home)
    if form.is_valid() and send(
        form, homes.change_own_week, by=corner.user, home=home, now=corner.now, **form.cleaned_data
    ):
        say_success(request, _("Kept. Days gone by stay as they were."))
        return redirect("family_days", child=corner.child.pk)
    return _shown(request, corner, week_form=form)


@page("POST")
def excuse(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Leave a day out, or ask for it again; today's leads back to tonight."""
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    form = SayForm({"on": request.POST.get("on"), "say": "here"})
    if form.is_valid():
        is_again = request.POST.get("again") == "1"
        attempt(
            request,
            _("This day counts again.")
            if is_again
            else _("This day need not count. Thank you for telling us."),
            excusing.take_back_excuse if is_again else excusing.excuse_day,
            by=corner.user,
            child=corner.child,
            on=form.cleaned_data["on"],
            now=corner.now,
        )
        if form.cleaned_data["on"] == corner.today:
            return redirect("family_tonight", child=corner.child.pk)
    return redirect("family_days", child=corner.child.pk)


def _shown(request: HttpRequest, corner: Corner, week_form: OwnWeekForm | None = None) -> HttpResponse:
    told = reading.home_days(corner.child, corner.home, now=corner.now)
    initial = {"weekdays": told.weekdays, "from_on": corner.today}
    answers = {"days": told, "week_form": week_form or OwnWeekForm(initial=initial)}
    return render(request, "home/days.html", corner.page("more", **answers))
