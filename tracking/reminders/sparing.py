"""Reminders for "n a week": from the start of each program week until n sessions were offered.

At most n days of a week are reminded of. Our own rule.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from tracking.models import ReminderOccurrence
from tracking.models.reminders import DeliveryState
from tracking.reminders.asking import Asking, Place
from tracking.reminders.logged import Logbook
from tracking.vocabulary.programs import FrequencyPer

WEEK = timedelta(days=7)


class Weeks:
    """What weeks had already. Reads nothing after it was made; no statement where nothing is n a week."""

    def __init__(self, asking: Asking, asked: Collection[tuple[Place, date]]) -> None:
        self._asking = asking
        weekly = [(place, day) for place, day in asked if self._times(place, day)]
        self._logbook = Logbook(asking, weekly)
        self._reminded: dict[tuple[uuid.UUID, int], set[date]] = defaultdict(set)
        if not weekly:
            return
        days = [day for _, day in weekly]
        for program_id, number, day in ReminderOccurrence.objects.filter(
            rule__program__in={place.program_id for place, _ in weekly},
            local_day__range=(min(days) - WEEK, max(days)),
            deliveries__state__in=[DeliveryState.SENT, DeliveryState.MERGED],
        ).values_list("rule__program_id", "slot_number", "local_day"):
            self._reminded[program_id, number].add(day)

    def is_spared(self, place: Place, day: date) -> bool:
        """Whether the week of `day` has had its n offered sessions, or n days of reminders beside it."""
        times = self._times(place, day)
        if not times:
            return False
        week = self._asking.week_on(place, day)
        others = self._reminded[place.program_id, place.slot_number] - {day}
        had = sum(self._asking.week_on(place, on) == week for on in others)
        return had >= times or self._logbook.is_week_done(place, day)

    def _times(self, place: Place, day: date) -> int:
        """How often a week; 0 where it is not so many a week."""
        schedule = self._asking.schedule_on(place, day)
        return schedule.times if schedule and schedule.per is FrequencyPer.WEEK else 0
