"""When this household's routines happen, and which of them it is reminded of."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic.errors import Forbidden, Unseen
from tracking.models import ReminderRule
from tracking.readings import household as reading
from tracking.readings.after_care import care_ended
from tracking.services import household
from web.forms.family import RoutineTimeForm
from web.home.corner import Corner, enter, of_the_living
from web.pages import page


@page("GET", "POST")
@of_the_living
def reminders(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    corner = enter(request, child)
    if request.method == "POST" and "mine" in request.POST:
        household.mute_rule(
            by=corner.user,
            rule=_rule(corner, request.POST["mine"]),
            is_muted=request.POST.get("is_muted") == "1",
            now=corner.now,
        )
        messages.success(request, _("Kept."))
        return redirect("family_reminders", child=corner.child.pk)
    if request.method == "POST" and not corner.is_guardian:
        raise Forbidden
    slots = reading.routine_slots(corner.user, corner.child, corner.home)
    asked = request.POST.get("anchor", "")
    forms = {
        slot.anchor: RoutineTimeForm(
            request.POST if asked == slot.anchor else None,
            initial={"at": slot.at},
            prefix=slot.anchor,
        )
        for slot in slots
    }
    if request.method == "POST" and "rule" in request.POST:
        rule = _rule(corner, request.POST["rule"])
        household.change_reminder(
            by=corner.user,
            rule=rule,
            lock_version=rule.lock_version,
            is_on=request.POST.get("is_on") == "1",
            now=corner.now,
        )
        messages.success(request, _("Kept."))
        return redirect("family_reminders", child=corner.child.pk)
    if request.method == "POST" and asked in forms and forms[asked].is_valid():
        household.set_routine_time(
            by=corner.user,
            family=corner.home,
            anchor=asked,
            at=forms[asked].cleaned_data["at"],
            now=corner.now,
        )
        messages.success(request, _("Kept. Reminders come at that time from now on."))
        return redirect("family_reminders", child=corner.child.pk)
    rows = [(slot, forms[slot.anchor]) for slot in slots]
    return render(
        request,
        "home/reminders.html",
        corner.page("more", rows=rows, ended=care_ended(corner.child, corner.sight)),
    )


def _rule(corner: Corner, told: str) -> ReminderRule:
    try:
        rule_id = uuid.UUID(told)
    except ValueError:
        raise Unseen from None
    rule = ReminderRule.objects.filter(pk=rule_id, family=corner.home, child=corner.child).first()
    if rule is None:
        raise Unseen
    return rule
