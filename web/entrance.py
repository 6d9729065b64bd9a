"""Where a user lands: their clinic's caseload, their family corner, or a choice between them."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from clinic.services import clinics
from tracking.readings import entrance
from web.pages import Rule, page


@page(rule=Rule.ANYBODY)
def home(request: HttpRequest) -> HttpResponse:
    """Send on to the one place a person has; offer a choice where there are several.

    `to=flags`, in letters to staff, means the flags of a clinic instead of its caseload.
    """
    is_to_flags = request.GET.get("to") == "flags"
    if clinics.is_first_run():
        return redirect("first_run")
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path()) if is_to_flags else redirect("account_login")
    doors = entrance.doors(request.user, clinic_page="flags" if is_to_flags else "caseload")
    if len(doors) == 1:
        return redirect(reverse(doors[0].route, kwargs=doors[0].arguments))
    return render(request, "entrance/home.html", {"doors": doors})
