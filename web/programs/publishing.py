"""Reviewing and publishing a draft, or discarding it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import DomainError
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.services import prescribing, publishing
from tracking.vocabulary.programs import ChangeKind
from web.forms.programs import LockForm, PublishForm
from web.pages import page
from web.programs.opening import draft_of, open_program, read
from web.refusals import say, tell


@page("GET", "POST", viewed=AuditCode.VIEWED_PROGRAM)
def publish(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Look a draft over; publish it."""
    desk, row = open_program(request, draft)
    reading = read(desk, row)
    version = draft_of(reading)
    is_change = reading.proposal is not None and reading.proposal.kind is ChangeKind.CHANGE
    kind = ChangeKind.CHANGE if is_change else ChangeKind.CORRECTION
    form = PublishForm(
        request.POST or None,
        is_first=reading.current is None,
        initial={"lock_version": row.lock_version, "change_kind": kind},
    )
    if request.method == "POST":
        access.demand(policy.may_publish_program, desk.user, row)
        if form.is_valid():
            try:
                publishing.publish(by=desk.user, program=row, now=desk.now, **form.cleaned_data)
            except DomainError as error:
                tell(form, error)
            else:
                messages.success(request, _("Published. The family sees it from now on."))
                return redirect("program", program=row.pk)
    answers = desk.page(
        "programs",
        reading=reading,
        draft=version,
        is_first=reading.current is None,
        may_publish=desk.place.is_treating,
        whole=[one for one in version.conflicts if not one.orders],
        form=form,
    )
    return render(request, "programs/publish.html", answers)


@page("POST")
def discard(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Throw the draft away."""
    desk, row = open_program(request, draft)
    form = LockForm(request.POST)
    if form.is_valid():
        try:
            left = prescribing.discard_draft(
                by=desk.user, program=row, lock_version=form.cleaned_data["lock_version"]
            )
        except DomainError as error:
            say(request, error)
            return redirect("program_draft", draft=row.pk)
        messages.success(request, _("The draft was thrown away."))
        if left is not None:
            return redirect("program", program=left.pk)
    return redirect("child_programs", child=desk.child.pk)
