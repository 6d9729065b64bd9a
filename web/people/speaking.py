"""The languages a child's caregivers speak and read."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import policy
from clinic.models import CaregiverGrant
from clinic.services import languages
from web.desk import open_child
from web.forms.languages import LanguagesForm
from web.pages import page
from web.refusals import say_success, send


@page("GET", "POST")
def edit(request: HttpRequest, child: uuid.UUID, grant: uuid.UUID) -> HttpResponse:
    """The languages of one caregiver, as the team knows them."""
    desk = open_child(request, child)
    desk.demand(policy.may_see_contact)
    row: CaregiverGrant = desk.fetch(CaregiverGrant.objects.select_related("user", "child"), grant)
    form = LanguagesForm(
        request.POST if request.method == "POST" else None, initial=LanguagesForm.initial_of(row)
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and send(form, languages.set_languages, by=desk.user, grant=row, now=desk.now, **form.cleaned_data)
    ):
        say_success(request, _("Kept."))
        return redirect("child_people", child=desk.child.pk)
    return render(request, "people/languages.html", desk.page("people", form=form, grant=row))
