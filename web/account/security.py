"""How one signs in, and where one is signed in."""

from __future__ import annotations

from allauth.account.views import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic import rls
from clinic.services import connected_apps, devices, second_factors
from clinic.services.sign_in_notices import notices_of
from web.account.reaching import forget_this_browser
from web.desk import asker
from web.pages import Rule, page
from web.refusals import attempt, say_success


@page()
def security(request: HttpRequest) -> HttpResponse:
    """Everything about one's own sign-in, each with where to change it."""
    user = asker(request)
    factors = second_factors.factors_of(user)
    signed_in = devices.signed_in_of(user, here=request.session.session_key)
    return render(request, "account/security.html", {"factors": factors, "devices": signed_in})


@page()
def passkeys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view's signature
    """Where allauth leads after a passkey was changed: they are all on one page here."""
    return redirect("mfa_index")


@page("GET", "POST")
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; with a POST, signed out everywhere else."""
    user, here = asker(request), request.session.session_key
    if request.method == "POST":
        count = devices.sign_out_others(by=user, here=here)
        said = ngettext(
            "Signed out of one other device.", "Signed out of %(count)d other devices.", count
        ) % {"count": count}
        say_success(request, said)
        return redirect("usersessions_list")
    now = rls.now()
    told = {
        "now": now,
        "devices": devices.signed_in_of(user, here=here),
        "apps": connected_apps.apps_of(user),
        "codes": notices_of(user, now=now),
    }
    return render(request, "account/devices.html", told)


@page("GET", "POST", rule=Rule.ANYBODY)
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out of this device, which shows no messages of theirs from then on."""
    if request.method == "POST":
        forget_this_browser(request)
    response: HttpResponse = logout(request)
    return response


@page("POST")
def sign_out(request: HttpRequest, device: int) -> HttpResponse:
    """One device, a lost phone for instance."""
    attempt(request, _("Signed out there."), devices.sign_out_device, by=asker(request), device=device)
    return redirect("usersessions_list")
