"""Whether a slot needs no reminder because somebody has logged: many slots in one statement.

A slot is logged when a session fills it by the rule of slots, or names it; also when as many sessions count
for the day (or, with n a week, for the program week) as are asked for, or when somebody said "not today". An
entry from any household silences the reminders of every household. Our own rule: better one reminder too few.

The diary before a program is logged once the day has any entry: a bedtime, a touch, a massage.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, timedelta

from tracking.models import Bedtime, StimulusDay, TactileObservation
from tracking.outcomes.sessions import SessionFact, sessions_of
from tracking.reminders.asking import Asking, Place
from tracking.slots import SlotKey, fill
from tracking.vocabulary.programs import Provider, SessionOutcome
from tracking.vocabulary.reasons import NotTodayReason

WEEK = timedelta(days=7)


class Logbook:
    """What was logged of some children around some days. Reads nothing after it was made.

    Two statements, and one more where a diary is among what is `asked`.
    """

    def __init__(self, asking: Asking, asked: Collection[tuple[Place, date]]) -> None:
        self._asking = asking
        self._diary_days = _diary_days([(place, day) for place, day in asked if asking.is_diary(place, day)])
        days = [day for _, day in asked]
        goes_by_weeks = any(asking.is_by_week(place, day) for place, day in asked)
        self._sessions = (
            sessions_of(
                {place.child_id for place, _ in asked},
                first=min(days) - (WEEK if goes_by_weeks else timedelta()),
                last=max(days),
            )
            if asked
            else {}
        )

    def is_blank(self, place: Place, day: date) -> bool:
        """Whether no massage was logged of the child that could, with others, make the slot a logged one."""
        any_day = self._asking.is_by_week(place, day)
        return not any(any_day or session.on == day for session in self._sessions.get(place.child_id, ()))

    def is_logged(self, place: Place, day: date) -> bool:
        """Whether the slot of `place` on `day` is to be left in peace."""
        if self._is_somebody_not_up_to_it(place, day):
            return True
        sessions = [session for session in self._of(place) if session.on == day]
        if self._asking.is_diary(place, day):
            return bool(sessions) or (place.child_id, day) in self._diary_days
        if any(session.outcome == SessionOutcome.NOT_TODAY for session in sessions):
            return True
        slots = self._asking.day_slots(place, day)
        filled = fill(slots, [session.placed for session in sessions])
        if SlotKey(day, place.slot_number) in filled.values() or 0 < len(slots) <= len(sessions):
            return True
        return self.is_week_done(place, day)

    def _is_somebody_not_up_to_it(self, place: Place, day: date) -> bool:
        """Said of the whole evening, whatever program: nobody is reminded of anything any more."""
        return any(
            session.on == day and session.not_today_reason == NotTodayReason.NOT_UP_TO_IT
            for session in self._sessions.get(place.child_id, [])
        )

    def is_week_done(self, place: Place, day: date) -> bool:
        """For n a week: whether n were offered in the program week of `day`, up to that day."""
        asking = self._asking
        schedule = asking.schedule_on(place, day)
        week = asking.week_on(place, day)
        if schedule is None or not asking.is_by_week(place, day) or week is None:
            return False
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


def _diary_days(asked: Collection[tuple[Place, date]]) -> set[tuple[uuid.UUID, date]]:
    """The days with a bedtime, an observation or an answer about a tracked touch, by child."""
    if not asked:
        return set()
    children, days = {place.child_id for place, _ in asked}, {day for _, day in asked}
    bedtimes, touches, answers = (
        kind.objects.counted()
        .filter(child__in=children, local_day__in=days)
        .values_list("child_id", "local_day")
        for kind in (Bedtime, TactileObservation, StimulusDay)
    )
    return set(bedtimes.union(touches, answers))
