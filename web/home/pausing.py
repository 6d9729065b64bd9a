"""Pausing in one tap, and resuming."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tracking.services import pausing
from tracking.vocabulary.reasons import PauseReason
from web.home.corner import enter
from web.pages import page
from web.refusals import attempt


@page("POST")
def pause(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The child's programs rest from today, or go on: no reason is asked."""
    corner = enter(request, child)
    if request.POST.get("do") == "end":
        attempt(
            request,
            _("It goes on."),
            pausing.go_on,
            by=corner.user,
            child=corner.child,
            now=corner.now,
        )
    else:
        attempt(
            request,
            _("Paused. Rest well."),
            pausing.rest,
            by=corner.user,
            child=corner.child,
            reason=PauseReason.OTHER,
            now=corner.now,
        )
    return redirect("family_tonight", child=corner.child.pk)
