"""Progress as families read it: on how many of the last evenings a massage was offered, and each day's state.

Written as "4 of the last 7 evenings": never as a percentage or a streak, and never by person. An evening on
which the child had had enough counts like any other.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from clinic.localtime import local_day
from clinic.models import Child, Family, User
from clinic.whereabouts import whereabouts
from tracking.models import ProgramState
from tracking.outcomes.plans import Plan, PlannedSchedule, plans_of
from tracking.outcomes.sessions import SessionFact, StripDay, sessions_of, strip
from tracking.outcomes.summaries import NOfN, days_offered
from tracking.readings.after_care import care_ended
from tracking.readings.sight import Sight, sight_of
from tracking.vocabulary.outcomes import DayState
from tracking.vocabulary.programs import Anchor, FrequencyPer, Provider

RECENT_DAYS = 7
STRIP_DAYS = 14
EVENING_ANCHORS = frozenset({Anchor.BEDTIME, Anchor.AFTER_BATH, Anchor.BEFORE_BATH})


@dataclass(frozen=True, slots=True)
class ProgramSoFar:
    """One running program: `recent` of the last seven days that were asked for, None before the first;
    `week_done` of this program week, where it counts by the week.
    """

    program_id: uuid.UUID
    title: str
    title_language: str
    is_evenings: bool
    is_paused: bool
    recent: NOfN | None
    week_done: NOfN | None


@dataclass(frozen=True, slots=True)
class SoFar:
    """`on` is the reader's local day; `days` the last fourteen, oldest first, over all programs.

    While nothing is asked for (hospital, care that has ended) there are no programs; of a child that has died
    there are no days either.
    """

    on: dt.date
    programs: tuple[ProgramSoFar, ...]
    days: tuple[StripDay, ...]


def so_far(
    user: User, child: Child, *, now: dt.datetime, sight: Sight | None = None, household: Family | None = None
) -> SoFar:
    """How it went lately as `user` may know it, by the days of their own household."""
    sight = sight or sight_of(user, child)
    zone = _zone(child, sight, household)
    day = local_day(now, zone)
    if child.died_on is not None:
        return SoFar(day, (), ())
    first = day - dt.timedelta(days=STRIP_DAYS)
    sessions = known(sessions_of([child.pk], first=first, last=day).get(child.pk, []), sight)
    plans = plans_of([child.pk], active_only=False).get(child.pk, [])
    left_out = _away(child, sight, first=first, last=day)
    is_resting = child.in_hospital_since is not None or care_ended(child, sight) is not None
    running = [] if is_resting else [plan for plan in plans if plan.state == ProgramState.ACTIVE]
    return SoFar(
        on=day,
        programs=tuple(_program(plan, sessions, day=day, left_out=left_out) for plan in running),
        days=tuple(
            replace(one, state=DayState.NOT_PRESCRIBED) if one.on in left_out else one
            for one in strip(plans, sessions, last=day, days=STRIP_DAYS)
        ),
    )


def _zone(child: Child, sight: Sight, household: Family | None) -> str:
    if household is not None:
        return household.zone
    if sight.family_id is None:
        return child.clinic.zone
    return Family.objects.values_list("zone", flat=True).get(pk=sight.family_id)


def _away(child: Child, sight: Sight, *, first: dt.date, last: dt.date) -> frozenset[dt.date]:
    """Days of which a household that reads its own entries alone could not know: the child was elsewhere."""
    if sight.family_id is None or not sight.reads_own_home_alone:
        return frozenset()
    where = whereabouts(child, since=first)
    days = [first + dt.timedelta(days=each) for each in range((last - first).days + 1)]
    return frozenset(day for day in days if not where.is_at(sight.family_id, day))


def _program(
    plan: Plan, sessions: Sequence[SessionFact], *, day: dt.date, left_out: Collection[dt.date]
) -> ProgramSoFar:
    mine = [one for one in sessions if one.program_id == plan.program_id]
    schedule = next((one for one in plan.schedules_on(day) if one.provider == Provider.CAREGIVER), None)
    return ProgramSoFar(
        program_id=plan.program_id,
        title=plan.title,
        title_language=plan.title_language,
        is_evenings=is_evenings(schedule),
        is_paused=plan.is_paused_on(day),
        recent=recent(plan, mine, day=day, left_out=left_out),
        week_done=week_done(plan, schedule, mine, day=day),
    )


# ---- counting: tonight's first screen and its reminders count alike --------------------------------------


def known(sessions: Iterable[SessionFact], sight: Sight) -> list[SessionFact]:
    """Those the reader may know of at all."""
    return [
        one
        for one in sessions
        if sight.may_know_of(family_id=one.family_id, reported_by_id=one.reported_by_id)
    ]


def is_evenings(schedule: PlannedSchedule | None) -> bool:
    """Whether to say evenings, not days."""
    if schedule is None or not schedule.slots:
        return False
    return all(slot.anchor in EVENING_ANCHORS for slot in schedule.slots)


def recent(
    plan: Plan, sessions: Sequence[SessionFact], *, day: dt.date, left_out: Collection[dt.date]
) -> NOfN | None:
    """Of the last seven days, today only once something is logged: an evening to come is not counted.

    A household that reads its own entries alone reads of its own days, without those `left_out`: it could not
    know of the others.
    """
    today = any(one.on == day and one.is_offered for one in sessions)
    last = day if today else day - dt.timedelta(days=1)
    days = [last - dt.timedelta(days=back) for back in range(RECENT_DAYS)]
    asked = [each for each in days if plan.asks_on(each) and each not in left_out]
    return days_offered(sessions, asked) if asked else None


def week_done(
    plan: Plan, schedule: PlannedSchedule | None, sessions: Sequence[SessionFact], *, day: dt.date
) -> NOfN | None:
    """Of this program week, for a program that counts by the week; None for any other."""
    if schedule is None or schedule.per is FrequencyPer.DAY:
        return None
    asked = schedule.count * (len(schedule.weekdays) if schedule.per is FrequencyPer.NAMED_DAYS else 1)
    here = sum(one.on == day and one.is_offered for one in sessions)
    return NOfN(offered_this_week(plan, sessions, day=day) + here, asked)


def offered_this_week(plan: Plan, sessions: Sequence[SessionFact], *, day: dt.date) -> int:
    """Sessions offered in this program week on other days."""
    week = plan.week_on(day)
    return sum(one.is_offered and one.on < day and plan.week_on(one.on) == week for one in sessions)
