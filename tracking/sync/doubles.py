"""Marks sessions that may be one session logged twice: both are kept and flagged, and counted once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from clinic.models import Child
from tracking.dose import OFFERED
from tracking.duplicates import Logged, possible_duplicates
from tracking.models import ApartAnswer, MassageSession
from tracking.vocabulary.programs import EntryFlag, EntryState, Precision

LOOKED_AT = dt.timedelta(hours=24)
MARKED = dt.timedelta(hours=6)
"""Flags are looked at again this far around a changed session, with all that lies further around known."""


def logged(session: MassageSession) -> Logged:
    """What the rule needs of a session row; its id is the client's."""
    return as_logged(
        client_id=session.client_id,
        occurred_at=session.occurred_at,
        precision=session.precision,
        minutes=None if session.minutes is None else float(session.minutes),
        steps=session.steps,
    )


def as_logged(
    *,
    client_id: uuid.UUID,
    occurred_at: dt.datetime,
    precision: str,
    minutes: float | None,
    steps: Iterable[dict[str, object]],
) -> Logged:
    started_at = occurred_at if precision == Precision.MINUTE else None
    ended_at = (
        started_at + dt.timedelta(minutes=minutes) if started_at is not None and minutes is not None else None
    )
    return Logged(
        id=client_id,
        started_at=started_at,
        ended_at=ended_at,
        minutes=minutes,
        steps_done=sum(bool(step.get("is_done")) for step in steps),
    )


def answered_apart(child: Child) -> frozenset[frozenset[uuid.UUID]]:
    """The pairs of a child's sessions that somebody said were two."""
    pairs = ApartAnswer.objects.filter(child=child).values_list("one", "other")
    return frozenset(frozenset(pair) for pair in pairs)


def mark_possible_duplicates(*changed: MassageSession) -> None:
    """Put `possible_duplicate` on every session around the changed ones that may be another's, and take it
    off those that no longer are.
    """
    child = changed[0].child
    instants = [session.occurred_at for session in changed]
    around = (
        MassageSession.objects.current()
        .filter(child=child, occurred_at__range=(min(instants) - LOOKED_AT, max(instants) + LOOKED_AT))
        .only("id", "client_id", "occurred_at", "precision", "minutes", "steps", "outcome", "state", "flags")
    )
    rows = list(around)
    countable = [
        row
        for row in rows
        if row.state == EntryState.RECORDED
        and row.outcome in OFFERED
        and EntryFlag.CLOCK_OFF not in row.flags
    ]
    doubles = (
        possible_duplicates((logged(row) for row in countable), answered_apart=answered_apart(child))
        if len(countable) > 1
        else frozenset()
    )
    for row in rows:
        is_near = min(instants) - MARKED <= row.occurred_at <= max(instants) + MARKED
        is_marked = EntryFlag.POSSIBLE_DUPLICATE in row.flags
        if is_near and is_marked != (row.client_id in doubles):
            flags = [flag for flag in row.flags if flag != EntryFlag.POSSIBLE_DUPLICATE]
            if not is_marked:
                flags.append(str(EntryFlag.POSSIBLE_DUPLICATE))
            MassageSession.objects.filter(pk=row.pk).update(flags=flags)
            for session in changed:
                if session.pk == row.pk:
                    session.flags = flags
