"""Signing in without an e-mail address: one's own number, and a new code from the care team."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from clinic import rls
from clinic.errors import DomainError, Unseen
from clinic.limits import TriedTooOften
from clinic.services import accounts, sign_in_codes
from web.desk import asker
from web.forms.account import SignInCodeForm
from web.pages import Rule, page
from web.refusals import tell


@page()
def own_number(request: HttpRequest) -> HttpResponse:
    """The number one signs in with, to write down or print; then on to where one was going."""
    user = asker(request)
    if user.sign_in_number is None:
        raise Unseen
    after = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(after, allowed_hosts=None) and after.startswith("/")
    told = {
        "after": after if is_ours else "/",
        "door": settings.PUBLIC_URL + reverse("account_login"),
    }
    return render(request, "account/number.html", told)


@page("GET", "POST", rule=Rule.ANYBODY)
def sign_in_code(request: HttpRequest, code: str = "") -> HttpResponse:
    """A code from the care team: looking at it changes nothing, with a new password it is used up."""
    form = SignInCodeForm(request.POST or None, initial={"code": code})
    if request.method == "POST" and form.is_valid():
        try:
            user = sign_in_codes.use(
                address=get_adapter().get_client_ip(request), now=rls.now(), **form.cleaned_data
            )
        except TriedTooOften:
            return render(request, "429.html", status=429)
        except DomainError as error:
            tell(form, error)
        else:
            accounts.sign_in_here(request=request, user=user)
            return redirect("own_number")
    return render(request, "account/sign_in_code.html", {"form": form})
