"""The languages one speaks and reads."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic.services import languages as services
from web.forms.languages import OwnLanguagesForm
from web.home.corner import enter
from web.pages import page
from web.refusals import send


@page("GET", "POST")
def languages(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """One's own languages; what one writes is read and spoken aloud by them."""
    corner = enter(request, child)
    form = OwnLanguagesForm(
        request.POST if request.method == "POST" else None, initial=OwnLanguagesForm.initial_of(corner.grant)
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and send(
            form,
            services.set_languages,
            by=corner.user,
            grant=corner.grant,
            now=corner.now,
            **form.cleaned_data,
        )
    ):
        messages.success(request, _("Kept."))
        return redirect("family_more", child=corner.child.pk)
    return render(request, "home/languages.html", corner.page("more", form=form))
