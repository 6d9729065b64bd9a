"""The one form in which what is asked is chosen, in the clinic and at home alike."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest

from clinic import access
from clinic.errors import Unseen
from clinic.models import Child, User
from tracking import policy
from tracking.models import TrackedStimulus
from tracking.readings.asking import Asking
from tracking.services import asking as services
from web.forms.asking import AskedTouchForm, AskPlanForm
from web.refusals import attempt, send


def chosen(
    request: HttpRequest, user: User, child: Child, asking: Asking, *, today: dt.date, now: dt.datetime
) -> dict[str, Any] | None:
    """The forms of the page; None once what was sent has been done. Raises Forbidden, Unseen."""
    verb = request.POST.get("verb", "")
    scale = asking.chosen.scale if asking.chosen else None
    may_set_scale = policy.may_set_state_scale(user, child)
    plan_form = AskPlanForm(
        request.POST if verb == "questions" else None,
        may_set_scale=may_set_scale,
        initial=AskPlanForm.initial_of(asking.asked, scale),
    )
    touch_form = AskedTouchForm(request.POST if verb == "touch" else None)
    if request.method == "POST" and _done(request, verb, user, child, plan_form, touch_form, today, now):
        return None
    return {"plan_form": plan_form, "touch_form": touch_form}


def _done(
    request: HttpRequest,
    verb: str,
    user: User,
    child: Child,
    plan_form: AskPlanForm,
    touch_form: AskedTouchForm,
    today: dt.date,
    now: dt.datetime,
) -> bool:
    access.demand(policy.may_change_ask_plan, user, child)
    who: dict[str, Any] = {"by": user, "child": child, "now": now}
    if verb == "by_age":
        services.change_ask_plan(**who, questions=None)
        return True
    if verb == "touch":
        told = touch_form.cleaned_data if touch_form.is_valid() else None
        return bool(told and send(touch_form, services.track_stimulus, **who, **told, from_on=today))
    if verb.startswith("stop:"):
        access.demand(policy.may_stop_tracking, user, child)
        return _stopped(request, verb.removeprefix("stop:"), user, child, today, now)
    told = plan_form.cleaned_data if plan_form.is_valid() else None
    return bool(told is not None and send(plan_form, services.change_ask_plan, **who, **told))


def _stopped(
    request: HttpRequest, named: str, user: User, child: Child, today: dt.date, now: dt.datetime
) -> bool:
    try:
        key = uuid.UUID(named)
    except ValueError:
        raise Unseen from None
    row: TrackedStimulus = access.fetch(TrackedStimulus.objects.of_child(child), user, pk=key)
    return attempt(request, "", services.stop_tracking, by=user, tracked=row, until_on=today, now=now)
