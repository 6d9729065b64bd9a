"""What the clinic calls its services, by which it counts minutes."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import Unseen
from tracking import policy
from tracking.models import ServiceLabel
from tracking.readings.contacts import label_of, labels_of
from tracking.services import service_labels
from web.desk import Desk, enter
from web.forms.contacts import LabelForm
from web.pages import page
from web.refusals import attempt, send


@page("GET", "POST")
def listed(request: HttpRequest, clinic: str) -> HttpResponse:
    """The labels; a new one."""
    desk = _open(request, clinic)
    form = LabelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"by": desk.user, "clinic": desk.clinic, "now": desk.now, **form.cleaned_data}
        if send(form, service_labels.add_label, **told):
            return redirect("service_labels", clinic=desk.clinic.slug)
    return _shown(request, desk, form)


@page("POST")
def rename(request: HttpRequest, clinic: str, label: uuid.UUID) -> HttpResponse:
    """Call it otherwise."""
    desk = _open(request, clinic)
    row = _label(desk, label)
    form = LabelForm(request.POST)
    if form.is_valid():
        told = {"by": desk.user, "label": row, "now": desk.now, **form.cleaned_data}
        attempt(request, _("Kept."), service_labels.rename_label, **told)
    return redirect("service_labels", clinic=desk.clinic.slug)


@page("POST")
def retire(request: HttpRequest, clinic: str, label: uuid.UUID) -> HttpResponse:
    """Offer it no more."""
    desk = _open(request, clinic)
    row = _label(desk, label)
    said = _("It is offered no more. Visits keep it.")
    attempt(request, said, service_labels.retire_label, by=desk.user, label=row, now=desk.now)
    return redirect("service_labels", clinic=desk.clinic.slug)


def _open(request: HttpRequest, clinic: str) -> Desk:
    desk = enter(request, clinic)
    access.demand(policy.may_change_service_labels, desk.user, desk.clinic)
    return desk


def _label(desk: Desk, pk: uuid.UUID) -> ServiceLabel:
    label = label_of(desk.clinic, pk)
    if label is None:
        raise Unseen
    return label


def _shown(request: HttpRequest, desk: Desk, form: LabelForm) -> HttpResponse:
    labels = labels_of(desk.clinic)
    return render(
        request,
        "contacts/labels.html",
        desk.page(
            "settings",
            form=form,
            labels=[label for label in labels if label.retired_at is None],
            retired=[label for label in labels if label.retired_at is not None],
        ),
    )
