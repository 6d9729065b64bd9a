"""The record as CSV, streamed: rows are read a page at a time, each page in a transaction of its own.

Each page checks again what its reader may see, so access that ends meanwhile ends the file. Text a person
typed never starts a cell as a formula.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from functools import partial

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from clinic import access, audit
from clinic.localtime import local_wall
from clinic.models import CaregiverGrant, Child, Clinic, User
from clinic.policy import roles_in
from clinic.rls import acting_as
from clinic.vocabulary import AuditCode, Role
from tracking import policy
from tracking.models import Contact, ContactPresence, Note
from tracking.readings.clinic_audit import Asked, Event, page_of_events
from tracking.reports.spreadsheets import BYTE_ORDER_MARK, line
from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState
from tracking.wording import labels

Position = tuple[dt.datetime, uuid.UUID]
"""Where a page ends: the last contact's beginning, and its key."""

ROWS_AT_ONCE = 500


def take_contacts(*, by: User, clinic: Clinic, now: dt.datetime, child: Child | None = None) -> Iterator[str]:
    """`contacts_csv` for somebody who takes it away, which the audit tells. Raises Forbidden."""
    if child is None:
        access.demand(policy.may_export_clinic_contacts, by, clinic)
    else:
        access.demand(policy.may_export_contacts, by, child)
    audit.record(AuditCode.EXPORTED_CONTACTS, by=by, now=now, clinic_id=clinic.pk, child=child)
    return contacts_csv(by, clinic, child=child)


def contacts_csv(user: User, clinic: Clinic, *, child: Child | None = None) -> Iterator[str]:
    """The lines of a file of contacts, oldest first: one child's, or all that `user` may take away.

    A child whom `user` treats comes with who was there and the shared notes; any other, for an owner, with
    times alone. Private notes are in no file.
    """
    yield BYTE_ORDER_MARK + line(_heads())
    yield from _paged(user, partial(_page, user, clinic, child))


def take_shared_contacts(*, by: User, child: Child, now: dt.datetime) -> Iterator[str]:
    """`shared_contacts_csv` for a guardian who takes it away, which the audit tells. Raises Forbidden."""
    access.demand(policy.may_take_contacts_away, by, child)
    audit.record(AuditCode.EXPORTED_CONTACTS, by=by, now=now, clinic_id=child.clinic_id, child=child)
    guarding = CaregiverGrant.objects.valid().guardians().filter(user=by, child=child)
    return shared_contacts_csv(by, child, zone=guarding.select_related("family").earliest("id").family.zone)


def shared_contacts_csv(user: User, child: Child, *, zone: str) -> Iterator[str]:
    """The lines of a guardian's file of one child's visits, oldest first, in their household's zone.

    It holds what they read of them: times, with whom, and the notes that are shared. Nobody else's presence,
    no label of the clinic's, no draft.
    """
    yield BYTE_ORDER_MARK + line(_shared_heads())
    yield from _paged(user, partial(_shared_page, user, child, zone))


def _paged(user: User, page: Callable[[Position | None], tuple[list[Contact], list[str]]]) -> Iterator[str]:
    """The lines of one page after another, each asked for in a transaction of its own as `user`."""
    after: Position | None = None
    while True:
        with acting_as(user), transaction.atomic():
            rows, lines = page(after)
        yield from lines
        if len(rows) < ROWS_AT_ONCE:
            return
        after = rows[-1].starts_at, rows[-1].pk


def _first_after(rows: QuerySet[Contact], after: Position | None) -> list[Contact]:
    if after is not None:
        starts_at, row_id = after
        rows = rows.filter(Q(starts_at__gt=starts_at) | Q(starts_at=starts_at, pk__gt=row_id))
    return list(rows.order_by("starts_at", "id")[:ROWS_AT_ONCE])


def _shared_page(
    user: User, child: Child, zone: str, after: Position | None
) -> tuple[list[Contact], list[str]]:
    rows = Contact.objects.visible_to(user).filter(child=child).select_related("child", "therapist")
    notes = Note.objects.visible_to(user).filter(is_private=False).order_by("written_at", "id")
    page = _first_after(rows.prefetch_related(Prefetch("notes", notes)), after)
    return page, [line(_shared(row, zone)) for row in page]


