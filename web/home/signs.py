"""The child's own signs, added by those who know them best."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import Forbidden
from tracking import policy
from tracking.models import ChildSign
from tracking.readings import signs as reading
from tracking.services import signs as services
from web.forms.signs import SignForm
from web.home.corner import enter
from web.pages import page
from web.refusals import attempt, send


@page("GET", "POST")
def signs(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The signs in use, and one more."""
    corner = enter(request, child)
    may_change = policy.may_change_signs(corner.user, corner.child)
    form = SignForm(request.POST or None)
    if request.method == "POST":
        if not may_change:
            raise Forbidden
        if form.is_valid() and send(
            form, services.tell_sign, by=corner.user, child=corner.child, now=corner.now, **form.cleaned_data
        ):
            messages.success(request, _("Kept. It comes first among the signs from now on."))
            return redirect("family_signs", child=corner.child.pk)
    seen = reading.signs_of(corner.user, corner.child)
    return render(
        request, "home/signs.html", corner.page("more", signs=seen, form=form, may_change=may_change)
    )


@page("POST")
def sign(request: HttpRequest, child: uuid.UUID, sign: uuid.UUID) -> HttpResponse:
    """Move a sign up, or retire it: whichever button was pressed."""
    corner = enter(request, child)
    row: ChildSign = access.fetch(
        ChildSign.objects.select_related("child"), corner.user, child=corner.child, client_id=sign
    )
    verb = services.move_sign_up if request.POST.get("verb") == "up" else services.retire_sign
    attempt(request, _("Kept."), verb, by=corner.user, sign=row, now=corner.now)
    return redirect("family_signs", child=corner.child.pk)
