"""A stored entry as the body it came from, so that a page can change one thing and send the rest again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from typing import Any, overload

from tracking.models import Bedtime, MassageSession, TactileObservation
from tracking.sync.bodies import (
    BedtimeBody,
    CueNoted,
    EntryBody,
    ObservationBody,
    SessionBody,
    StepDone,
    Tried,
)
from tracking.sync.building import BEDTIME_INSTANTS

NAMED_OTHERWISE = frozenset(
    {"sent_at", "told_by_grant", "program_version", "contact", "steps", "cues", "tried"}
)


@overload
def body_of(entry: MassageSession) -> SessionBody: ...
@overload
def body_of(entry: Bedtime) -> BedtimeBody: ...
@overload
def body_of(entry: TactileObservation) -> ObservationBody: ...
def body_of(entry: MassageSession | Bedtime | TactileObservation) -> EntryBody:
    """What was told of this entry, at the time it was given here rather than an impossible one."""
    if isinstance(entry, Bedtime):
        return BedtimeBody(**_same_names(BedtimeBody, entry))
    if isinstance(entry, TactileObservation):
        tried = tuple(
            Tried(
                code=one["code"],
                strategy=uuid.UUID(one["strategy"]["id"]) if "strategy" in one else None,
                helped=one["helped"],
            )
            for one in entry.tried
        )
        return ObservationBody(**_same_names(ObservationBody, entry), tried=tried)
    steps = tuple(
        StepDone(
            step=uuid.UUID(step["step"]) if step["step"] else None,
            stroke=step["stroke"],
            is_done=step["is_done"],
            seconds=step["seconds"],
        )
        for step in entry.steps
    )
    cues = tuple(
        CueNoted(
            code=cue["code"],
            moment=cue["moment"],
            at_seconds=cue["at_seconds"],
            sign=uuid.UUID(cue["sign"]["id"]) if "sign" in cue else None,
        )
        for cue in entry.cues
    )
    return SessionBody(
        **_same_names(SessionBody, entry),
        program_version=entry.program_version_id,
        contact=entry.contact_id,
        steps=steps,
        cues=cues,
    )


def instants_of(body: EntryBody) -> dict[str, dt.datetime]:
    """Every instant of an evening that was told, by name; of another kind none."""
    if not isinstance(body, BedtimeBody):
        return {}
    told = {name: getattr(body, name) for name in BEDTIME_INSTANTS}
    return {name: instant for name, instant in told.items() if instant is not None}


def _same_names(body: type[EntryBody], entry: Any) -> dict[str, Any]:
    """The body's fields that the row has under the same name; lists become tuples."""
    told = {
        field.name: getattr(entry, field.name)
        for field in dataclasses.fields(body)
        if field.name not in NAMED_OTHERWISE
    }
    told["told_by_grant"] = entry.told_by_grant_id
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
