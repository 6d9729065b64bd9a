"""Safeguarding notes: written from the child's page, read by the leads named in the settings."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access, audit
from clinic.errors import Unseen
from clinic.models import ClinicMembership
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import SafeguardingNote
from tracking.readings import people
from tracking.readings import safeguarding as reading
from tracking.services import safeguarding
from web.desk import Desk, enter, open_child
from web.forms.safeguarding import SafeguardingFollowForm, SafeguardingNoteForm
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET", "POST")
def write(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Write a note about a child; below it one's own."""
    desk = open_child(request, child)
    desk.demand(policy.may_write_safeguarding_note)
    form = SafeguardingNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"by": desk.user, "child": desk.child, "now": desk.now, **form.cleaned_data}
        if send(form, safeguarding.write_safeguarding_note, **told):
            say_success(request, _("Kept, for you and the safeguarding leads alone."))
            return redirect("child_safeguarding", child=child)
    answers = desk.page(
        "overview",
        form=form,
        notes=reading.notes_of_child(desk.user, desk.child),
        leads=reading.leads_of(desk.clinic),
    )
    return render(request, "safeguarding/write.html", answers)


@page("GET")
def listed(request: HttpRequest, clinic: str) -> HttpResponse:
    """The clinic's notes, for its leads."""
    desk = _lead(request, clinic)
    audit.record_read(
        AuditCode.VIEWED_SAFEGUARDING_NOTES, by=desk.user, now=desk.now, clinic_id=desk.clinic.pk
    )
    notes = reading.notes_of_clinic(desk.user, desk.clinic)
    return render(request, "safeguarding/list.html", desk.page("settings", notes=notes))


@page("GET", "POST")
def follow(request: HttpRequest, clinic: str, written: uuid.UUID) -> HttpResponse:
    """What was done or seen since a note."""
    desk = enter(request, clinic)
    note: SafeguardingNote = access.fetch(
        SafeguardingNote.objects.select_related("child", "clinic", "author"),
        desk.user,
        pk=written,
        clinic=desk.clinic,
    )
    is_lead = policy.is_safeguarding_lead(desk.user, desk.clinic)
    form = SafeguardingFollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"by": desk.user, "note": note, "now": desk.now, **form.cleaned_data}
        if send(form, safeguarding.follow_up_safeguarding_note, **told):
            say_success(request, _("Kept."))
            if is_lead:
                return redirect("safeguarding", clinic=clinic)
            return redirect("clinic_settings", clinic=clinic)
    answers = desk.page("settings", form=form, note=note, is_lead=is_lead)
    return render(request, "safeguarding/follow.html", answers)


@page("POST", recent=True)
def name_lead(request: HttpRequest, clinic: str) -> HttpResponse:
    """Name somebody of the staff."""
    desk = _owner(request, clinic)
    attempt(
        request,
        _("Named."),
        safeguarding.name_safeguarding_lead,
        by=desk.user,
        membership=_member(desk, request.POST.get("lead", "")),
        now=desk.now,
    )
    return redirect("clinic_settings", clinic=clinic)


@page("POST", recent=True)
def end_lead(request: HttpRequest, clinic: str, lead: uuid.UUID) -> HttpResponse:
    """Somebody is no lead any more."""
    desk = _owner(request, clinic)
    row = reading.lead_of(desk.clinic, lead)
    if row is None:
        raise Unseen
    attempt(request, _("Ended."), safeguarding.end_safeguarding_lead, by=desk.user, lead=row, now=desk.now)
    return redirect("clinic_settings", clinic=clinic)


def _lead(request: HttpRequest, clinic: str) -> Desk:
    desk = enter(request, clinic)
    access.demand(policy.is_safeguarding_lead, desk.user, desk.clinic)
    return desk


def _owner(request: HttpRequest, clinic: str) -> Desk:
    desk = enter(request, clinic)
    access.demand(policy.may_name_safeguarding_lead, desk.user, desk.clinic)
    return desk


def _member(desk: Desk, pk: str) -> ClinicMembership:
    for member in people.staff_of(desk.clinic):
        if str(member.pk) == pk:
            return member
    raise Unseen
