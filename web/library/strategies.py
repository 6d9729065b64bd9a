"""The clinic's own strategies."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic.errors import Forbidden, Unseen
from tracking import policy
from tracking.readings.strategies import library_strategies, library_strategy
from tracking.services import strategies as services
from web.desk import enter
from web.forms.strategies import LibraryStrategyForm
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET", "POST")
def listed(request: HttpRequest, clinic: str) -> HttpResponse:
    """Those that are offered, and one more."""
    desk = enter(request, clinic)
    may_change = policy.may_change_library(desk.user, desk.clinic)
    form = LibraryStrategyForm(request.POST or None)
    if request.method == "POST":
        if not may_change:
            raise Forbidden
        if form.is_valid() and send(
            form, services.add_strategy, by=desk.user, clinic=desk.clinic, now=desk.now, **form.cleaned_data
        ):
            say_success(request, _("In the library from now on."))
            return redirect("library_strategies", clinic=desk.clinic.slug)
    return render(
        request,
        "library/strategies.html",
        desk.page("library", form=form, strategies=library_strategies(desk.clinic), may_change=may_change),
    )


@page("POST")
def retire(request: HttpRequest, clinic: str, strategy: uuid.UUID) -> HttpResponse:
    """Offer it no longer; what was prescribed from it stays."""
    desk = enter(request, clinic)
    row = library_strategy(desk.clinic, strategy)
    if row is None:
        raise Unseen
    attempt(
        request, _("No longer offered."), services.retire_strategy, by=desk.user, strategy=row, now=desk.now
    )
    return redirect("library_strategies", clinic=desk.clinic.slug)
