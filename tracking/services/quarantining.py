"""Entries that arrive after their author's access ended: kept apart, then accepted or rejected by the
team.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from clinic import audit, rls
from clinic.errors import Conflict, Forbidden, Unseen
from clinic.models import CaregiverGrant, User
from clinic.vocabulary import AuditCode, GrantKind
from tracking import policy
from tracking.models import Entry, QuarantinedEntry
from tracking.models.quarantine import Decision
from tracking.services.allowed import short_text
from tracking.services.entry_authors import Author
from tracking.services.recording import Recorded, record_of_another
from tracking.sync import building, quarantine, receipts
from tracking.sync.bodies import EntryBody

JOB = "quarantine"
"""The named job that knows which access of somebody has ended, and keeps what they still sent."""

LONGEST_REASON = 1000


class GrantRevoked(Forbidden):
    """This person's access to the child has ended; `grant` is the one that did, for the server alone."""

    code = "grant_revoked"

    def __init__(self, grant: CaregiverGrant, **parameters: Any) -> None:
        super().__init__(**parameters)
        self.grant = grant


class AlreadyDecided(Conflict):
    """The team has accepted or rejected this entry already."""

    code = "already_decided"


def refuse_who_cared_once(*, by: User, child_id: uuid.UUID, now: dt.datetime) -> None:
    """Raise GrantRevoked for somebody whose access to this child has ended; nothing for anybody else."""
    with rls.helped_by(JOB):
        grants = CaregiverGrant.objects.filter(child=child_id, user=by)
        told = list(grants.select_related("child__clinic", "family").order_by("id"))
    over = [grant for grant in told if _ended_at(grant) <= now]
    if over:
        raise GrantRevoked(max(over, key=_ended_at))


@transaction.atomic
def quarantine_entry(
    *,
    by: User,
    grant: CaregiverGrant,
    client_id: uuid.UUID,
    entry: EntryBody,
    door: str,
    now: dt.datetime,
    base_revision: int | None = None,
) -> QuarantinedEntry | None:
    """The write, kept for the care team; the same again is the same row. None: it was recorded while access
    lasted, and only the answer to that was lost.

    Raises GrantRevoked (403) where it happened after `grant` ended or came more than two weeks after that,
    Invalid for a zone or an instant that cannot be.
    """
    kind, child = building.kind_of(entry), grant.child
    if kind not in quarantine.BODIES:
        raise GrantRevoked(grant)
    entry = building.settled(entry)
    at = building.placed(entry, zone=grant.family.zone, now=now, first_received_at=now, born_on=child.born_on)
    if not quarantine.is_for_the_team(happened_at=at.occurred_at, ended_at=_ended_at(grant), now=now):
        raise GrantRevoked(grant)
    digest = receipts.body_hash(kind, entry)
    with rls.helped_by("recording"):
        known = receipts.receipts_of(child, client_id)
    if known.of(body_hash=digest, base_revision=base_revision or 0) is not None:
        return None
    with rls.helped_by(JOB):
        kept, is_new = QuarantinedEntry.objects.get_or_create(
            child=child,
            sent_by=by,
            client_id=client_id,
            base_revision=base_revision or 0,
            body_hash=digest,
            defaults={
                "clinic_id": child.clinic_id,
                "grant": grant,
                "kind": kind,
                "door": door,
                "body": quarantine.packed(entry),
                "happened_at": at.occurred_at,
                "received_at": now,
            },
        )
        if is_new:
            _tell(AuditCode.QUARANTINED_ENTRY, kept, by, now)
    return kept


@transaction.atomic
def accept_quarantined(*, by: User, kept: QuarantinedEntry, now: dt.datetime) -> Recorded[Entry]:
    """The entry it becomes: by its true author, at its true time, received when it came.

    Raises Forbidden, AlreadyDecided, IdAlreadyUsed where its id names somebody else's entry, Invalid where it
    names what is not the child's.
    """
    row = _held(by, kept)
    grant = row.grant
    recorded = record_of_another(
        author=Author(row.sent_by, GrantKind(grant.kind), grant.family, has_ended=True),
        child=row.child,
        client_id=row.client_id,
        entry=quarantine.unpacked(row.kind, row.body),
        door=row.door,
        base_revision=row.base_revision or None,
        now=row.received_at,
    )
    row.body = {}
    _decide(row, Decision.ACCEPTED, by, now)
    return recorded


@transaction.atomic
def discard_quarantined(
    *, by: User, kept: QuarantinedEntry, reason: str, now: dt.datetime
) -> QuarantinedEntry:
    """Left out of the record, with the reason. Raises Forbidden, AlreadyDecided, Invalid (field `reason`)."""
    row = _held(by, kept)
    row.reason = short_text("reason", reason, most=LONGEST_REASON, least=1)
    row.language = by.writes_in
    return _decide(row, Decision.DISCARDED, by, now)


def _held(by: User, kept: QuarantinedEntry) -> QuarantinedEntry:
    """The row, for this decision alone."""
    row = QuarantinedEntry.objects.select_for_update(of=("self",)).select_related(
        "child__clinic", "grant__family", "sent_by"
    )
    held = row.filter(pk=kept.pk).first()
    if held is None:
        raise Unseen
    if not policy.may_decide_quarantined(by, held):
        raise Forbidden
    if held.decided_at is not None:
        raise AlreadyDecided
    return held


def _decide(row: QuarantinedEntry, decision: Decision, by: User, now: dt.datetime) -> QuarantinedEntry:
    row.decision, row.decided_by, row.decided_at = decision, by, now
    row.save(update_fields=["body", "decision", "decided_by", "decided_at", "reason", "language"])
    _tell(AuditCode.DECIDED_QUARANTINED, row, by, now, detail=decision)
    return row


def _tell(code: AuditCode, row: QuarantinedEntry, by: User, now: dt.datetime, detail: Any = "") -> None:
    audit.record(
        code, by=by, now=now, clinic_id=row.clinic_id, child=row.child, subject=row, detail=detail or row.kind
    )


def _ended_at(grant: CaregiverGrant) -> dt.datetime:
    """When the access ended or will; the end of time where it does not."""
    ends = [one for one in (grant.revoked_at, grant.valid_until) if one is not None]
    return min(ends, default=dt.datetime.max.replace(tzinfo=dt.UTC))
