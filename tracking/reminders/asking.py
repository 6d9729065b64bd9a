"""What programs ask of households on given days: many rules in a constant number of statements."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clinic.models import Child, Family, RoutineTime
from clinic.whereabouts import whereabouts_of
from tracking.models.reminders import SuppressedBecause
from tracking.outcomes.plans import Plan, plans_of
from tracking.reminders import moments
from tracking.schedule import ONE_DAY, Schedule
from tracking.slots import DaySlot, SlotKey, usual_part
from tracking.vocabulary.programs import FrequencyPer

LOOK_AHEAD = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which days a household wants to be reminded on, of those its program asks for (`ReminderRule`)."""

    weekdays: frozenset[int] = frozenset()
    paused_through: date | None = None
    only_on_home_days: bool = True

    def refusal(self, day: date) -> SuppressedBecause | None:
        """Why the household wants no reminder on that day; None where it does."""
        if self.paused_through is not None and day <= self.paused_through:
            return SuppressedBecause.PAUSED
        if self.weekdays and day.weekday() not in self.weekdays:
            return SuppressedBecause.MUTED
        return None


@dataclass(frozen=True, slots=True)
class Place:
    """One slot of one program at one household: what a rule is about, and what the household wishes of it."""

    program_id: uuid.UUID
    child_id: uuid.UUID
    family_id: uuid.UUID
    slot_number: int
    wishes: Wishes = Wishes()


@dataclass(frozen=True, slots=True)
class _ChildFacts:
    in_hospital_since: date | None
    has_died: bool
    is_archived: bool


