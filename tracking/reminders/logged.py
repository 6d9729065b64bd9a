"""Whether a slot needs no reminder because somebody has logged: for many slots in one statement.

A slot is logged when a session fills it by the rule of slots, or names it; also when as many sessions count
for the day (or, n a week, for the program week) as are asked for, or when somebody said "not today". Any
household's entry silences every household's reminder. Our own rule: better one reminder too few.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from tracking.outcomes.sessions import SessionFact, sessions_of
from tracking.reminders.asking import Asking, Place
from tracking.schedule import ONE_DAY
from tracking.slots import SlotKey, fill
from tracking.vocabulary.programs import FrequencyPer, Provider, SessionOutcome
from tracking.vocabulary.reasons import NotTodayReason

WEEK = timedelta(days=7)


class Logbook:
    """The sessions that count, of some children around some days. Reads nothing after it was made."""

    def __init__(self, asked: Collection[tuple[Place, date]]) -> None:
        days = [day for _, day in asked]
        self._sessions = (
            sessions_of(
                {place.child_id for place, _ in asked}, first=min(days) - WEEK, last=max(days) + ONE_DAY
            )
            if asked
            else {}
        )

    def is_logged(self, asking: Asking, place: Place, day: date) -> bool:
        """Whether the slot of `place` on `day` is to be left in peace."""
        if self._is_somebody_not_up_to_it(place, day):
            return True
        sessions = [session for session in self._of(place) if session.on == day]
        if any(session.outcome == SessionOutcome.NOT_TODAY for session in sessions):
            return True
        slots = asking.day_slots(place, day)
        filled = fill(slots, [session.placed for session in sessions])
        if SlotKey(day, place.slot_number) in filled.values() or 0 < len(slots) <= len(sessions):
            return True
        return self.is_week_done(asking, place, day)

    def _is_somebody_not_up_to_it(self, place: Place, day: date) -> bool:
        """Said of the whole evening, whatever program: nobody is reminded of anything any more."""
        return any(
            session.on == day and session.not_today_reason == NotTodayReason.NOT_UP_TO_IT
            for session in self._sessions.get(place.child_id, [])
        )

    def is_week_done(self, asking: Asking, place: Place, day: date) -> bool:
        """For n a week: whether n were offered in the program week of `day`, up to that day."""
        schedule = asking.schedule_on(place, day)
        if schedule is None or schedule.per is not FrequencyPer.WEEK:
            return False
        week = asking.week_on(place, day)
        offered = sum(
            session.is_offered and session.on <= day and asking.week_on(place, session.on) == week
            for session in self._of(place)
        )
        return offered >= schedule.times

    def _of(self, place: Place) -> list[SessionFact]:
        """What caregivers logged for this program, or for none in particular."""
        return [
            session
            for session in self._sessions.get(place.child_id, [])
            if session.provider == Provider.CAREGIVER and session.program_id in {place.program_id, None}
        ]
