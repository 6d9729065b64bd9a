"""The clinic's own advice texts for concerns, and their adoption."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import Unseen
from clinic.policy import membership_in
from tracking import policy
from tracking.readings import concern_texts as reading
from tracking.services import concern_plans, offering
from web.desk import enter
from web.forms.concerns import AdviceTextForm
from web.forms.library import AdoptForm
from web.library.shelf import language, rights
from web.pages import page
from web.refusals import say_success, send


@page("GET", "POST")
def advice(request: HttpRequest, clinic: str) -> HttpResponse:
    """Every advice with its rule's source, and who answers for the words."""
    desk = enter(request, clinic)
    membership = membership_in(desk.user, desk.clinic.slug)
    credentials = membership.credentials if membership else []
    form = AdoptForm(request.POST or None, credentials=credentials)
    version = reading.rules().version
    if request.method == "POST":
        access.demand(policy.may_adopt_wording, desk.user, desk.clinic)
        if form.is_valid() and send(
            form,
            offering.adopt_wording,
            by=desk.user,
            clinic=desk.clinic,
            credential=form.cleaned_data["credential"],
            version=version,
            now=desk.now,
        ):
            say_success(request, _("Adopted for this clinic. Families no longer read “draft wording”."))
            return redirect("library_advice", clinic=desk.clinic.slug)
    answers = desk.page(
        "library",
        form=form,
        credentials=credentials,
        version=version,
        advice=reading.advice_with_sources(desk.clinic.pk, language()),
        adopted=reading.advice_texts(desk.clinic.pk, language()).adopted,
        **rights(desk),
    )
    return render(request, "library/advice.html", answers)


@page("GET", "POST")
def words(request: HttpRequest, clinic: str, advice: str) -> HttpResponse:
    """The clinic's own words for one advice, in the language that is read here."""
    desk = enter(request, clinic)
    access.demand(policy.may_adopt_wording, desk.user, desk.clinic)
    standing = reading.advice_texts(desk.clinic.pk, language()).by_key.get(advice)
    if standing is None:
        raise Unseen
    initial = {"title": standing.title, "text": standing.text}
    form = AdviceTextForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and send(
            form,
            concern_plans.replace_advice,
            by=desk.user,
            clinic=desk.clinic,
            key=advice,
            language=language(),
            now=desk.now,
            **form.cleaned_data,
        )
    ):
        say_success(request, _("Kept. Families read it from now on."))
        return redirect("library_advice", clinic=desk.clinic.slug)
    return render(request, "library/advice_words.html", desk.page("library", form=form, standing=standing))
