"""Flags that lie unread go on to the next reader; clinics where nobody reads urgent ones are found.

Rows only: whoever sends them claims what is waiting. Two workers at once are harmless: a flag is locked by
one and passed over by the other, and a row is written once for a step and a person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from clinic import audit
from clinic.models import Clinic
from clinic.vocabulary import AuditCode
from tracking.models import Flag, FlagEscalation, ReaderGap
from tracking.readings.flag_readers import Reader, Readers, readers_of, unread_children
from tracking.readings.flag_settings import rules_of
from tracking.vocabulary.concerns import Severity


@transaction.atomic
def escalate_due(*, now: dt.datetime, limit: int) -> int:
    """How many flags were unread at their time and went on, of at most `limit`; seven statements or one.

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
    gone_on = {row.flag_id for row in rows}
    audit.record_many(
        AuditCode.ESCALATED_FLAG, [flag for flag in flags if flag.pk in gone_on], by=None, now=now
    )
    return len(flags)


@transaction.atomic
def look_for_reader_gaps(*, now: dt.datetime) -> int:
    """How many clinics newly have children whose urgent flags nobody reads; what is mended is ended."""
    rules = rules_of(Clinic.objects.values_list("pk", flat=True))
    gaps = unread_children(rules)
    known = {gap.clinic_id: gap for gap in ReaderGap.objects.filter(ended_at__isnull=True)}
    mended = [gap.pk for clinic_id, gap in known.items() if clinic_id not in gaps]
    if mended:
        ReaderGap.objects.filter(pk__in=mended).update(ended_at=now)
    fresh = [
        ReaderGap(clinic_id=clinic_id, found_at=now, child_count=len(children))
        for clinic_id, children in gaps.items()
        if clinic_id not in known
    ]
    ReaderGap.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _next(flag: Flag, readers: Readers) -> tuple[int, Sequence[Reader]]:
    """The next place in the order that somebody holds, and who; nobody where none is left."""
    for place, kind in enumerate(flag.readers[flag.asked_count :], start=flag.asked_count + 1):
        people = readers.of(
            kind, child_id=flag.child_id, clinic_id=flag.clinic_id, owner_id=flag.owner_reader_id
        )
        if people:
            return place, people
    return flag.asked_count, ()