def audit_csv(user: User, clinic: Clinic, asked: Asked) -> Iterator[str]:
    """The lines of a file of a clinic's audit, latest first: ids, codes and names, no word of any record."""
    heads = [_("When"), _("Who"), _("What"), _("Code"), _("Child"), _("Of what kind"), _("Row")]
    yield BYTE_ORDER_MARK + line(heads)
    before: tuple[dt.datetime, uuid.UUID] | None = None
    while True:
        with acting_as(user), transaction.atomic():
            if Role.OWNER not in roles_in(user, clinic):
                return
            page = page_of_events(clinic, asked, before=before, limit=ROWS_AT_ONCE)
        yield from (line(_event(event, clinic.zone)) for event in page.events)
        before = page.next_before
        if before is None:
            return


def _event(event: Event, zone: str) -> list[str]:
    return [
        f"{local_wall(event.at, zone):%Y-%m-%d %H:%M}",
        event.person,
        labels.label(AuditCode, event.code),
        event.code,
        event.child,
        event.subject_kind,
        str(event.id),
    ]


def _page(
    user: User, clinic: Clinic, child: Child | None, after: Position | None
) -> tuple[list[Contact], list[str]]:
    roles = roles_in(user, clinic)
    may_treat = bool(roles & {Role.THERAPIST, Role.OWNER})
    treated = Child.objects.on_team_of(user) if may_treat else Child.objects.none()
    rows = Contact.objects.visible_to(user).filter(clinic=clinic)
    if Role.OWNER not in roles:
        rows = rows.filter(child__in=treated.values("pk"))
    if child is not None:
        rows = rows.filter(child=child)
    page = _first_after(_with_all(rows), after)
    own = set(treated.filter(pk__in={row.child_id for row in page}).values_list("pk", flat=True))
    return page, [
        line([*_times(row, clinic.zone), *(_described(row) if row.child_id in own else ())]) for row in page
    ]


def _with_all(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    presences = ContactPresence.objects.select_related("grant__user").order_by("grant__valid_from", "id")
    notes = Note.objects.filter(is_private=False).order_by("written_at", "id")
    return rows.select_related("child", "label", "therapist").prefetch_related(
        Prefetch("presences", presences), Prefetch("notes", notes)
    )


def _heads_of_times() -> list[str]:
    return [
        _("First name"),
        _("Last name"),
        _("Day"),
        _("Time"),
        _("Kind"),
        _("State"),
        _("Called off"),
        _("Minutes"),
    ]


def _heads() -> list[str]:
    return [
        *_heads_of_times(),
        _("Service"),
        _("With"),
        _("Caregivers there"),
        _("Others there"),
        _("Student"),
        _("Interpreter"),
        _("Notes for the family"),
    ]


def _shared_heads() -> list[str]:
    return [
        *_heads_of_times(),
        _("With"),
        _("Notes for the family"),
    ]


def _times(contact: Contact, zone: str) -> list[str]:
    return [
        *_when(contact, zone),
        contact.label.name if contact.label else "",
        contact.therapist.name if contact.therapist else "",
    ]


def _shared(contact: Contact, zone: str) -> list[str]:
    return [
        *_when(contact, zone),
        contact.therapist.name if contact.therapist else "",
        _notes(contact),
    ]


def _when(contact: Contact, zone: str) -> list[str]:
    wall = local_wall(contact.starts_at, zone)
    return [
        contact.child.first_name,
        contact.child.last_name,
        f"{wall:%Y-%m-%d}",
        f"{wall:%H:%M}",
        labels.label(ContactKind, contact.kind),
        labels.label(ContactState, contact.state),
        labels.label(CancelledBy, contact.cancelled_by),
        "" if contact.minutes is None else str(contact.minutes),
    ]


def _notes(contact: Contact) -> str:
    return "\n\n".join(note.body for note in contact.notes.all())


def _described(contact: Contact) -> list[str]:
    return [
        "; ".join(presence.grant.user.name for presence in contact.presences.all()),
        contact.others_present,
        _("yes") if contact.has_student else "",
        _("yes") if contact.has_interpreter else "",
        _notes(contact),
    ]
