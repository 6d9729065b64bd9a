"""The guardians' consents as the clinic sees them; recording one given on paper."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import policy
from clinic.services import consents as services
from tracking.readings import consents as reading
from web.desk import open_child
from web.forms.consents import PaperConsentForm
from web.pages import page
from web.refusals import say_success, send


@page("GET", "POST")
def consents(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """How the guardians stand to each item; to who treats the child also who said what."""
    desk = open_child(request, child)
    desk.demand(policy.may_view_consent_status)
    may_record = policy.may_record_paper_consent(desk.user, desk.child)
    form = PaperConsentForm(
        request.POST if request.method == "POST" else None,
        guardians=reading.guardians_of(desk.child),
        initial={"on": desk.today},
    )
    if request.method == "POST":
        desk.demand(policy.may_record_paper_consent)
        if form.is_valid() and send(
            form,
            services.record_paper,
            fields={"grant": "signer"},
            by=desk.user,
            child=desk.child,
            now=desk.now,
            **form.told(),
        ):
            say_success(request, _("Written down, as on paper."))
            return redirect("child_consents", child=desk.child.pk)
    return render(
        request,
        "people/consents.html",
        desk.page(
            "people",
            items=reading.consents_of(desk.child),
            asked=reading.asked_texts(desk.clinic, desk.clinic.locale),
            reads_words=policy.may_view_consents(desk.user, desk.child),
            form=form if may_record else None,
        ),
    )
