"""The record as tables in files. Lines are made while they are sent, a page of rows a transaction.

Each page asks again what its asker may see, so access that ends meanwhile ends the file. What somebody typed
never begins a cell with a sign that a spreadsheet would take for a formula.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from clinic.localtime import local_wall
from clinic.models import Child, Clinic, User
from clinic.policy import roles_in
from clinic.rls import acting_as
from clinic.vocabulary import Role
from tracking.models import Contact, ContactPresence, Note
from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState
from tracking.wording import labels

ROWS_AT_ONCE = 500
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for something else."""


def contacts_csv(user: User, clinic: Clinic, *, child: Child | None = None) -> Iterator[str]:
    """The lines of a file of contacts, oldest first: one child's, or all that `user` may take away.

    A child whom `user` treats comes with who was there and the shared notes; any other, for an owner, with
    times alone. Private notes are in no file.
    """
    yield BYTE_ORDER_MARK + _line(_heads())
    after: tuple[dt.datetime, uuid.UUID] | None = None
    while True:
        with acting_as(user), transaction.atomic():
            page, lines = _page(user, clinic, child, after)
        yield from lines
        if len(page) < ROWS_AT_ONCE:
            return
        after = page[-1].starts_at, page[-1].pk


def _page(
    user: User, clinic: Clinic, child: Child | None, after: tuple[dt.datetime, uuid.UUID] | None
) -> tuple[list[Contact], list[str]]:
    roles = roles_in(user, clinic)
    may_treat = bool(roles & {Role.THERAPIST, Role.OWNER})
    treated = Child.objects.on_team_of(user) if may_treat else Child.objects.none()
    rows = Contact.objects.visible_to(user).filter(clinic=clinic)
    if Role.OWNER not in roles:
        rows = rows.filter(child__in=treated.values("pk"))
    if child is not None:
        rows = rows.filter(child=child)
    if after is not None:
        starts_at, row_id = after
        rows = rows.filter(Q(starts_at__gt=starts_at) | Q(starts_at=starts_at, pk__gt=row_id))
    page = list(_with_all(rows).order_by("starts_at", "id")[:ROWS_AT_ONCE])
    own = set(treated.filter(pk__in={row.child_id for row in page}).values_list("pk", flat=True))
    return page, [
        _line([*_times(row, clinic.zone), *(_described(row) if row.child_id in own else ())]) for row in page
    ]


def _with_all(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    presences = ContactPresence.objects.select_related("grant__user").order_by("grant__valid_from", "id")
    notes = Note.objects.filter(is_private=False).order_by("written_at", "id")
    return rows.select_related("child", "label", "therapist").prefetch_related(
        Prefetch("presences", presences), Prefetch("notes", notes)
    )


def _heads() -> list[str]:
    return [
        _("First name"),
        _("Last name"),
        _("Day"),
        _("Time"),
        _("Kind"),
        _("State"),
        _("Called off"),
        _("Minutes"),
        _("Service"),
        _("With"),
        _("Caregivers there"),
        _("Others there"),
        _("Student"),
        _("Interpreter"),
        _("Notes for the family"),
    ]


def _times(contact: Contact, zone: str) -> list[str]:
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
        contact.label.name if contact.label else "",
        contact.therapist.name if contact.therapist else "",
    ]


def _described(contact: Contact) -> list[str]:
    return [
        "; ".join(presence.grant.user.name for presence in contact.presences.all()),
        contact.others_present,
        _("yes") if contact.has_student else "",
        _("yes") if contact.has_interpreter else "",
        "\n\n".join(note.body for note in contact.notes.all()),
    ]


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([_harmless(str(cell)) for cell in cells])
    return written.getvalue()


def _harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would compute."""
    return f"'{cell}" if cell.lstrip(" ").startswith(BEGINS_A_FORMULA) else cell
