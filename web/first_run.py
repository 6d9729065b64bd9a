"""The first page of an empty installation: creates the first clinic and its owner."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from clinic import rls
from clinic.services import accounts, clinics
from web.forms.first_run import FirstRunForm
from web.pages import Rule, page
from web.refusals import send


@page("GET", "POST", rule=Rule.ANYBODY)
def first_run(request: HttpRequest) -> HttpResponse:
    """Make the first clinic. Once there is one, this page leads home."""
    if not clinics.is_first_run():
        return redirect("home")
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = send(
            form,
            clinics.create_first_clinic,
            locale=get_language() or "en",
            now=rls.now(),
            **form.told(),
        )
        if made is not None:
            clinic, owner = made
            accounts.sign_in_here(request=request, user=owner)
            return redirect("caseload", clinic=clinic.slug)
    return render(request, "first_run.html", {"form": form})
