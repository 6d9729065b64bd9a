"""Escalating unread flags to the next reader, and finding clinics where nobody reads urgent ones.

Two workers at once are harmless: a flag that one has locked is skipped by the other, and an escalation is
written once for a step and a person.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from django.db import transaction

from clinic import audit
from clinic.models import Clinic
from clinic.vocabulary import AuditCode
from tracking.models import Flag, FlagEscalation, ReaderGap
from tracking.readings.flag_readers import Reader, Readers, readers_of, unread_children
from tracking.readings.flag_settings import rules_of
from tracking.services.telling import tell_next_readers
from tracking.vocabulary.concerns import Severity


@transaction.atomic
def escalate_due(*, now: dt.datetime, limit: int) -> int:
    """How many flags were unread at their time and went on, of at most `limit`; eight statements or one.

    A flag nobody is left for stays with the last who had it.
    """
    flags = list(
        Flag.objects.awake()
        .filter(escalates_at__lte=now, acknowledged_at__isnull=True)
        .order_by("escalates_at", "id")
        .select_for_update(skip_locked=True)[:limit]
    )
    if not flags:
        return 0
    rules = rules_of({flag.clinic_id for flag in flags})
    readers = readers_of({flag.child_id for flag in flags}, list(rules))
    rows: list[FlagEscalation] = []
    for flag in flags:
        place, people = _next(flag, readers)
        flag.escalates_at = None
        if people:
            flag.asked_count = place
            flag.escalates_at = rules[flag.clinic_id].due_at(now, Severity(flag.severity))
        rows += [
            FlagEscalation(
                clinic_id=flag.clinic_id,
                flag=flag,
                step=place,
                kind=flag.readers[place - 1],
                to_id=one.id,
                at=now,
            )
            for one in people
        ]
    Flag.objects.bulk_update(flags, ["asked_count", "escalates_at"])
    FlagEscalation.objects.bulk_create(rows, ignore_conflicts=True)
    tell_next_readers(escalations=rows, now=now)
    gone_on = {row.flag_id for row in rows}
    audit.record_many(
        AuditCode.ESCALATED_FLAG, [flag for flag in flags if flag.pk in gone_on], by=None, now=now
    )
    return len(flags)


@transaction.atomic
def look_for_reader_gaps(
    *, now: dt.datetime, clinic_ids: Collection[uuid.UUID] | None = None
) -> dict[uuid.UUID, int]:
    """How many children have nobody who reads their urgent flags now, by clinic (None: every clinic).

    A gap that is new gets its row, one that is mended is ended.
    """
    rules = rules_of(Clinic.objects.values_list("pk", flat=True) if clinic_ids is None else clinic_ids)
    gaps = {clinic_id: len(children) for clinic_id, children in unread_children(rules).items()}
    open_gaps = ReaderGap.objects.filter(ended_at__isnull=True, clinic__in=list(rules))
    open_gaps.exclude(clinic__in=list(gaps)).update(ended_at=now)
    known = set(open_gaps.values_list("clinic_id", flat=True))
    ReaderGap.objects.bulk_create(
        (
            ReaderGap(clinic_id=clinic_id, found_at=now, child_count=count)
            for clinic_id, count in gaps.items()
            if clinic_id not in known
        ),
        ignore_conflicts=True,
    )
    return gaps


def _next(flag: Flag, readers: Readers) -> tuple[int, Sequence[Reader]]:
    """The next place in the order that somebody holds, and who; nobody where none is left."""
    for place, kind in enumerate(flag.readers[flag.asked_count :], start=flag.asked_count + 1):
        people = readers.of(
            kind, child_id=flag.child_id, clinic_id=flag.clinic_id, owner_id=flag.owner_reader_id
        )
        if people:
            return place, people
    return flag.asked_count, ()
