"""A child's visits and calls: planned, recorded, settled. Owner and office see and keep times alone."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import Unseen
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Contact, EntryDoor
from tracking.readings.contacts import ContactReader, choices_for, reader_of, sessions_at
from tracking.readings.notes import SeenNote
from tracking.readings.sight import sight_of
from tracking.readings.teaching import homes_to_choose, things_of
from tracking.services import contacts, recording
from tracking.sync.bodies import SessionBody
from tracking.vocabulary.programs import Precision, Provider
from web.desk import ChildDesk, open_child
from web.forms.contacts import (
    ContactForm,
    EndForm,
    NewContactForm,
    RewriteForm,
    VisitMassageForm,
    initial_of,
)
from web.forms.goals import NoteForm
from web.forms.teaching import TeachingForm
from web.pages import page
from web.refusals import attempt, say_success, send

ON_A_PAGE = 30


@page(viewed=AuditCode.VIEWED_CONTACTS)
def listed(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What is planned, and what was, latest first."""
    desk = open_child(request, child)
    before = _position(request.GET.get("before", ""))
    shown = reader(desk).page(limit=ON_A_PAGE, before=before)
    following = shown.next_before
    return render(
        request,
        "contacts/list.html",
        desk.page(
            "visits",
            contacts=shown.contacts,
            following=f"{following[0].isoformat()}~{following[1]}" if following else "",
            is_first=before is None,
            may_record=desk.place.is_team or desk.place.is_office,
            may_export=desk.place.is_treating or desk.place.is_owner,
        ),
    )


