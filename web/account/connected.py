"""Connected third-party apps: connecting one and disconnecting it."""

from __future__ import annotations

import urllib.parse

from allauth.idp.oidc.views import authorization
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import rls
from clinic.errors import Unseen
from clinic.services import connected_apps
from web.desk import asker
from web.pages import Rule, ask_again_who, page
from web.refusals import attempt


@page("GET", "POST")
def let_in(request: HttpRequest) -> HttpResponse:
    """Ask whether an app may be let in; where it asks without PKCE, refuse.

    Who is asking has to be known before the form is shown: its answer leads to the app.
    """
    ask_again_who(request)
    if request.method != "POST" and not _is_bound(request):
        return render(request, "account/app_refused.html", status=400)
    response: HttpResponse = authorization(request)
    if request.method == "POST" and request.POST.get("action") == "grant":
        connected_apps.tell_let_in(user=asker(request), now=rls.now())
    if request.method == "GET" and response.status_code == 200:
        # A form whose answer leads to the app: browsers hold that against the page's policy, too.
        response._csp_update = {"form-action": [_origin(request.GET.get("redirect_uri", ""))]}  # type: ignore[attr-defined]
    return response


@page("GET", "POST", rule=Rule.ANYBODY)
def not_offered(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a page's signature
    """What allauth knows and nobody is offered: letting an app in by a code typed elsewhere, and an app that
    signs its person out of here. Raises Unseen.
    """
    raise Unseen


@page("POST")
def end(request: HttpRequest, app: str) -> HttpResponse:
    """Out again, at once."""
    attempt(request, _("It opens nothing any more."), connected_apps.end_app, by=asker(request), app=app)
    return redirect("usersessions_list")


def _is_bound(request: HttpRequest) -> bool:
    """Whether only the app that asks can fetch what it asks for (PKCE, S256)."""
    method, challenge = (request.GET.get(f"code_challenge{end}", "") for end in ("_method", ""))
    return method == "S256" and len(challenge) == 43


def _origin(uri: str) -> str:
    parts = urllib.parse.urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"{parts.scheme}:"
