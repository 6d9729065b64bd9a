"""A guardian's own consents: read in full, given, withdrawn."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic.errors import DomainError, Forbidden, Unseen
from clinic.services import consents as services
from clinic.vocabulary import ConsentKind
from tracking.readings import consents as reading
from tracking.wording.consents import ONCE_TAKEN_BACK
from web.home.corner import Corner, enter
from web.pages import page
from web.refusals import say


@page("GET", "POST")
def consents(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Each item with the clinic's wording; with a POST, one given or taken back."""
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    if request.method == "POST":
        return _say(request, corner)
    language = corner.user.writes_in or corner.home.locale
    items = reading.own_consents(corner.user, corner.child, language=language)
    return render(
        request,
        "home/consents.html",
        corner.page("more", items=[(item, ONCE_TAKEN_BACK[item.kind]) for item in items]),
    )


def _say(request: HttpRequest, corner: Corner) -> HttpResponse:
    kind = next((one for one in ConsentKind if one == request.POST.get("kind")), None)
    if kind is None:
        raise Unseen
    try:
        if request.POST.get("verb") == "withdraw":
            services.withdraw(by=corner.user, child=corner.child, kind=kind, now=corner.now)
            said = _("Taken back.")
        else:
            services.give(
                by=corner.user,
                child=corner.child,
                kind=kind,
                text=request.POST.get("text", ""),
                now=corner.now,
            )
            said = _("Thank you. You can take it back here at any time.")
    except Forbidden:
        raise
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, said)
    return redirect("family_consents", child=corner.child.pk)
