"""Flags: raised by rule as entries arrive and every night, acknowledged and closed by hand.

One open flag per code and child. A rule that looks back raises nothing again for a week after somebody has
closed its flag; a session against a standing contraindication always does.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Q

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import Child, User
from clinic.models.clinics import new_id
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Flag, MassageSession
from tracking.outcomes.sessions import sessions_of
from tracking.readings.watching import (
    ended_in_distress,
    session_conflict,
    session_ends,
    watched_children,
    what_to_raise,
)
from tracking.red_flags import Raised, distress_run
from tracking.vocabulary.concerns import FlagCode
from tracking.vocabulary.programs import EntryFlag

QUIET_AFTER_CLOSING = dt.timedelta(days=7)
"""Our own: what somebody has just dealt with is not raised again by the same past."""

RAISED_BY_EACH_EVENT = frozenset({FlagCode.CONTRA_CONFLICT})
DISTRESS_LOOKS_BACK = dt.timedelta(days=60)


class AlreadyClosed(Conflict):
    """Somebody has closed this flag."""

    code = "already_closed"


def on_arrival(*, child: Child, session: MassageSession, now: dt.datetime) -> None:
    """Raise what a session that just came gives cause for; mark it where something stood in its way."""
    raised = []
    conflict = session_conflict(child, session)
    if conflict is not None:
        session.flags.append(str(EntryFlag.CONTRA_CONFLICT))
        MassageSession.objects.filter(pk=session.pk).update(flags=session.flags)
        raised.append(conflict)
    if ended_in_distress(session):
        first = session.local_day - DISTRESS_LOOKS_BACK
        lately = sessions_of([child.pk], first=first, last=session.local_day).get(child.pk, [])
        run = distress_run(session_ends(lately))
        raised += [run] if run else []
    if raised:
        raise_flags({child.pk: raised}, clinics={child.pk: child.clinic_id}, now=now)


@transaction.atomic
def raise_flags(
    found: Mapping[uuid.UUID, Sequence[Raised]],
    *,
    clinics: Mapping[uuid.UUID, uuid.UUID],
    now: dt.datetime,
) -> list[Flag]:
    """The flags newly raised, of what the rules found by child; those already open stay as they are."""
    if not any(found.values()):
        return []
    standing = Q(closed_at__isnull=True) | Q(closed_at__gt=now - QUIET_AFTER_CLOSING)
    known = {
        (child_id, code, closed_at is None)
        for child_id, code, closed_at in Flag.objects.filter(standing, child__in=list(found)).values_list(
            "child_id", "code", "closed_at"
        )
    }
    fresh = [
        Flag(
            id=new_id(),
            clinic_id=clinics[child_id],
            child_id=child_id,
            code=raised.code,
            severity=raised.severity,
            detail=dict(raised.figures),
            raised_at=now,
        )
        for child_id, several in found.items()
        for raised in several
        if (child_id, raised.code, True) not in known
        and (raised.code in RAISED_BY_EACH_EVENT or (child_id, raised.code, False) not in known)
    ]
    Flag.objects.bulk_create(fresh, ignore_conflicts=True)
    for flag in fresh:
        audit.record(
            AuditCode.RAISED_FLAG,
            by=None,
            now=now,
            clinic_id=flag.clinic_id,
            child=flag.child,
            subject=flag,
            detail=flag.code,
        )
    return fresh


def raise_nightly(*, now: dt.datetime, after: uuid.UUID | None, limit: int) -> uuid.UUID | None:
    """Ask the rules about the next `limit` children by id; the last id asked about, None at the end."""
    children = watched_children().order_by("id")
    if after is not None:
        children = children.filter(pk__gt=after)
    clinics = dict(children.values_list("pk", "clinic_id")[:limit])
    raise_flags(what_to_raise(list(clinics), now=now), clinics=clinics, now=now)
    return max(clinics) if len(clinics) == limit else None


@transaction.atomic
def acknowledge_flag(*, by: User, flag: Flag, now: dt.datetime) -> Flag:
    """Say that somebody is looking at it; the first one stands. Raises Forbidden, AlreadyClosed (409)."""
    locked = _locked(by, flag)
    if locked.acknowledged_at is None:
        locked.acknowledged_at, locked.acknowledged_by = now, by
        locked.save(update_fields=["acknowledged_at", "acknowledged_by"])
    return locked


@transaction.atomic
def close_flag(*, by: User, flag: Flag, reason: str, now: dt.datetime) -> Flag:
    """Close it, with what was done about it. Raises Forbidden, AlreadyClosed (409), Invalid (`reason`)."""
    locked = _locked(by, flag)
    if not 1 <= len(reason.strip()) <= 200:
        raise Invalid(field="reason", allowed="length", least=1, most=200)
    _close(locked, by=by, now=now, reason=reason.strip())
    return locked


@transaction.atomic
def settle_no_logs(*, by: User, child: Child, now: dt.datetime) -> None:
    """Close the child's flag about silence, if one is up: `by` has just written down a call with the family.

    Whoever may log the call settles it, so nothing is asked of the policy here.
    """
    for flag in Flag.objects.open().filter(child=child, code=FlagCode.NO_LOGS).select_for_update():
        _close(flag, by=by, now=now, reason="")


def _close(flag: Flag, *, by: User, now: dt.datetime, reason: str) -> None:
    flag.closed_at, flag.closed_by, flag.close_reason = now, by, reason
    flag.save(update_fields=["closed_at", "closed_by", "close_reason"])
    audit.record(
        AuditCode.CLOSED_FLAG,
        by=by,
        now=now,
        clinic_id=flag.clinic_id,
        child_id=flag.child_id,
        subject=flag,
        detail=flag.code,
    )


def _locked(by: User, flag: Flag) -> Flag:
    if not policy.may_act_on_flag(by, flag):
        raise Forbidden
    locked = Flag.objects.select_for_update().get(pk=flag.pk)
    if locked.closed_at is not None:
        raise AlreadyClosed
    return locked
