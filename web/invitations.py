"""Opening an invitation by link or letter code: looking changes nothing, accepting uses it up."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic import rls
from clinic.errors import DomainError
from clinic.limits import TriedTooOften
from clinic.models import User
from clinic.services import accounts, answering_invitations
from clinic.services.answering_invitations import (
    AlreadyHasAccess,
    InvitationForAnother,
    Key,
    Offer,
    OpensNothing,
)
from tracking.wording.errors import sentence
from web.forms.joining import JoinForm
from web.forms.people import TypedCodeForm
from web.pages import Rule, page, refused
from web.refusals import tell

TYPED = "typed_invitation"
"""Where the session keeps the hash of the code that was typed, for the next page."""


@page("GET", "POST", rule=Rule.ANYBODY)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link offers; with a POST, accepted."""
    return _answer(request, Key.of_token(token))


@page("GET", "POST", rule=Rule.ANYBODY)
def typed(request: HttpRequest) -> HttpResponse:
    """The code from a letter, typed."""
    form = TypedCodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        address = get_adapter().get_client_ip(request)
        try:
            key = answering_invitations.key_of_typed(
                code=form.cleaned_data["code"], address=address, now=rls.now()
            )
        except TriedTooOften:
            return render(request, "429.html", status=429)
        except OpensNothing as error:
            form.add_error("code", sentence(error))
            status = error.status
        else:
            request.session[TYPED] = key.kept
            return redirect("join_typed")
    return render(request, "invitations/typed.html", {"form": form}, status=status)


@page("GET", "POST", rule=Rule.ANYBODY)
def join_typed(request: HttpRequest) -> HttpResponse:
    """What the typed code offers; with a POST, accepted."""
    kept = request.session.get(TYPED)
    return _answer(request, Key(kept)) if kept else redirect("join")


def _answer(request: HttpRequest, key: Key) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    try:
        offer = answering_invitations.look_at(key=key, by=user, now=rls.now())
        if request.method == "POST":
            answering_invitations.count_answer(key)
    except OpensNothing as error:
        refused(request, error)
        return render(request, "invitations/over.html", {"words": sentence(error)}, status=error.status)
    except InvitationForAnother as error:
        refused(request, error)
        return render(request, "invitations/another.html", {"words": sentence(error)}, status=error.status)
    except TriedTooOften:
        return render(request, "429.html", status=429)
    return _join(request, key, offer) if user is None else _accept(request, user, key, offer)


def _accept(request: HttpRequest, user: User, key: Key, offer: Offer) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            answering_invitations.accept(by=user, key=key, now=rls.now())
        except AlreadyHasAccess as error:
            return render(request, "invitations/already.html", {"offer": offer, "words": sentence(error)})
        except DomainError as error:
            refusal = sentence(error)
        else:
            return _welcome(request)
    return render(request, "invitations/accept.html", {"offer": offer, "refusal": refusal})


def _join(request: HttpRequest, key: Key, offer: Offer) -> HttpResponse:
    form = JoinForm(request.POST or None, is_bound_to_address=offer.is_bound_to_address)
    if request.method == "POST" and form.is_valid():
        try:
            user, _grant = answering_invitations.join(key=key, now=rls.now(), **form.told())
        except DomainError as error:
            tell(form, error)
        else:
            accounts.sign_in_here(request=request, user=user)
            return _settle(request, user, adds_passkey=form.is_by_passkey)
    sign_in = f"{reverse('account_login')}?next={request.path}"
    answers: dict[str, Any] = {"offer": offer, "form": form, "sign_in": sign_in}
    return render(request, "invitations/join.html", answers)


def _settle(request: HttpRequest, user: User, *, adds_passkey: bool) -> HttpResponse:
    """Somebody new: first what they have to keep, then the passkey they chose, then tonight."""
    after = reverse("mfa_add_webauthn") if adds_passkey else reverse("home")
    if user.sign_in_number:
        return redirect(f"{reverse('own_number')}?{urlencode({'next': after})}")
    return redirect(after) if adds_passkey else _welcome(request)


def _welcome(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Welcome. This is where you find tonight's massage."))
    return redirect("home")
