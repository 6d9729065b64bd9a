"""What caregivers were shown, who is ready for what, and recording more in a few taps."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext

from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Contact
from tracking.readings import teaching as reading
from tracking.services.teaching import teach
from web.contacts.visits import open_contact, shown, teaching_form
from web.desk import ChildDesk, open_record
from web.forms.teaching import TeachingForm
from web.pages import page
from web.refusals import say_success, send

LATEST = 30


@page("GET", "POST", viewed=AuditCode.VIEWED_PROGRAM)
def teaching(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Who is ready for what, and what was shown lately."""
    desk = open_record(request, child)
    form = teaching_form(request, desk)
    if request.method == "POST" and form.is_valid() and _teach(request, desk, form):
        return redirect("child_teaching", child=desk.child.pk)
    language = get_language() or "en"
    latest, _more = reading.page_of_demonstrations(desk.user, desk.child, language=language, limit=LATEST)
    answers = desk.page(
        "programs", form=form, grid=reading.grid_of(desk.child, language=language), latest=latest
    )
    return render(request, "teaching/teaching.html", answers)


@page("POST")
def at_visit(request: HttpRequest, child: uuid.UUID, contact: uuid.UUID) -> HttpResponse:
    """What was shown at a visit."""
    desk, row = open_contact(request, child, contact)
    desk.demand(policy.may_demonstrate)
    form = teaching_form(request, desk, row)
    if form.is_valid() and _teach(request, desk, form, row):
        return redirect("visit", child=desk.child.pk, contact=row.pk)
    return shown(request, desk, row, taught_form=form)


def _teach(request: HttpRequest, desk: ChildDesk, form: TeachingForm, contact: Contact | None = None) -> bool:
    made = send(
        form,
        teach,
        by=desk.user,
        child=desk.child,
        shown=form.told(),
        contact=contact.pk if contact else None,
        now=desk.now,
    )
    if made is None:
        return False
    count = len(made)
    say_success(request, ngettext("%(count)d line kept.", "%(count)d lines kept.", count) % {"count": count})
    return True
