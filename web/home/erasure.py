"""A caregiver's erasure request, and the clinic's answer."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access
from clinic.models.clinics import new_id
from tracking.models import ErasureRequest
from tracking.readings.erasures import wishes_of
from tracking.services import erasure_requests
from tracking.vocabulary.erasure import RequestAbout
from web.forms.erasure import WishForm
from web.home.corner import enter
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET", "POST")
def erasure(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What can be asked for, and what was."""
    corner = enter(request, child)
    form = WishForm(request.POST or None, is_guardian=corner.is_guardian)
    if (
        request.method == "POST"
        and form.is_valid()
        and send(
            form,
            erasure_requests.request_erasure,
            by=corner.user,
            child=corner.child,
            client_id=new_id(),
            about=RequestAbout(form.cleaned_data["about"]),
            now=corner.now,
        )
    ):
        say_success(request, _("The clinic has it. Nothing is erased before somebody there answers you."))
        return redirect("family_erasure", child=corner.child.pk)
    wishes = wishes_of(corner.user, corner.child)
    return render(request, "home/erasure.html", corner.page("more", form=form, wishes=wishes))


@page("POST")
def withdraw(request: HttpRequest, child: uuid.UUID, wish: uuid.UUID) -> HttpResponse:
    """Take a request back."""
    corner = enter(request, child)
    row: ErasureRequest = access.fetch(
        ErasureRequest.objects, corner.user, pk=wish, child=corner.child, asked_by=corner.user
    )
    attempt(
        request,
        _("Taken back."),
        erasure_requests.withdraw_erasure_request,
        by=corner.user,
        wish=row,
        now=corner.now,
    )
    return redirect("family_erasure", child=corner.child.pk)
