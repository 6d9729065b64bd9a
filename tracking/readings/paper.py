"""A paper week: what one home is asked on each of seven days, for printing and for typing in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from clinic import rls
from clinic.models import Child, Family, RoutineTime
from clinic.whereabouts import whereabouts
from tracking.ask_plan import Asked
from tracking.models import HomeProgram, TrackedStimulus
from tracking.outcomes.plans import Plan, PlannedSchedule, plans_of, pure_schedule
from tracking.readings.asking import ask_plans_of, tracked_stimuli
from tracking.readings.routine import Routine, RoutineStep, routine
from tracking.readings.sight import called
from tracking.readings.teaching import teaching_for
from tracking.slots import usual_part
from tracking.vocabulary.asking import Question
from tracking.vocabulary.programs import PartOfDay, Phase, Provider
from tracking.vocabulary.states import ArousalLevel, InfantState, StateScale

DAYS = 7
MOST_WORDS = 4
ROOM = 8
"""Lines of a week beyond which its words to say no longer fit on the sheet."""


@dataclass(frozen=True, slots=True)
class PaperSlot:
    """A line of a day. `number` None: the program names no place in the day; `clock_time` is this home's."""

    number: int | None
    anchor: str = ""
    anchor_name: str = ""
    clock_time: dt.time | None = None

    @property
    def part(self) -> PartOfDay | None:
        return usual_part(self.anchor, self.clock_time)


@dataclass(frozen=True, slots=True)
class PaperDay:
    """One day: `is_here` where the child is at this home; elsewhere nothing is asked.

    `asks_bedtime`, `asks_state_before` and `asks_state_after` are the child's ask plan's.
    """

    on: dt.date
    is_here: bool
    zone: str
    slots: tuple[PaperSlot, ...]
    asks_bedtime: bool
    asks_state_before: bool
    asks_state_after: bool


@dataclass(frozen=True, slots=True)
class PaperWeek:
    """Seven days of a child at one home, or (`family` None) wherever the child is.

    `states` are the scale's codes in order: on paper they are numbers from 1. `routine` None: not for this
    reader, or nothing runs.
    """

    child_name: str
    family: Family | None
    days: tuple[PaperDay, ...]
    states: tuple[Enum, ...]
    touches: tuple[TrackedStimulus, ...]
    minutes: int | None
    routine: Routine | None

    @property
    def first(self) -> dt.date:
        return self.days[0].on

    @property
    def last(self) -> dt.date:
        return self.days[-1].on

    @property
    def most_slots(self) -> int:
        return max(len(day.slots) for day in self.days)

    @property
    def asks_bedtime(self) -> bool:
        return any(day.asks_bedtime for day in self.days)

    @property
    def asks_states(self) -> bool:
        return any(day.asks_state_before or day.asks_state_after for day in self.days)

    @property
    def words_to_say(self) -> list[RoutineStep]:
        """The first few steps that have words, each words once, where the sheet has room for them."""
        if self.routine is None or sum(len(day.slots) for day in self.days) > ROOM or len(self.touches) > 1:
            return []
        said = {step.words: step for step in self.routine.steps if step.words}
        return list(islice(said.values(), MOST_WORDS))


def paper_week(
    child: Child,
    family: Family | None,
    *,
    first: dt.date,
    language: str,
    with_words: bool,
    grant: str | None = None,
) -> PaperWeek:
    """The week from a local day on, in a constant number of statements.

    `with_words`: with the routine's words to say, for readers of the program; `grant`: the reader's, if they
    have one. The caller has fetched the
    child through the one door, and a household the reader may see.
    """
    days = [first + dt.timedelta(days=number) for number in range(DAYS)]
    where = whereabouts(child, since=first)
    plans = ask_plans_of(child)
    plan = next(iter(plans_of([child.pk]).get(child.pk, [])), None)
    times: dict[tuple[uuid.UUID, str], dt.time] = {
        (home, anchor): at
        for home, anchor, at in RoutineTime.objects.filter(family__in=where.zones).values_list(
            "family_id", "anchor", "at"
        )
    }
    told = []
    for day in days:
        home = family.pk if family else where.on(day).family
        asked = plans.on(day)
        told.append(
            PaperDay(
                on=day,
                is_here=family is None or where.is_at(family.pk, day),
                zone=family.zone if family else where.zone_on(day),
                slots=tuple(_slots(plan, day, home, times)),
                asks_bedtime=asked.asks(Question.BEDTIME),
                asks_state_before=asked.asks(Question.STATE_BEFORE),
                asks_state_after=asked.asks(Question.STATE_AFTER),
            )
        )
    asked_for = [one for day in days if plan for one in _schedules(plan, day)]
    return PaperWeek(
        child_name=called(child, grant),
        family=family,
        days=tuple(told),
        states=states_of(plans.on(first)),
        touches=_touches(child, days),
        minutes=asked_for[0].minutes if asked_for else None,
        routine=_routine(plan, child, family, on=first, language=language) if plan and with_words else None,
    )


def states_of(asked: Asked) -> tuple[Enum, ...]:
    """The codes of the scale a family tells states on, in their order."""
    return tuple(InfantState if asked.scale is StateScale.INFANT_STATE else ArousalLevel)


def _schedules(plan: Plan, day: dt.date) -> list[PlannedSchedule]:
    """What caregivers are asked to massage on a day; nothing in the baseline, in a pause, or on a day off."""
    if plan.phase_on(day) is not Phase.PROGRAM or not plan.asks_on(day):
        return []
    return [one for one in plan.schedules_on(day) if one.provider == Provider.CAREGIVER]


def _slots(
    plan: Plan | None, day: dt.date, home: uuid.UUID | None, times: dict[tuple[uuid.UUID, str], dt.time]
) -> Iterable[PaperSlot]:
    for schedule in _schedules(plan, day) if plan else ():
        names = {slot.number: slot.anchor_name for slot in schedule.slots}
        for slot in pure_schedule(schedule, first=day, last=day).slots_of_a_day:
            yield PaperSlot(
                number=slot.number if slot.number in names else None,
                anchor=slot.anchor,
                anchor_name=names.get(slot.number, ""),
                clock_time=times.get((home, slot.anchor)) if home else None,
            )


def _touches(child: Child, days: list[dt.date]) -> tuple[TrackedStimulus, ...]:
    """What is asked about on the last day of the week, or was on the first; the office types it too."""
    with rls.helped_by("recording"):
        found = {one.pk: one for day in (days[0], days[-1]) for one in tracked_stimuli(child, on=day)}
    return tuple(found.values())


def _routine(
    plan: Plan, child: Child, family: Family | None, *, on: dt.date, language: str
) -> Routine | None:
    program = HomeProgram.objects.select_related("current_version").get(pk=plan.program_id)
    taught = teaching_for(child, family_id=family.pk if family else None)
    return routine(program, child, teaching=taught, on=on, language=language)
