"""Whether a slot needs no reminder because somebody has logged: for many slots in one statement.

A slot is logged when a session fills it by the rule of slots, or names it; also when as many sessions count
for the day (or, n a week, for the program week) as are asked for, or when somebody said "not today". Any
household's entry silences every household's reminder. Our own rule: better one reminder too few.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracking.dose import OFFERED
from tracking.duplicates import Logged, counted_ids
from tracking.models import MassageSession
from tracking.reminders.asking import Asking, Place
from tracking.schedule import ONE_DAY, program_week, week_days
from tracking.slots import DaySlot, Placed, SlotKey, fill
from tracking.vocabulary.programs import EntryState, FrequencyPer, Precision, Provider, SessionOutcome

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Session:
    id: uuid.UUID
    program_id: uuid.UUID | None
    on: date
    started_at: datetime | None
    ended_at: datetime | None
    minutes: float | None
    steps_done: int
    slot_number: int | None
    outcome: str

    @property
    def is_offered(self) -> bool:
        return self.outcome in OFFERED


class Logbook:
    """The sessions caregivers logged for some children around some days. Reads nothing after it was made."""

    def __init__(self, asked: Collection[tuple[Place, date]]) -> None:
        self._sessions: dict[uuid.UUID, list[_Session]] = defaultdict(list)
        self._counted: dict[tuple[uuid.UUID, uuid.UUID], list[_Session]] = {}
        if not asked:
            return
        days = [day for _, day in asked]
        rows = (
            MassageSession.objects.current()
            .filter(
                child__in={place.child_id for place, _ in asked},
                local_day__range=(min(days) - WEEK, max(days) + ONE_DAY),
                state=EntryState.RECORDED,
                provider=Provider.CAREGIVER,
            )
            .order_by("child_id", "local_day", "id")
            .values_list(
                *("client_id", "child_id", "program_id", "local_day", "occurred_at", "precision", "minutes"),
                *("steps", "slot_number", "outcome"),
            )
        )
        for (
            client_id,
            child_id,
            program_id,
            on,
            occurred_at,
            precision,
            minutes,
            steps,
            slot,
            outcome,
        ) in rows:
            started_at = None if precision == Precision.DAY else occurred_at
            self._sessions[child_id].append(
                _Session(
                    id=client_id,
                    program_id=program_id,
                    on=on,
                    started_at=started_at,
                    ended_at=started_at + timedelta(minutes=float(minutes))
                    if started_at and minutes is not None
                    else None,
                    minutes=None if minutes is None else float(minutes),
                    steps_done=sum(1 for step in steps if step.get("is_done")),
                    slot_number=slot,
                    outcome=outcome,
                )
            )

    def is_logged(self, asking: Asking, place: Place, day: date) -> bool:
        """Whether the slot of `place` on `day` is to be left in peace."""
        sessions = [s for s in self._of(place) if s.on == day]
        if any(s.outcome == SessionOutcome.NOT_TODAY for s in sessions):
            return True
        if any(s.slot_number == place.slot_number for s in sessions):
            return True
        times = asking.slot_times(place, day)
        counted = [s for s in self._counted_of(place) if s.on == day]
        filled = fill(
            [DaySlot(SlotKey(day, number), at) for number, at in times],
            [
                Placed(
                    s.id,
                    s.on,
                    s.started_at,
                    SlotKey(day, s.slot_number) if s.slot_number is not None else None,
                )
                for s in counted
            ],
        )
        if SlotKey(day, place.slot_number) in filled.values() or 0 < len(times) <= len(counted):
            return True
        return self.week_is_done(asking, place, day)

    def week_is_done(self, asking: Asking, place: Place, day: date) -> bool:
        """For n a week: whether n were offered in the program week of `day`, up to that day."""
        schedule = asking.schedule_on(place, day)
        if schedule is None or schedule.per is not FrequencyPer.WEEK:
            return False
        return self.offered_in(asking, place, day) >= schedule.times

    def offered_in(self, asking: Asking, place: Place, day: date) -> int:
        """How many sessions count in the program week of `day`, up to that day."""
        days = week_of(asking, place, day)
        return sum(1 for session in self._counted_of(place) if session.on in days and session.on <= day)

    def _of(self, place: Place) -> list[_Session]:
        """Sessions of this program, and those that name none."""
        return [s for s in self._sessions[place.child_id] if s.program_id in {place.program_id, None}]

    def _counted_of(self, place: Place) -> list[_Session]:
        key = (place.child_id, place.program_id)
        if key not in self._counted:
            offered = [session for session in self._of(place) if session.is_offered]
            ids = counted_ids(
                Logged(s.id, s.started_at, s.ended_at, s.minutes, s.steps_done) for s in offered
            )
            self._counted[key] = [session for session in offered if session.id in ids]
        return self._counted[key]


def week_of(asking: Asking, place: Place, day: date) -> tuple[date, ...]:
    """The days of the program week of `day`; empty before the program starts."""
    program = asking.programs.get(place.program_id)
    version = program.version_on(day) if program else None
    week = program_week(started_on=version.starts_on, day=day) if version else None
    if version is None or week is None:
        return ()
    return week_days(started_on=version.starts_on, week=week)
