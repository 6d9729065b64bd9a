"""Contacts: visits, calls and classes, planned, recorded, moved and settled."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from clinic import audit
from clinic.errors import Forbidden, Invalid, Stale
from clinic.models import CaregiverGrant, CareTeam, Child, User
from clinic.models.clinics import new_id
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Contact, ContactPresence, ServiceLabel
from tracking.models.contacts import LONGEST_CONTACT_MINUTES
from tracking.services import flagging
from tracking.services.allowed import in_range, one_of, short_text
from tracking.services.cosigning import ask_for_cosigning
from tracking.services.notes import write_note
from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState

MAY_BEGIN_EARLY = dt.timedelta(hours=1)
"""How long before its time a contact may be said to have happened. Our own."""

TIMES = frozenset({"kind", "state", "cancelled_by", "starts_at", "minutes", "label", "therapist"})
PRESENT = frozenset({"caregivers", "others_present", "has_student", "has_interpreter"})


NAMES_OF_COLUMNS = {"label": "label_id", "therapist": "therapist_id"}


@transaction.atomic
def record_contact(
    *,
    by: User,
    child: Child,
    kind: str,
    starts_at: dt.datetime,
    state: str = "",
    shared_note: str = "",
    private_note: str = "",
    now: dt.datetime,
    **told: Any,
) -> Contact:
    """A contact, planned where it is to come and no `state` is given, else happened.

    `told` is any of TIMES and PRESENT; `label`, `therapist` (of the team) and `caregivers` (valid grants of
    the child) are ids. A call that happened settles an open flag about silence; what happened is a draft
    where an assistant or student tells it. Raises Forbidden, also for who may tell times alone and tells
    more; Invalid, naming the field.
    """
    if not policy.may_record_contact(by, child):
        raise Forbidden
    told |= {"kind": kind, "starts_at": starts_at, "state": state or _state_at(starts_at, now)}
    caregivers = told.pop("caregivers", ())
    described = [told[name] for name in PRESENT & set(told)]
    if any([caregivers, shared_note.strip(), private_note.strip(), *described]):
        _refuse_all_but_the_team(by, child)
    contact = Contact(id=new_id(), clinic_id=child.clinic_id, child=child, recorded_by=by, recorded_at=now)
    _tell(contact, told, by=by, now=now)
    contact.save(force_insert=True)
    _set_present(contact, caregivers)
    for body, is_private in ((shared_note, False), (private_note, True)):
        if body.strip():
            write_note(by=by, child=child, body=body, is_private=is_private, about_contact=contact, now=now)
    _follow(contact, by=by, now=now)
    _audit(AuditCode.RECORDED_CONTACT, contact, by=by, now=now)
    return contact


@transaction.atomic
def change_contact(
    *, by: User, contact: Contact, lock_version: int, now: dt.datetime, **changes: Any
) -> Contact:
    """The contact with some of TIMES and PRESENT changed: moved, settled, completed.

    Raises Stale (412) where somebody changed it since, Forbidden, Invalid.
    """
    child = contact.child
    if not policy.may_record_contact(by, child):
        raise Forbidden
    if PRESENT & set(changes):
        _refuse_all_but_the_team(by, child)
    locked = Contact.objects.select_for_update().get(pk=contact.pk)
    if locked.lock_version != lock_version:
        raise Stale(current=locked.lock_version)
    locked.child = child
    caregivers = changes.pop("caregivers", None)
    if changes.get("state", ContactState.CANCELLED) != ContactState.CANCELLED:
        changes["cancelled_by"] = ""
    _tell(locked, changes, by=by, now=now)
    locked.lock_version += 1
    locked.save()
    if caregivers is not None:
        _set_present(locked, caregivers)
    _follow(locked, by=by, now=now)
    _audit(AuditCode.CHANGED_CONTACT, locked, by=by, now=now)
    return locked


def _state_at(starts_at: dt.datetime, now: dt.datetime) -> ContactState:
    return ContactState.PLANNED if starts_at > now else ContactState.HAPPENED


def _refuse_all_but_the_team(by: User, child: Child) -> None:
    if not policy.may_describe_contact(by, child):
        raise Forbidden


def _tell(contact: Contact, told: dict[str, Any], *, by: User, now: dt.datetime) -> None:
    """Set what was told. Raises Invalid, naming the field."""
    unknown = set(told) - TIMES - PRESENT
    if unknown:
        raise Invalid(field=min(unknown), allowed=sorted(TIMES | PRESENT))
    before = contact.label_id, contact.therapist_id
    for name, value in told.items():
        setattr(contact, NAMES_OF_COLUMNS.get(name, name), value)
    one_of("kind", contact.kind, ContactKind)
    one_of("state", contact.state, ContactState)
    is_cancelled = contact.state == ContactState.CANCELLED
    if is_cancelled:
        one_of("cancelled_by", contact.cancelled_by, CancelledBy)
    elif contact.cancelled_by:
        raise Invalid(field="cancelled_by", allowed="empty")
    is_over = contact.state in (ContactState.HAPPENED, ContactState.NO_SHOW)
    if is_over and contact.starts_at > now + MAY_BEGIN_EARLY:
        raise Invalid(field="starts_at", allowed="moment_in_the_past")
    in_range("minutes", contact.minutes, 0, LONGEST_CONTACT_MINUTES)
    contact.others_present = short_text("others_present", contact.others_present, most=200)
    if "others_present" in told:
        contact.language = by.writes_in
    if contact.label_id != before[0] and not _offers(contact):
        raise Invalid(field="label", allowed="service_label")
    if contact.therapist_id != before[1] and not _is_on_team(contact):
        raise Invalid(field="therapist", allowed="on_team")


def _offers(contact: Contact) -> bool:
    labels = ServiceLabel.objects.offered().filter(clinic=contact.clinic_id)
    return contact.label_id is None or labels.filter(pk=contact.label_id).exists()


def _is_on_team(contact: Contact) -> bool:
    team = CareTeam.objects.active().filter(child=contact.child_id)
    return contact.therapist_id is None or team.filter(therapist=contact.therapist_id).exists()


def _set_present(contact: Contact, caregivers: Iterable[uuid.UUID]) -> None:
    """Exactly these caregivers were there; one whose access has ended since stays where they were."""
    wanted = set(caregivers)
    there = set(contact.presences.values_list("grant_id", flat=True))
    known = CaregiverGrant.objects.valid().filter(child=contact.child_id).values_list("pk", flat=True)
    if not wanted <= there | set(known):
        raise Invalid(field="caregivers", allowed="caregiver_of_the_child")
    contact.presences.filter(Q(grant__in=known) & ~Q(grant__in=wanted)).delete()
    ContactPresence.objects.bulk_create(
        ContactPresence(id=new_id(), clinic_id=contact.clinic_id, contact=contact, grant_id=grant)
        for grant in sorted(wanted - there)
    )


def _follow(contact: Contact, *, by: User, now: dt.datetime) -> None:
    """What comes of a contact that happened; one that is planned is calendar, and nobody's draft."""
    if contact.state != ContactState.HAPPENED:
        return
    ask_for_cosigning(by=by, child=contact.child, subject=contact, now=now)
    if contact.kind == ContactKind.CALL:
        flagging.settle_no_logs(by=by, child=contact.child, now=now)


def _audit(code: AuditCode, contact: Contact, *, by: User, now: dt.datetime) -> None:
    audit.record(
        code,
        by=by,
        now=now,
        clinic_id=contact.clinic_id,
        child=contact.child,
        subject=contact,
        detail=contact.state,
    )
