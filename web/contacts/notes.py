"""Notes on a visit: for team and guardians, or for oneself."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clinic import access
from tracking import policy
from tracking.models import Note
from tracking.services import notes
from web.contacts.visits import open_contact, shown
from web.forms.contacts import RewriteForm
from web.forms.goals import NoteForm
from web.pages import page
from web.refusals import send


@page("POST")
def write(request: HttpRequest, child: uuid.UUID, contact: uuid.UUID) -> HttpResponse:
    """Add a note."""
    desk, row = open_contact(request, child, contact)
    desk.demand(policy.may_write_note)
    form = NoteForm(request.POST)
    if form.is_valid():
        told = {"by": desk.user, "child": desk.child, "now": desk.now, **form.cleaned_data}
        if send(form, notes.write_note, about_contact=row, **told) is not None:
            return redirect("visit", child=desk.child.pk, contact=row.pk)
    return shown(request, desk, row, note_form=form)


@page("POST")
def rewrite(request: HttpRequest, child: uuid.UUID, contact: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    """Put one's own note otherwise."""
    desk, row = open_contact(request, child, contact)
    found: Note = access.fetch(
        Note.objects.filter(about_contact=row), desk.user, pk=note, may=policy.may_change_note
    )
    found.child = desk.child
    form = RewriteForm(request.POST, auto_id=f"id_{note}_%s")
    if form.is_valid() and send(
        form, notes.rewrite_note, by=desk.user, note=found, now=desk.now, **form.cleaned_data
    ):
        return redirect("visit", child=desk.child.pk, contact=row.pk)
    return shown(request, desk, row, rewrite_form=form, rewritten=note)
