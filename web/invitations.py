"""The link of an invitation: looking at it changes nothing, accepting it uses it up."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic import rls
from clinic.errors import DomainError
from clinic.services import invitations
from clinic.services.invitations import InvitationForAnother, InvitationOver, Offer
from tracking.wording.errors import sentence
from web.forms.first_run import PersonForm
from web.pages import Rule, page
from web.refusals import tell

TRIES = 10
TRIES_WITHIN_SECONDS = 60 * 60


@page("GET", "POST", rule=Rule.ANYBODY)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered; with a POST, accepted."""
    try:
        offer = invitations.look_at(token=token, now=rls.now())
    except InvitationOver as error:
        return render(request, "invitations/over.html", {"words": sentence(error)}, status=410)
    if request.method == "POST" and _is_tried_too_often(token):
        return render(request, "429.html", status=429)
    if request.user.is_authenticated:
        return _accept(request, token, offer)
    return _join(request, token, offer)


def _accept(request: HttpRequest, token: str, offer: Offer) -> HttpResponse:
    refusal, status = "", 200
    if request.method == "POST":
        try:
            invitations.accept(by=request.user, token=token, now=rls.now())  # type: ignore[arg-type]
        except InvitationForAnother as error:
            refusal, status = sentence(error), 403
        except DomainError as error:
            refusal = sentence(error)
        else:
            messages.success(request, _("Welcome. This is where you find tonight's massage."))
            return redirect("home")
    return render(request, "invitations/accept.html", {"offer": offer, "refusal": refusal}, status=status)


def _join(request: HttpRequest, token: str, offer: Offer) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, _grant = invitations.join(token=token, now=rls.now(), **form.cleaned_data)
        except DomainError as error:
            tell(form, error)
        else:
            get_adapter().login(request, user)
            messages.success(request, _("Welcome. This is where you find tonight's massage."))
            return redirect("home")
    sign_in = f"{reverse('account_login')}?next={request.path}"
    return render(request, "invitations/join.html", {"offer": offer, "form": form, "sign_in": sign_in})


def _is_tried_too_often(token: str) -> bool:
    """Whether a link was answered more often within the hour than a person would."""
    key = "invitation-tries:" + hashlib.sha256(token.encode()).hexdigest()
    cache.add(key, 0, TRIES_WITHIN_SECONDS)
    return cache.incr(key) > TRIES
