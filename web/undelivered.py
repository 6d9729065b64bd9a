"""Messages that were given up, for a clinic's owners: which, why, and retrying them."""

from __future__ import annotations

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic import access
from clinic.errors import DomainError, Forbidden
from tracking import policy
from tracking.readings.undelivered import undelivered_of
from tracking.services import replaying
from web.desk import Desk, enter
from web.pages import page
from web.refusals import attempt, say, say_success


class AgainForm(forms.Form):
    """One message, or all that were given up for one reason."""

    delivery = forms.UUIDField(required=False)
    state = forms.SlugField(required=False)
    reason = forms.SlugField(required=False)


@page("GET")
def board(request: HttpRequest, clinic: str) -> HttpResponse:
    """What was given up in the last thirty days."""
    desk = _owner(request, clinic)
    answers = desk.page("settings", board=undelivered_of(desk.clinic, now=desk.now))
    return render(request, "settings/undelivered.html", answers)


@page("POST")
def replay(request: HttpRequest, clinic: str) -> HttpResponse:
    """Have one tried again, or all of one reason."""
    desk = _owner(request, clinic)
    form = AgainForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        if told["delivery"]:
            _one(request, desk, told["delivery"])
        else:
            _all(request, desk, told["state"], told["reason"])
    return redirect("undelivered", clinic=desk.clinic.slug)


def _one(request: HttpRequest, desk: Desk, delivery: uuid.UUID) -> None:
    said = _("It is tried again now.")
    attempt(
        request,
        said,
        replaying.replay_delivery,
        by=desk.user,
        clinic=desk.clinic,
        delivery_id=delivery,
        now=desk.now,
    )


def _all(request: HttpRequest, desk: Desk, state: str, reason: str) -> None:
    try:
        count = replaying.replay_reason(
            by=desk.user, clinic=desk.clinic, state=state, reason=reason, now=desk.now
        )
    except Forbidden:
        raise
    except DomainError as error:
        say(request, error)
    else:
        said = ngettext("%(count)d is tried again now.", "%(count)d are tried again now.", count)
        say_success(request, said % {"count": count})


def _owner(request: HttpRequest, clinic: str) -> Desk:
    desk = enter(request, clinic)
    access.demand(policy.may_see_undelivered, desk.user, desk.clinic)
    return desk
