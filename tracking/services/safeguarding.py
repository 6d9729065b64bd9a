"""Safeguarding notes: written and followed up, never changed; an owner names and removes the leads.

Audit rows about these name no child, so that a reader of a child's audit does not learn that there is a note.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import Child, Clinic, ClinicMembership, User
from clinic.services import values
from clinic.services.staff import NotStaffAnyMore
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import SafeguardingLead, SafeguardingNote

LONGEST_NOTE = 8000


class AlreadyLead(Conflict):
    """This person is a safeguarding lead already."""

    code = "already_safeguarding_lead"


class NotLeadAnyMore(Conflict):
    """This person is no longer a safeguarding lead."""

    code = "not_safeguarding_lead_any_more"


@transaction.atomic
def write_safeguarding_note(
    *, by: User, child: Child, body: str, now: dt.datetime, language: str = ""
) -> SafeguardingNote:
    """A note for the named leads; `language` empty: the one its author reads. Raises Forbidden, Invalid."""
    if not policy.may_write_safeguarding_note(by, child):
        raise Forbidden
    return _write(by, child, body, language, now, follows=None)


@transaction.atomic
def follow_up_safeguarding_note(
    *, by: User, note: SafeguardingNote, body: str, now: dt.datetime, language: str = ""
) -> SafeguardingNote:
    """What was done or seen since, by the author or a lead. Raises Forbidden, Invalid."""
    if not policy.may_view_safeguarding_note(by, note):
        raise Forbidden
    return _write(by, note.child, body, language, now, follows=note)


@transaction.atomic
def name_safeguarding_lead(*, by: User, membership: ClinicMembership, now: dt.datetime) -> SafeguardingLead:
    """Somebody who works here, to read the clinic's safeguarding notes from now on.

    Raises AlreadyLead or NotStaffAnyMore (409), Forbidden.
    """
    clinic = _lock(by, membership.clinic)
    if not ClinicMembership.objects.active().filter(pk=membership.pk).exists():
        raise NotStaffAnyMore
    if SafeguardingLead.objects.active().filter(clinic=clinic, user=membership.user_id).exists():
        raise AlreadyLead(field="lead")
    lead = SafeguardingLead.objects.create(clinic=clinic, user=membership.user, from_at=now, named_by=by)
    _tell(AuditCode.NAMED_SAFEGUARDING_LEAD, by, lead, now, detail="named")
    return lead


@transaction.atomic
def end_safeguarding_lead(*, by: User, lead: SafeguardingLead, now: dt.datetime) -> None:
    """The person reads no notes of others any more. Raises NotLeadAnyMore (409), Forbidden."""
    clinic = _lock(by, lead.clinic)
    ended = SafeguardingLead.objects.filter(pk=lead.pk, clinic=clinic, until_at__isnull=True)
    if not ended.update(until_at=now, ended_by=by):
        raise NotLeadAnyMore
    _tell(AuditCode.NAMED_SAFEGUARDING_LEAD, by, lead, now, detail="ended")


def _write(
    by: User, child: Child, body: str, language: str, now: dt.datetime, *, follows: SafeguardingNote | None
) -> SafeguardingNote:
    body = body.strip()
    if not 1 <= len(body) <= LONGEST_NOTE:
        raise Invalid(field="body", allowed="length", least=1, most=LONGEST_NOTE)
    note = SafeguardingNote.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        author=by,
        body=body,
        language=values.written_in(language, by),
        written_at=now,
        follows=follows,
    )
    _tell(AuditCode.WROTE_SAFEGUARDING_NOTE, by, note, now, detail="followed_up" if follows else "written")
    return note


def _lock(by: User, clinic: Clinic) -> Clinic:
    if not policy.may_name_safeguarding_lead(by, clinic):
        raise Forbidden
    return Clinic.objects.select_for_update().get(pk=clinic.pk)


def _tell(
    code: AuditCode, by: User, subject: SafeguardingLead | SafeguardingNote, now: dt.datetime, *, detail: str
) -> None:
    audit.record(code, by=by, now=now, clinic_id=subject.clinic_id, subject=subject, detail=detail)
