"""Requesting an erasure, with what it would remove; putting a hold on a record."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access, audit
from clinic.errors import Unseen
from clinic.models import Child
from clinic.vocabulary import AuditCode
from tracking.models import Erasure
from tracking.readings import erasures as reading
from tracking.services import erasures, holding
from tracking.vocabulary.erasure import ErasureBecause, ErasureOf
from web.desk import Desk
from web.erasure.board import owner
from web.forms.erasure import AskForm, HoldForm
from web.pages import page
from web.refusals import say_success, send


@page("GET", "POST", recent=True)
def child(request: HttpRequest, clinic: str, child: uuid.UUID) -> HttpResponse:
    """A child's record: every table and how much of it goes, then the asking."""
    desk = owner(request, clinic)
    row = _child(desk, child)
    form = _form(request, desk, ErasureBecause.GUARDIAN_ASKED)
    if asked := _ask(desk, form, ErasureOf.CHILD, row.pk):
        return redirect("erasure", clinic=clinic, erasure=asked.pk)
    return _child_page(request, desk, row, form, HoldForm())


@page("GET", "POST", recent=True)
def person(request: HttpRequest, clinic: str, person: uuid.UUID) -> HttpResponse:
    """A person: what is theirs alone and goes, what stays without their name, then the asking."""
    desk = owner(request, clinic)
    row = reading.person_of(desk.clinic, person)
    if row is None:
        raise Unseen
    form = _form(request, desk, ErasureBecause.PERSON_ASKED)
    if asked := _ask(desk, form, ErasureOf.PERSON, row.pk):
        return redirect("erasure", clinic=clinic, erasure=asked.pk)
    answers = {"name": row.name, "typed": row.name, "run": reading.dry_run_of_person(desk.clinic, row)}
    return render(request, "erasure/ask.html", desk.page("settings", form=form, is_child=False, **answers))


@page("POST", recent=True)
def hold(request: HttpRequest, clinic: str, child: uuid.UUID) -> HttpResponse:
    """Hold a record: nothing of it is erased while it is held."""
    desk = owner(request, clinic)
    row = _child(desk, child)
    form = HoldForm(request.POST)
    if form.is_valid() and send(
        form, holding.hold_record, by=desk.user, child=row, now=desk.now, **form.cleaned_data
    ):
        say_success(request, _("Held. Nothing of this record is erased until you lift it."))
        return redirect("erasures", clinic=clinic)
    return _child_page(request, desk, row, _form(None, desk, ErasureBecause.GUARDIAN_ASKED), form)


def _child(desk: Desk, child: uuid.UUID) -> Child:
    row: Child = access.fetch(Child.objects.select_related("clinic"), desk.user, pk=child, clinic=desk.clinic)
    return row


def _form(request: HttpRequest | None, desk: Desk, because: ErasureBecause) -> AskForm:
    return AskForm(
        request.POST if request is not None and request.method == "POST" else None,
        is_alone=reading.may_ask_alone(desk.user, desk.clinic),
        initial={"because": because},
    )


def _ask(desk: Desk, form: AskForm, subject: ErasureOf, subject_id: uuid.UUID) -> Erasure | None:
    if not form.is_valid():
        return None
    asked: Erasure | None = send(
        form,
        erasures.ask_erasure,
        by=desk.user,
        clinic=desk.clinic,
        subject=subject,
        subject_id=subject_id,
        now=desk.now,
        **form.cleaned_data,
    )
    return asked


def _child_page(
    request: HttpRequest, desk: Desk, row: Child, form: AskForm, hold_form: HoldForm
) -> HttpResponse:
    audit.record_read(AuditCode.VIEWED_CHILD, by=desk.user, now=desk.now, clinic_id=desk.clinic.pk, child=row)
    answers = desk.page(
        "settings",
        form=form,
        hold_form=hold_form,
        is_child=True,
        row=row,
        name=f"{row.first_name} {row.last_name}".strip(),
        typed=row.first_name,
        run=reading.dry_run_of_child(row),
        held=reading.hold_of(row),
    )
    return render(request, "erasure/ask.html", answers)