class Asking:
    """What running programs ask at these places. Reads nothing after it was made."""

    def __init__(self, places: Collection[Place]) -> None:
        children = {place.child_id for place in places}
        families = {place.family_id for place in places}
        self._plans: dict[uuid.UUID, Plan] = {
            plan.program_id: plan for plans in plans_of(children).values() for plan in plans
        }
        self.zones: dict[uuid.UUID, str] = dict(
            Family.objects.filter(pk__in=families).values_list("pk", "zone")
        )
        self._times: dict[tuple[uuid.UUID, str], time] = {
            (family_id, anchor): at
            for family_id, anchor, at in RoutineTime.objects.filter(family__in=families).values_list(
                "family_id", "anchor", "at"
            )
        }
        self._whereabouts = whereabouts_of(children)
        self._children = {
            child_id: _ChildFacts(since, died_on is not None, archived_at is not None)
            for child_id, since, died_on, archived_at in Child.objects.filter(pk__in=children).values_list(
                "pk", "in_hospital_since", "died_on", "archived_at"
            )
        }

    def plan(self, place: Place) -> Plan | None:
        """The program of the place as it is published; None for one that does not run."""
        return self._plans.get(place.program_id)

    def clock_time(self, place: Place, anchor: str) -> time | None:
        """The household's time of a routine; None where it has set none."""
        return self._times.get((place.family_id, anchor))

    def slot_numbers(self, program_id: uuid.UUID) -> set[int]:
        """The slots caregivers have in any version of a running program, and in the diary before it."""
        return {slot.number for one in self._schedules_of(program_id) for slot in one.slots}

    def schedules(self, place: Place) -> Iterator[Schedule]:
        """The caregivers' schedules that have this slot, one for each version, the latest first."""
        for schedule in self._schedules_of(place.program_id):
            if any(slot.number == place.slot_number for slot in schedule.slots):
                yield schedule

    def _schedules_of(self, program_id: uuid.UUID) -> Iterator[Schedule]:
        """None of a program that does not run."""
        plan = self._plans.get(program_id)
        if plan is not None:
            yield from (part.schedule for part in reversed(plan.prescribed()))
            yield from plan.diary()

    def is_diary(self, place: Place, day: date) -> bool:
        """Whether it is the diary that is asked for there on that day, and not yet a massage."""
        plan = self._plans.get(place.program_id)
        return plan is not None and any(
            one.runs_on(day) and any(slot.number == place.slot_number for slot in one.slots)
            for one in plan.diary()
        )

    def week_on(self, place: Place, day: date) -> int | None:
        """The program week of a day; None where nothing runs or before it starts."""
        plan = self._plans.get(place.program_id)
        return plan.week_on(day) if plan else None

    def schedule_on(self, place: Place, day: date) -> Schedule | None:
        return next((schedule for schedule in self.schedules(place) if schedule.runs_on(day)), None)

    def is_by_week(self, place: Place, day: date) -> bool:
        """Whether it is asked for n times a week, so that other days' sessions count."""
        schedule = self.schedule_on(place, day)
        return schedule is not None and schedule.per is FrequencyPer.WEEK

    def due_at(self, place: Place, day: date) -> datetime | None:
        """When the slot is due by the household's clock; None without schedule, clock time or such a day."""
        schedule = self.schedule_on(place, day)
        at = self._time(place, schedule) if schedule else None
        if at is None:
            return None
        return moments.due_at(on=day, at=at, zone=self.zones[place.family_id])

    def expires_at(self, place: Place, day: date, due: datetime) -> datetime:
        return moments.expires_at(due=due, on=day, zone=self.zones[place.family_id])

    def day_slots(self, place: Place, day: date) -> list[DaySlot]:
        """Every slot of that day of the schedule the place belongs to, with its instant."""
        schedule = self.schedule_on(place, day)
        if schedule is None:
            return []
        zone = self.zones[place.family_id]
        slots = []
        for slot in schedule.slots_of_a_day:
            at = self.clock_time(place, slot.anchor)
            due = moments.due_at(on=day, at=at, zone=zone) if at else None
            slots.append(DaySlot(SlotKey(day, slot.number), due, usual_part(slot.anchor, at)))
        return slots

    def refusal(self, place: Place, day: date) -> SuppressedBecause | None:
        """Why nothing is asked there on that day; None where it is."""
        child = self._children.get(place.child_id)
        if child is None or child.has_died:
            return SuppressedBecause.DIED if child else SuppressedBecause.ENDED
        schedule = self.schedule_on(place, day)
        if child.is_archived or schedule is None or not schedule.asks_on(day):
            return SuppressedBecause.ENDED
        if child.in_hospital_since is not None and child.in_hospital_since <= day:
            return SuppressedBecause.HOSPITAL
        plan = self._plans[place.program_id]
        if plan.is_paused_on(day) or plan.is_excused_on(day):
            return SuppressedBecause.PAUSED
        if not self._is_reminded_there(place, day):
            return SuppressedBecause.OTHER_HOME
        return place.wishes.refusal(day)

    def home_count(self, child_id: uuid.UUID) -> int:
        where = self._whereabouts.get(child_id)
        return len(where.zones) if where is not None else 0

    def _is_reminded_there(self, place: Place, day: date) -> bool:
        """Whether the child spends that day in this household (`clinic.homes`), or it is wished anyway."""
        where = self._whereabouts.get(place.child_id)
        return where is not None and (
            place.family_id in where.on(day).at
            or (not place.wishes.only_on_home_days and place.family_id in where.zones)
        )

    def next_day(self, place: Place, *, earliest: date) -> tuple[date, datetime] | None:
        """The first day from `earliest` on that the slot is asked for here, and when; None: never again.

        Pauses of the program are not looked at: they may end early. A child who is elsewhere for two weeks is
        asked about day by day, and so is a household that wants none of the days asked for.
        """
        where = self._whereabouts.get(place.child_id)
        if where is None or place.family_id not in where.zones:
            return None
        paused_through = place.wishes.paused_through
        if paused_through is not None:
            earliest = max(earliest, paused_through + ONE_DAY)
        found = [
            answer
            for schedule in self.schedules(place)
            if (answer := self._first_of(place, schedule, max(earliest, schedule.first))) is not None
        ]
        return min(found, default=None)

    def _first_of(self, place: Place, schedule: Schedule, earliest: date) -> tuple[date, datetime] | None:
        at = self._time(place, schedule)
        if at is None:
            return None
        asked = []
        for number in range(LOOK_AHEAD.days):
            day = earliest + timedelta(days=number)
            due = moments.due_at(on=day, at=at, zone=self.zones[place.family_id])
            if schedule.asks_on(day) and due is not None:
                asked.append((day, due))
                if self._is_reminded_there(place, day) and place.wishes.refusal(day) is None:
                    return day, due
        return next(iter(asked), None)

    def _time(self, place: Place, schedule: Schedule) -> time | None:
        anchor = next(slot.anchor for slot in schedule.slots if slot.number == place.slot_number)
        return self.clock_time(place, anchor)
