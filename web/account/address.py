"""Changing one's e-mail address: requested here, done by the link sent to the new address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import rls
from clinic.services import accounts
from tracking.wording.errors import sentence
from web.desk import asker
from web.forms.account import NewAddressForm
from web.pages import page
from web.refusals import say_success, send


@page("GET", "POST", recent=True)
def address(request: HttpRequest) -> HttpResponse:
    """Ask for another address; the answer is the same whoever has it."""
    form = NewAddressForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and send(form, accounts.ask_to_change_address, by=asker(request), email=form.cleaned_data["email"])
    ):
        return render(request, "account/address_asked.html", {"address": form.cleaned_data["email"]})
    return render(request, "account/address.html", {"form": form})


@page("GET", "POST")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link that was sent; looking at it changes nothing."""
    if request.method == "POST":
        try:
            accounts.change_address(by=asker(request), token=token, now=rls.now())
        except accounts.LinkOver as error:
            said = {"words": sentence(error)}
            return render(request, "account/link_over.html", said, status=error.status)
        say_success(request, _("This is your address now."))
        return redirect("own_ways")
    return render(request, "account/address_confirm.html")
