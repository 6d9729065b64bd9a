"""Typing in a paper week: each day separately, so that a mistake in one does not cost the others."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from clinic.localtime import NOON, ONE_DAY, to_instant
from clinic.models import Child, User
from tracking.models import EntryDoor
from tracking.readings.paper import PaperDay, PaperSlot
from tracking.services import recording
from tracking.sync.arrival import standing_at
from tracking.sync.bodies import BedtimeBody, SessionBody, StimulusDayBody
from tracking.vocabulary.programs import EntrySource, Precision


@dataclass(frozen=True, slots=True)
class ToldMassage:
    """What stands on the paper of one slot."""

    slot: PaperSlot
    outcome: str
    minutes: Decimal | None = None
    state_before: str = ""
    state_after: str = ""


@dataclass(frozen=True, slots=True)
class ToldDay:
    """What stands on the paper of one day: wall times of the home, those before noon of the morning after."""

    day: PaperDay
    massages: tuple[ToldMassage, ...] = ()
    in_bed: dt.time | None = None
    asleep: dt.time | None = None
    came_up: Mapping[uuid.UUID, bool] = field(default_factory=dict)


@transaction.atomic
def record_paper_day(
    *,
    by: User,
    child: Child,
    sheet: uuid.UUID,
    told: ToldDay,
    told_by_grant: uuid.UUID | None = None,
    told_by_name: str = "",
    now: dt.datetime,
) -> int:
    """How many entries a day on paper made; all of them are kept, or none.

    `sheet` names the page that was typed into: what it sends a second time makes nothing new. A massage is
    known by its slot's part of the day, a bedtime to the minute. Raises as `record_session`.
    """
    day = told.day
    common: dict[str, Any] = {
        "source": EntrySource.PAPER,
        "zone": day.zone,
        "told_by_grant": told_by_grant,
        "told_by_name": told_by_name,
    }
    write: dict[str, Any] = {"by": by, "child": child, "door": EntryDoor.CLINIC_PAGES, "now": now}

    def named(what: object) -> uuid.UUID:
        return uuid.uuid5(sheet, f"{day.on} {what}")

    for place, massage in enumerate(told.massages):
        part = massage.slot.part
        recording.record_session(
            **write,
            client_id=named(f"massage {place}"),
            entry=SessionBody(
                **common,
                outcome=massage.outcome,
                occurred_at=standing_at(day.on, part or "", day.zone),
                precision=Precision.PART_OF_DAY if part else Precision.DAY,
                part_of_day=part or "",
                slot_number=massage.slot.number,
                minutes=massage.minutes,
                state_before=massage.state_before,
                state_after=massage.state_after,
            ),
        )
    if told.in_bed or told.asleep:
        recording.record_bedtime(
            **write,
            client_id=named("bedtime"),
            entry=BedtimeBody(
                **common, lights_out_at=_evening(told.in_bed, day), asleep_at=_evening(told.asleep, day)
            ),
        )
    for tracked, came_up in told.came_up.items():
        recording.record_stimulus_day(
            **write,
            client_id=named(tracked),
            entry=StimulusDayBody(
                **common,
                tracked_stimulus=tracked,
                came_up=came_up,
                occurred_at=standing_at(day.on, "", day.zone),
            ),
        )
    return len(told.massages) + bool(told.in_bed or told.asleep) + len(told.came_up)


def _evening(at: dt.time | None, day: PaperDay) -> dt.datetime | None:
    """The instant of a wall time of the evening; before noon it is of the morning after."""
    if at is None:
        return None
    return to_instant(dt.datetime.combine(day.on if at >= NOON else day.on + ONE_DAY, at), day.zone)
