"""Which slot of its day a session fills.

The slot it names; else the nearest unfilled slot of its local day within 3 hours of its start; else none: it
counts for the day. Today, reminders and adherence read the same answer. Our own rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

NEAR = timedelta(hours=3)


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


@dataclass(frozen=True, slots=True)
class Placed:
    """What the rule needs of a session. `started_at` is None when only its day is known."""

    id: UUID
    on: date
    started_at: datetime | None
    names: SlotKey | None = None


def fill(slots: Iterable[DaySlot], sessions: Iterable[Placed]) -> dict[UUID, SlotKey | None]:
    """The slot of every session, None where it counts for its day only.

    A session may name a slot of another day, and two may name the same one. The others choose in the order
    they started (then by id), each the nearest slot still unfilled, the earlier of two equally near. `slots`
    without a time are filled by name only.
    """
    offered = sorted(slots, key=lambda slot: slot.key)
    known = {slot.key for slot in offered}
    waiting: list[tuple[datetime, UUID, date]] = []
    answer: dict[UUID, SlotKey | None] = {}
    for session in sessions:
        answer[session.id] = session.names if session.names in known else None
        if answer[session.id] is None and session.started_at is not None:
            waiting.append((session.started_at, session.id, session.on))
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
    return answer
