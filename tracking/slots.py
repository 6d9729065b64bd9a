"""Which slot of its day a session fills.

The slot it names; else the nearest unfilled slot of its local day within 3 hours of its start, or, if only a
part of the day is known, the first unfilled slot of that part; else none, and it counts for the day. Today's
page, reminders and adherence use the same answer. Our own rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from tracking.vocabulary.programs import Anchor, PartOfDay

NEAR = timedelta(hours=3)

BEGINS: tuple[tuple[time, PartOfDay], ...] = (
    (time(22), PartOfDay.NIGHT),
    (time(17), PartOfDay.EVENING),
    (time(14), PartOfDay.AFTERNOON),
    (time(11), PartOfDay.MIDDAY),
    (time(5), PartOfDay.MORNING),
)
"""When each part of the day begins, the latest first; before five it is night. Our own."""

USUAL_PARTS: dict[str, PartOfDay] = {
    Anchor.AFTER_BATH: PartOfDay.EVENING,
    Anchor.BEFORE_BATH: PartOfDay.EVENING,
    Anchor.BEDTIME: PartOfDay.EVENING,
    Anchor.AFTER_WAKING: PartOfDay.MORNING,
    Anchor.MORNING: PartOfDay.MORNING,
    Anchor.MIDDAY: PartOfDay.MIDDAY,
    Anchor.AFTERNOON: PartOfDay.AFTERNOON,
    Anchor.AFTER_NAP: PartOfDay.AFTERNOON,
    Anchor.BEFORE_DRESSING: PartOfDay.MORNING,
}
"""The part of the day of a routine for which a household has set no clock time."""


def part_of_day(at: time) -> PartOfDay:
    """The part of the day of a wall time."""
    return next((part for begins, part in BEGINS if at >= begins), PartOfDay.NIGHT)


def usual_part(anchor: str, at: time | None) -> PartOfDay | None:
    """The part of the day a slot is in, by the household's clock time, else by its routine; None: unknown."""
    return part_of_day(at) if at is not None else USUAL_PARTS.get(anchor)


@dataclass(frozen=True, slots=True, order=True)
class SlotKey:
    """Slot `number` (from 1 within a program version) of a local day."""

    on: date
    number: int


@dataclass(frozen=True, slots=True)
class DaySlot:
    """A slot and its instant by the household's clock times; `at` None where the anchor has none yet."""

    key: SlotKey
    at: datetime | None
    part: PartOfDay | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """What the rule needs of a session. `started_at` is None when only its day, or `part` of it, is known."""

    id: UUID
    on: date
    started_at: datetime | None
    names: SlotKey | None = None
    part: PartOfDay | None = None


def fill(slots: Iterable[DaySlot], sessions: Iterable[Placed]) -> dict[UUID, SlotKey | None]:
    """The slot of every session, None where it counts for its day only.

    A session may name a slot of another day, and two may name the same one. The others choose in the order
    they started (then by id), each the nearest slot still unfilled, the earlier of two equally near; those
    told by a part of the day choose last. `slots` without a time are filled by name or part only.
    """
    offered = sorted(slots, key=lambda slot: slot.key)
    known = {slot.key for slot in offered}
    waiting: list[tuple[datetime, UUID, date]] = []
    told_by_part: list[tuple[UUID, date, PartOfDay]] = []
    answer: dict[UUID, SlotKey | None] = {}
    for session in sessions:
        answer[session.id] = session.names if session.names in known else None
        if answer[session.id] is None and session.started_at is not None:
            waiting.append((session.started_at, session.id, session.on))
        elif answer[session.id] is None and session.part is not None:
            told_by_part.append((session.id, session.on, session.part))
    filled = {key for key in answer.values() if key is not None}
    for started_at, session_id, on in sorted(waiting):
        near = [
            (abs(slot.at - started_at), slot.key)
            for slot in offered
            if slot.at is not None
            and slot.key.on == on
            and slot.key not in filled
            and abs(slot.at - started_at) <= NEAR
        ]
        if near:
            chosen = min(near)[1]
            answer[session_id] = chosen
            filled.add(chosen)
    for session_id, on, part in sorted(told_by_part):
        there = (slot.key for slot in offered if slot.key.on == on and slot.part is part)
        answer[session_id] = first = next((key for key in there if key not in filled), None)
        if first is not None:
            filled.add(first)
    return answer
