"""Handing over a whole caseload or part of it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from clinic import access, audit, policy
from clinic.errors import Unseen
from clinic.services import caseload
from clinic.vocabulary import AuditCode
from tracking.readings import people as reading
from web.desk import enter
from web.flags.gaps import warn_where_nobody_reads
from web.forms.people import CaseloadForm
from web.pages import page
from web.refusals import say_success, send


@page("GET", "POST", recent=True)
def hand_over(request: HttpRequest, clinic: str, membership: uuid.UUID) -> HttpResponse:
    """The places of one person, to somebody else from now on: an owner's to do, and one's own."""
    desk = enter(request, clinic)
    member = next((one for one in reading.staff_of(desk.clinic) if one.pk == membership), None)
    if member is None:
        raise Unseen
    access.demand(policy.may_hand_over_caseload, desk.user, member)
    audit.record_read(AuditCode.VIEWED_CASELOAD, by=desk.user, now=desk.now, clinic_id=desk.clinic.pk)
    treating = reading.colleagues(desk.clinic, treating_only=True)
    form = CaseloadForm(
        request.POST or None,
        treating=[one for one in treating if one.pk != member.pk],
        places=reading.places_of(member),
    )
    if request.method == "POST" and form.is_valid():
        to = next(one.user for one in treating if str(one.user_id) == form.cleaned_data["to"])
        count = send(
            form,
            caseload.hand_over_caseload,
            by=desk.user,
            of=member,
            places=form.chosen(),
            to=to,
            now=desk.now,
        )
        if count:
            said = ngettext(
                "%(count)d child was handed over to %(name)s.",
                "%(count)d children were handed over to %(name)s.",
                count,
            )
            say_success(request, said % {"count": count, "name": to.name})
            warn_where_nobody_reads(request, desk.clinic, now=desk.now)
            return redirect("caseload", clinic=desk.clinic.slug)
    return render(request, "people/hand_over.html", desk.page("settings", form=form, member=member))
