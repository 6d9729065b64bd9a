"""When this household's routines happen, and which reminders it gets, when, and for whom."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import Forbidden
from tracking.models import ReminderRule
from tracking.readings.after_care import care_ended
from tracking.reminders.shown import reminders_of
from tracking.services import household, putting_off
from web.forms.family import ReminderForm, ReminderPauseForm, RoutineTimeForm
from web.home.corner import Corner, enter, of_the_living
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET", "POST")
@of_the_living
def reminders(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Every reminder with its time and what comes next; what is sent is the time of a routine."""
    corner = enter(request, child)
    if request.method == "POST" and not corner.is_guardian:
        raise Forbidden
    anchor = request.POST.get("anchor", "")
    form = RoutineTimeForm(request.POST or None, prefix=anchor)
    if (
        request.method == "POST"
        and form.is_valid()
        and send(
            form,
            household.set_routine_time,
            by=corner.user,
            family=corner.home,
            anchor=anchor,
            at=form.cleaned_data["at"],
            now=corner.now,
        )
    ):
        say_success(request, _("Kept. Reminders come at that time from now on."))
        return redirect("family_reminders", child=corner.child.pk)
    return _shown(request, corner, time_form=form if request.method == "POST" else None, anchor=anchor)


@page("POST")
def one(request: HttpRequest, child: uuid.UUID, reminder: uuid.UUID) -> HttpResponse:
    """Its days, places and people; or whether there is any in this home."""
    corner = enter(request, child)
    rule = _rule(corner, reminder)
    if "is_on" in request.POST:
        attempt(
            request,
            _("Kept."),
            household.change_reminder,
            by=corner.user,
            rule=rule,
            lock_version=rule.lock_version,
            is_on=request.POST["is_on"] == "1",
            now=corner.now,
        )
        return redirect("family_reminders", child=corner.child.pk)
    if not corner.is_guardian:
        raise Forbidden
    told = reminders_of(corner.user, corner.child, corner.home, now=corner.now)
    shown = next((each for each in told.reminders if each.rule_id == rule.pk), None)
    if shown is None:
        return redirect("family_reminders", child=corner.child.pk)
    form = ReminderForm(request.POST, shown=shown, has_other_homes=told.has_other_homes)
    if form.is_valid() and send(
        form,
        household.change_reminder,
        by=corner.user,
        rule=rule,
        lock_version=form.cleaned_data["lock_version"],
        now=corner.now,
        **form.changes(),
    ):
        say_success(request, _("Kept."))
        return redirect("family_reminders", child=corner.child.pk)
    return _shown(request, corner, wish_form=form, about=rule.pk)


@page("POST")
def mine(request: HttpRequest, child: uuid.UUID, reminder: uuid.UUID) -> HttpResponse:
    """Whether it reaches whoever asks."""
    corner = enter(request, child)
    household.mute_rule(
        by=corner.user,
        rule=_rule(corner, reminder),
        is_muted=request.POST.get("is_muted") == "1",
        now=corner.now,
    )
    say_success(request, _("Kept."))
    return redirect("family_reminders", child=corner.child.pk)


@page("POST")
def again(request: HttpRequest, child: uuid.UUID, reminder: uuid.UUID) -> HttpResponse:
    """In half an hour."""
    corner = enter(request, child)
    attempt(
        request,
        _("In 30 minutes, then. Unless it is told before."),
        putting_off.put_off,
        by=corner.user,
        rule=_rule(corner, reminder),
        now=corner.now,
    )
    return redirect("family_tonight", child=corner.child.pk)


@page("POST")
def pause(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """No reminders in this home until a day, or from now on again."""
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    is_over = request.POST.get("do") == "end"
    form = ReminderPauseForm({"through": None} if is_over else request.POST)
    through = form.cleaned_data["through"] if not is_over and form.is_valid() else None
    if (is_over or through) and send(
        form,
        household.pause_reminders,
        by=corner.user,
        child=corner.child,
        family=corner.home,
        through=through,
        now=corner.now,
    ):
        say_success(request, _("Reminders go on.") if is_over else _("Kept. Nothing reminds you until then."))
        return redirect("family_reminders", child=corner.child.pk)
    return _shown(request, corner, pause_form=form)


@page("POST")
def bring_back(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Those that rested begin again."""
    corner = enter(request, child)
    household.bring_back(by=corner.user, child=corner.child, family=corner.home, now=corner.now)
    say_success(request, _("They are back."))
    return redirect("family_reminders", child=corner.child.pk)


def _rule(corner: Corner, pk: uuid.UUID) -> ReminderRule:
    rule: ReminderRule = access.fetch(
        ReminderRule.objects, corner.user, pk=pk, child=corner.child, family=corner.home
    )
    return rule


def _shown(
    request: HttpRequest,
    corner: Corner,
    *,
    time_form: RoutineTimeForm | None = None,
    anchor: str = "",
    wish_form: ReminderForm | None = None,
    about: uuid.UUID | None = None,
    pause_form: ReminderPauseForm | None = None,
) -> HttpResponse:
    told = reminders_of(corner.user, corner.child, corner.home, now=corner.now)
    rows = [
        (
            shown,
            time_form
            if time_form is not None and shown.anchor == anchor
            else RoutineTimeForm(initial={"at": shown.at}, prefix=shown.anchor),
            wish_form
            if wish_form is not None and shown.rule_id == about
            else ReminderForm(shown=shown, has_other_homes=told.has_other_homes),
        )
        for shown in told.reminders
    ]
    return render(
        request,
        "home/reminders.html",
        corner.page(
            "more",
            told=told,
            rows=rows,
            pause_form=pause_form or ReminderPauseForm(initial={"through": corner.today}),
            ended=care_ended(corner.child, corner.sight),
        ),
    )