@page("GET", "POST", viewed=AuditCode.VIEWED_CONTACTS)
def new(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Plan a visit, or write one down."""
    desk = open_child(request, child)
    desk.demand(policy.may_record_contact)
    choices = choices_for(desk.child)
    on_team = desk.place.is_team and any(pk == desk.user.pk for pk, _name in choices.team)
    form = NewContactForm(
        request.POST or None,
        choices=choices,
        zone=desk.clinic.zone,
        describes=desk.place.is_team,
        initial={"day": desk.today, "therapist": desk.user.pk if on_team else None},
    )
    if request.method == "POST" and form.is_valid():
        told = {"by": desk.user, "child": desk.child, "now": desk.now, **form.told()}
        made = send(form, contacts.record_contact, fields=FORM_NAMES, **told)
        if made is not None:
            say_success(request, _("Kept."))
            return redirect("visit", child=desk.child.pk, contact=made.pk)
    return render(request, "contacts/new.html", desk.page("visits", form=form))


@page("GET", "POST", viewed=AuditCode.VIEWED_CONTACTS)
def visit(request: HttpRequest, child: uuid.UUID, contact: uuid.UUID) -> HttpResponse:
    """One visit or call, with what was said at it; its form is on the page."""
    desk, row = open_contact(request, child, contact)
    if request.method == "GET":
        return shown(request, desk, row)
    desk.demand(policy.may_record_contact)
    form = contact_form(request, desk, row)
    if form.is_valid():
        told = {"by": desk.user, "contact": row, "now": desk.now, **form.told()}
        version = form.cleaned_data["lock_version"] or 0
        if send(form, contacts.change_contact, fields=FORM_NAMES, lock_version=version, **told):
            say_success(request, _("Kept."))
            return redirect("visit", child=desk.child.pk, contact=row.pk)
    return shown(request, desk, row, form=form)


@page("POST")
def end(request: HttpRequest, child: uuid.UUID, contact: uuid.UUID) -> HttpResponse:
    """Say what became of a planned visit."""
    desk, row = open_contact(request, child, contact)
    desk.demand(policy.may_record_contact)
    form = EndForm(request.POST)
    if form.is_valid():
        attempt(
            request,
            _("Kept."),
            contacts.change_contact,
            by=desk.user,
            contact=row,
            now=desk.now,
            **form.told(),
        )
    return redirect("visit", child=desk.child.pk, contact=row.pk)


@page("POST")
def massage(request: HttpRequest, child: uuid.UUID, contact: uuid.UUID) -> HttpResponse:
    """Write down the massage a therapist gave at the visit."""
    desk, row = open_contact(request, child, contact)
    desk.demand(policy.may_describe_contact)
    form = VisitMassageForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        kept = send(
            form,
            recording.record_session,
            by=desk.user,
            child=desk.child,
            client_id=told["client_id"] or uuid.uuid4(),
            entry=SessionBody(
                outcome=told["outcome"],
                minutes=told["minutes"],
                occurred_at=min(row.starts_at, desk.now),
                precision=Precision.MINUTE,
                provider=Provider.THERAPIST,
                contact=row.pk,
            ),
            door=EntryDoor.CLINIC_PAGES,
            now=desk.now,
        )
        if kept:
            say_success(request, _("Kept. It stands in the diary too."))
            return redirect("visit", child=desk.child.pk, contact=row.pk)
    return shown(request, desk, row, massage_form=form)


def shown(
    request: HttpRequest,
    desk: ChildDesk,
    row: Contact,
    *,
    form: ContactForm | None = None,
    massage_form: VisitMassageForm | None = None,
    note_form: NoteForm | None = None,
    rewrite_form: RewriteForm | None = None,
    rewritten: uuid.UUID | None = None,
    taught_form: TeachingForm | None = None,
) -> HttpResponse:
    """The page of a visit, with the one form that needs another look."""
    seen = reader(desk).one(row)
    is_team = desk.place.is_team
    notes = [
        (note, rewrite_form if note.id == rewritten and rewrite_form else _rewrite_form(note))
        for note in seen.notes
    ]
    return render(
        request,
        "contacts/visit.html",
        desk.page(
            "visits",
            contact=seen,
            notes=notes,
            sessions=sessions_at(row) if is_team else (),
            form=form or contact_form(request, desk, row),
            may_record=is_team or desk.place.is_office,
            massage_form=massage_form or VisitMassageForm(initial={"client_id": uuid.uuid4()}),
            note_form=note_form or NoteForm(),
            taught_form=(taught_form or teaching_form(request, desk, row)) if is_team else None,
        ),
    )


def open_contact(request: HttpRequest, child: uuid.UUID, contact: uuid.UUID) -> tuple[ChildDesk, Contact]:
    """The desk with a child's contact on it. Raises Unseen."""
    desk = open_child(request, child)
    row: Contact = access.fetch(
        Contact.objects.filter(child=desk.child).select_related("label", "therapist"), desk.user, pk=contact
    )
    row.child = desk.child
    return desk, row


def reader(desk: ChildDesk) -> ContactReader:
    """What reads this child's contacts for whoever is at the desk."""
    sight = sight_of(desk.user, desk.child, place=desk.place)
    return reader_of(desk.user, desk.child, sight, desk.place, language=get_language() or "en")


def contact_form(request: HttpRequest, desk: ChildDesk, row: Contact) -> ContactForm:
    choices = choices_for(desk.child, row)
    presence = reader(desk).one(row).presence
    is_sent = request.method == "POST" and "kind" in request.POST
    return ContactForm(
        request.POST if is_sent else None,
        choices=choices,
        zone=desk.clinic.zone,
        describes=desk.place.is_team,
        initial=initial_of(row, presence, zone=desk.clinic.zone),
    )


def teaching_form(request: HttpRequest, desk: ChildDesk, row: Contact | None = None) -> TeachingForm:
    """What may be shown to whom; at a visit whoever was there is ticked."""
    present = row.presences.values_list("grant_id", flat=True) if row else ()
    is_sent = request.method == "POST" and "level" in request.POST
    return TeachingForm(
        request.POST if is_sent else None,
        things=things_of(desk.child, language=get_language() or "en"),
        people=choices_for(desk.child).caregivers,
        homes=homes_to_choose(desk.child),
        initial={"people": [str(pk) for pk in present]},
        auto_id="id_taught_%s",
    )


def _rewrite_form(note: SeenNote) -> RewriteForm:
    return RewriteForm(
        initial={"body": note.body, "lock_version": note.lock_version}, auto_id=f"id_{note.id}_%s"
    )


def _position(told: str) -> tuple[dt.datetime, uuid.UUID] | None:
    """Where a page begins, as the page before told it. Raises Unseen for what none told."""
    if not told:
        return None
    starts_at, _mark, row_id = told.partition("~")
    try:
        return dt.datetime.fromisoformat(starts_at), uuid.UUID(row_id)
    except ValueError:
        raise Unseen from None


FORM_NAMES = {"starts_at": "clock", "state": "end", "cancelled_by": "end"}
