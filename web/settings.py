"""The clinic's details and staff."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access, policy
from clinic.errors import Unseen
from clinic.localtime import local_day
from clinic.models import ClinicMembership
from clinic.services import clinics, staff
from clinic.vocabulary import SUPERVISED_ROLES, TREATING_ROLES
from tracking import policy as record
from tracking.readings import people as reading
from tracking.readings.break_glass import waiting_for
from tracking.readings.safeguarding import leads_of
from web.desk import Desk, enter
from web.flags.gaps import warn_where_nobody_reads
from web.forms.clinics import ClinicForm, NewStaffForm, PlacementForm, StaffForm
from web.pages import ask_again_who, page
from web.refusals import attempt, say_success, send


@page("GET", "POST")
def details(request: HttpRequest, clinic: str) -> HttpResponse:
    """The clinic's details: all staff read them, owners change them."""
    desk = enter(request, clinic)
    form = ClinicForm(request.POST or None, initial=ClinicForm.initial_of(desk.clinic))
    if request.method == "POST":
        access.demand(policy.may_change_clinic, desk.user, desk.clinic)
        if form.is_valid() and "staff_must_use_mfa" in form.changed_data:
            ask_again_who(request)
        if form.is_valid() and send(
            form, clinics.change_clinic, by=desk.user, clinic=desk.clinic, now=desk.now, **form.cleaned_data
        ):
            say_success(request, _("Kept."))
            return redirect("clinic_settings", clinic=desk.clinic.slug)
        desk.clinic.refresh_from_db()
    leads = leads_of(desk.clinic)
    return render(
        request,
        "settings/details.html",
        desk.page(
            "settings",
            form=form,
            members=reading.staff_of(desk.clinic),
            keeps_visits=record.may_change_service_labels(desk.user, desk.clinic),
            leads=leads,
            views_erasures=record.may_view_erasures(desk.user, desk.clinic),
            glass_count=waiting_for(desk.user, desk.clinic) if desk.is_owner else 0,
            is_treating=bool(desk.roles & TREATING_ROLES),
            is_lead=any(lead.user_id == desk.user.pk for lead in leads),
        ),
    )


@page("GET", "POST", recent=True)
def add(request: HttpRequest, clinic: str) -> HttpResponse:
    """Somebody new to work here."""
    desk = _owner(request, clinic)
    form = NewStaffForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and send(form, staff.add_staff, by=desk.user, clinic=desk.clinic, now=desk.now, **form.told())
    ):
        say_success(request, _("Added. Whoever is new gets a mail with a way to choose a password."))
        return redirect("clinic_settings", clinic=desk.clinic.slug)
    return render(request, "settings/staff.html", desk.page("settings", form=form, member=None))


@page("GET", "POST", recent=True)
def change(request: HttpRequest, clinic: str, membership: uuid.UUID) -> HttpResponse:
    """Roles and credentials of somebody who works here."""
    desk = _owner(request, clinic)
    member = _member(desk, membership)
    form = StaffForm(request.POST or None, initial=StaffForm.initial_of(member))
    if (
        request.method == "POST"
        and form.is_valid()
        and send(form, staff.change_staff, by=desk.user, membership=member, now=desk.now, **form.told())
    ):
        warn_where_nobody_reads(request, desk.clinic, now=desk.now)
        say_success(request, _("Kept."))
        return redirect("clinic_settings", clinic=desk.clinic.slug)
    return _staff(request, desk, member, form, PlacementForm(initial={"last_on": _last_on(desk, member)}))


@page("POST", recent=True)
def place(request: HttpRequest, clinic: str, membership: uuid.UUID) -> HttpResponse:
    """How long a placement lasts."""
    desk = _owner(request, clinic)
    member = _member(desk, membership)
    form = PlacementForm(request.POST)
    if form.is_valid() and send(
        form, staff.set_placement, by=desk.user, membership=member, now=desk.now, **form.cleaned_data
    ):
        say_success(request, _("Kept."))
        return redirect("clinic_settings", clinic=desk.clinic.slug)
    return _staff(request, desk, member, StaffForm(initial=StaffForm.initial_of(member)), form)


def _staff(
    request: HttpRequest, desk: Desk, member: ClinicMembership, form: StaffForm, placement: PlacementForm
) -> HttpResponse:
    is_placeable = set(member.roles) <= SUPERVISED_ROLES
    answers = desk.page("settings", form=form, member=member, placement=placement if is_placeable else None)
    return render(request, "settings/staff.html", answers)


def _last_on(desk: Desk, member: ClinicMembership) -> dt.date | None:
    until = member.placed_until
    return local_day(until - dt.timedelta(seconds=1), desk.clinic.zone) if until else None


@page("POST", recent=True)
def end(request: HttpRequest, clinic: str, membership: uuid.UUID) -> HttpResponse:
    """Somebody works here no more."""
    desk = _owner(request, clinic)
    member = _member(desk, membership)
    ended = attempt(
        request,
        _("%(name)s works here no more.") % {"name": member.user.name},
        staff.end_staff,
        by=desk.user,
        membership=member,
        now=desk.now,
    )
    warn_where_nobody_reads(request, desk.clinic, now=desk.now)
    if ended and member.user_id == desk.user.pk:
        return redirect("home")
    return redirect("clinic_settings", clinic=desk.clinic.slug)


def _owner(request: HttpRequest, clinic: str) -> Desk:
    desk = enter(request, clinic)
    access.demand(policy.may_manage_staff, desk.user, desk.clinic)
    return desk


def _member(desk: Desk, pk: uuid.UUID) -> ClinicMembership:
    for member in reading.staff_of(desk.clinic):
        if member.pk == pk:
            return member
    raise Unseen
