"""Raising flags by rule, when entries arrive and every night.

One open flag per code and child. A rule that looks back raises nothing for a week after its flag was closed;
what follows from one event (a concern, a session despite a contraindication) always does.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction
from django.db.models import Q

from clinic import audit, rls
from clinic.models import Child, User
from clinic.models.clinics import new_id
from clinic.vocabulary import AuditCode
from tracking.models import Flag, MassageSession
from tracking.outcomes.sessions import sessions_of
from tracking.readings.flag_readers import Readers, readers_of
from tracking.readings.flag_settings import Rules, rules_of, thresholds_of
from tracking.readings.watching import (
    ended_in_distress,
    left_something_out,
    session_conflict,
    session_ends,
    session_steps,
    watched_children,
    what_to_raise,
    withdrawn_conflict,
)
from tracking.red_flags import Raised, distress_region, distress_run
from tracking.services.telling import tell_readers
from tracking.vocabulary.concerns import MEDICAL_FLAGS, FlagCode, Severity
from tracking.vocabulary.flags import CloseHow
from tracking.vocabulary.programs import EntryFlag

QUIET_AFTER_CLOSING = dt.timedelta(days=7)
"""Our own: what somebody has just dealt with is not raised again by the same past."""

RAISED_BY_EACH_EVENT = MEDICAL_FLAGS | {FlagCode.CONTRA_CONFLICT, FlagCode.PARENT_STRAIN}
READ_ANEW = (
    "severity",
    "detail",
    "readers",
    "owner_reader",
    "asked_count",
    "due_at",
    "escalates_at",
    "snoozed_until",
    "acknowledged_at",
    "acknowledged_by",
)
"""What of an open flag begins again when something graver comes."""

DISTRESS_LOOKS_BACK = dt.timedelta(days=60)


def on_arrival(*, child: Child, session: MassageSession, now: dt.datetime) -> None:
    """Raise what a session that just came gives cause for; mark it where something stood in its way."""
    raised = []
    conflict = session_conflict(child, session) or withdrawn_conflict(child, session)
    if conflict is not None:
        session.flags.append(str(EntryFlag.CONTRA_CONFLICT))
        MassageSession.objects.filter(pk=session.pk).update(flags=session.flags)
        raised.append(conflict)
    if ended_in_distress(session) or left_something_out(session):
        first = session.local_day - DISTRESS_LOOKS_BACK
        lately = sessions_of([child.pk], first=first, last=session.local_day)
        thresholds = thresholds_of([child.clinic_id])[child.clinic_id]
        found = (
            distress_run(session_ends(lately.get(child.pk, ())), thresholds=thresholds),
            distress_region(session_steps(lately).get(child.pk, ()), thresholds=thresholds),
        )
        raised += [one for one in found if one is not None]
    if raised:
        raise_flags({child.pk: raised}, clinics={child.pk: child.clinic_id}, now=now)


@transaction.atomic
def raise_flags(
    found: Mapping[uuid.UUID, Sequence[Raised]],
    *,
    clinics: Mapping[uuid.UUID, uuid.UUID],
    now: dt.datetime,
) -> list[Flag]:
    """The flags newly raised, of what the rules found by child; one that is open stays as it is, or becomes
    as grave as what came now.

    What the clinic has switched off is not raised. The record raises them, whoever wrote the entry.
    """
    if not any(found.values()):
        return []
    with rls.acting_as(rls.current_stamp().user_id, system="flags"):
        _worsen(found, clinics, now)
        wanted = list(_new(found, now))
        if not wanted:
            return []
        rules = rules_of({clinics[child_id] for child_id, _ in wanted})
        readers = readers_of([child_id for child_id, _ in wanted], list(rules))
        rows = [
            _flag(child_id, clinics[child_id], raised, rules[clinics[child_id]], readers, now)
            for child_id, raised in wanted
            if raised.code not in rules[clinics[child_id]].off
        ]
        Flag.objects.bulk_create(rows, ignore_conflicts=True)
        # Another worker may have been first with some of them.
        written = set(Flag.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        fresh = [row for row in rows if row.pk in written]
        tell_readers(flags=fresh, now=now)
    audit.record_many(AuditCode.RAISED_FLAG, fresh, by=None, now=now)
    return fresh


def _worsen(
    found: Mapping[uuid.UUID, Sequence[Raised]], clinics: Mapping[uuid.UUID, uuid.UUID], now: dt.datetime
) -> None:
    """Make open flags as grave as an event that makes its code worse; who had looked is to look again."""
    for child_id, raised in ((child_id, one) for child_id, several in found.items() for one in several):
        if raised.graver is None:
            continue
        milder = list(Severity)[list(Severity).index(raised.graver) + 1 :]
        open_ones = Flag.objects.open().filter(child=child_id, code=raised.code, severity__in=milder)
        for flag in open_ones.select_for_update():
            clinic_id = clinics[child_id]
            rules = rules_of({clinic_id})[clinic_id]
            anew = _flag(child_id, clinic_id, raised, rules, readers_of([child_id], [clinic_id]), now)
            for name in READ_ANEW:
                setattr(flag, name, getattr(anew, name))
            flag.save(update_fields=READ_ANEW)
            tell_readers(flags=[flag], now=now)


def _new(found: Mapping[uuid.UUID, Sequence[Raised]], now: dt.datetime) -> Iterator[tuple[uuid.UUID, Raised]]:
    """What is neither open already nor, for rules that look back, was closed a moment ago."""
    standing = Q(closed_at__isnull=True) | Q(closed_at__gt=now - QUIET_AFTER_CLOSING)
    known = {
        (child_id, code, closed_at is None)
        for child_id, code, closed_at in Flag.objects.filter(standing, child__in=list(found)).values_list(
            "child_id", "code", "closed_at"
        )
    }
    for child_id, several in found.items():
        for code, raised in {one.code: one for one in reversed(several)}.items():
            is_quiet = code not in RAISED_BY_EACH_EVENT and (child_id, code, False) in known
            if (child_id, code, True) not in known and not is_quiet:
                yield child_id, raised


def _flag(
    child_id: uuid.UUID,
    clinic_id: uuid.UUID,
    raised: Raised,
    rules: Rules,
    readers: Readers,
    now: dt.datetime,
) -> Flag:
    """The flag, with the first of its readers whom there is, and when they have to have looked."""
    response = rules.responses[raised.severity]
    asked = next(
        (
            place
            for place, kind in enumerate(response.readers, start=1)
            if readers.of(kind, child_id=child_id, clinic_id=clinic_id, owner_id=response.owner_id)
        ),
        1,
    )
    due_at = rules.due_at(now, raised.severity)
    return Flag(
        id=new_id(),
        clinic_id=clinic_id,
        child_id=child_id,
        code=raised.code,
        severity=raised.severity,
        detail=dict(raised.figures),
        raised_at=now,
        readers=[str(kind) for kind in response.readers],
        owner_reader_id=response.owner_id,
        asked_count=asked,
        due_at=due_at,
        escalates_at=due_at,
    )


def raise_nightly(*, now: dt.datetime, after: uuid.UUID | None, limit: int) -> uuid.UUID | None:
    """Ask the rules about the next `limit` children by id; the last id asked about, None at the end."""
    children = watched_children().order_by("id")
    if after is not None:
        children = children.filter(pk__gt=after)
    clinics = dict(children.values_list("pk", "clinic_id")[:limit])
    raise_flags(what_to_raise(clinics, now=now), clinics=clinics, now=now)
    return max(clinics) if len(clinics) == limit else None


@transaction.atomic
def settle_no_logs(*, by: User, child: Child, now: dt.datetime) -> None:
    """Close the child's flag about silence, if one is up: `by` has just written down a call with the family.

    Whoever may log the call settles it, so nothing is asked of the policy here.
    """
    with rls.acting_as(by, system="flags"):
        for flag in Flag.objects.open().filter(child=child, code=FlagCode.NO_LOGS).select_for_update():
            end_flag(flag, by=by, now=now, how=CloseHow.BY_CONTACT)


def end_flag(
    flag: Flag, *, by: User, now: dt.datetime, how: CloseHow, reason: str = "", language: str = ""
) -> None:
    """The locked flag closed."""
    flag.closed_at, flag.closed_by, flag.closed_how = now, by, how
    flag.close_reason, flag.language = reason, language
    flag.save(update_fields=["closed_at", "closed_by", "closed_how", "close_reason", "language"])
    audit.record_many(AuditCode.CLOSED_FLAG, [flag], by=by, now=now)
