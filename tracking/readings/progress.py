"""A child's progress over a period: massages offered and given, series, and summaries. For pages and reports.

Limited to the entries a reader may read: the care team all of them, a guardian by the sharing mode, a
log-only caregiver their own.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, OuterRef, Subquery
from django.db.models.functions import Greatest

from clinic.models import Child, User
from clinic.vocabulary import SharingMode
from tracking.adherence import Adherence
from tracking.models import Bedtime, MassageSession, StimulusDay, TactileObservation
from tracking.outcomes.plans import Plan, plans_of
from tracking.outcomes.points import (
    Bedtimes,
    CameUp,
    Touches,
    bedtime_points,
    came_up_days,
    opportunity_points,
    request_points,
    target_points,
    touch_points,
)
from tracking.outcomes.series import Series, SeriesPoint, series
from tracking.outcomes.sessions import (
    SessionFact,
    StripDay,
    exposure,
    sessions_of,
    step_seconds,
    strip,
)
from tracking.outcomes.signs import NotedSigns, noted_signs
from tracking.outcomes.summaries import (
    IntensityCounts,
    NOfN,
    PhaseSummary,
    TargetStates,
    by_phase,
    days_offered,
    intensity_counts,
    outcome_counts,
    target_states,
)
from tracking.readings.asking import AskPlans, ask_plans_of
from tracking.readings.sight import Sight, sight_of
from tracking.schedule import days_from
from tracking.vocabulary.asking import Question
from tracking.vocabulary.outcomes import Outcome
from tracking.vocabulary.programs import Provider, SessionOutcome

STRIP_DAYS = 14


@dataclass(frozen=True, slots=True)
class Progress:
    """One child over the local days from `first` to `last`, read against `plan` (None: no program yet).

    `exposure` spans the whole program up to `last`, by program weeks; it is the care team's and None for
    everybody else, who read `offered_days`: on how many of the days asked for in the period a massage was
    offered. `with_therapist` is the same of the therapist's own schedule, None where the program holds none.
    `sessions` are the team's too: they tell in which zone they happened. `strip` is the last 14 days of the
    period, `calendar` all of its days, the care team's alone. `days_with_entry`: of all days in the period,
    how many have any entry. `points` are those of each outcome from before the program on, one a night, touch
    or massage; `met` are the touches with what it was, `came_up` the answers whether they came up;
    `entry_days` the days with any entry.
    """

    child_id: uuid.UUID
    first: dt.date
    last: dt.date
    plans: tuple[Plan, ...]
    plan: Plan | None
    sessions: tuple[SessionFact, ...]
    strip: tuple[StripDay, ...]
    calendar: tuple[StripDay, ...]
    outcome_counts: Mapping[SessionOutcome, int]
    signs: NotedSigns
    exposure: Adherence | None
    with_therapist: Adherence | None
    offered_days: NOfN
    days_with_entry: NOfN
    points: Mapping[Outcome, Sequence[SeriesPoint]]
    met: tuple[tuple[SeriesPoint, str], ...]
    came_up: tuple[CameUp, ...]
    entry_days: frozenset[dt.date]
    asking: AskPlans
    latency: Series
    latency_phases: tuple[PhaseSummary, ...]
    touch: Series
    touch_phases: tuple[PhaseSummary, ...]
    touch_counts: IntensityCounts
    target_states: TargetStates | None
    last_entry_on: dt.date | None
    sight: Sight


def progress(
    user: User, child: Child, *, first: dt.date, last: dt.date, sight: Sight | None = None
) -> Progress:
    """The child's record from `first` to `last` as `user` may read it, in a constant number of statements."""
    sight = sight or sight_of(user, child)
    plans = plans_of([child.pk], active_only=False).get(child.pk, [])
    return progress_of(sight, child, plans, first=first, last=last)


def progress_of(
    sight: Sight, child: Child, plans: Sequence[Plan], *, first: dt.date, last: dt.date
) -> Progress:
    """As `progress`, of plans already read; five or six statements."""
    plan = main_plan(plans, on=last)
    only_by = None if _reads_all(sight) else sight.user_id
    since = first if plan is None else min(first, plan.baseline_starts_on or plan.started_on)
    span: dict[str, Any] = {"first": since, "last": last, "only_by": only_by}
    ids = [child.pk]
    sessions = sessions_of(ids, **span).get(child.pk, [])
    nights = bedtime_points(ids, **span).get(child.pk, Bedtimes())
    touches = touch_points(ids, **span).get(child.pk, Touches())
    answers = came_up_days(ids, **span).get(child.pk, [])
    entry_days = nights.days | touches.days | {one.on for one in sessions} | {one.on for one in answers}
    targets = plan.current.target_states if plan else ()
    inside = [one for one in sessions if first <= one.on <= last]
    every_day = list(days_from(first, last))
    asked = [day for day in every_day if any(each.asks_on(day) for each in plans)]
    plans_asked = ask_plans_of(child)
    days = strip(plans, inside, last=last, days=len(every_day))
    at_home, with_therapist = (
        _exposures(plan, sessions, entry_days, until=last) if sight.is_team else (None, None)
    )
    within = {"plan": plan, "first": first, "last": last}
    latency = series(
        Outcome.SLEEP_LATENCY,
        nights.latency,
        not_asked=plans_asked.days_without(Question.BEDTIME, every_day),
        **within,  # type: ignore[arg-type]  # one set of arguments
    )
    touch = series(
        Outcome.TOUCH_INTENSITY,
        touches.intensity,
        not_asked=plans_asked.days_without(Question.TOUCH, every_day),
        **within,  # type: ignore[arg-type]
    )
    return Progress(
        child_id=child.pk,
        first=first,
        last=last,
        plans=tuple(plans),
        plan=plan,
        sessions=tuple(inside) if sight.is_team else (),
        strip=days[-STRIP_DAYS:],
        calendar=days if sight.is_team else (),
        outcome_counts=outcome_counts(inside),
        signs=noted_signs(inside),
        exposure=at_home,
        with_therapist=with_therapist,
        offered_days=days_offered(inside, asked),
        days_with_entry=NOfN(len(entry_days & set(every_day)), len(every_day)),
        points={
            Outcome.SLEEP_LATENCY: nights.latency,
            Outcome.BEDTIME_RESISTANCE: nights.resistance,
            Outcome.TOUCH_INTENSITY: touches.intensity,
            Outcome.TOUCH_WEEKLY: touches.intensity,
            Outcome.TOUCH_PER_OPPORTUNITY: opportunity_points(touches, answers),
            Outcome.RECOVERY_MINUTES: touches.recovery,
            Outcome.TARGET_STATE: target_points(sessions, targets),
            Outcome.OWN_REQUESTS: request_points(sessions),
        },
        met=tuple(one for one in touches.met if first <= one[0].on <= last),
        came_up=tuple(one for one in answers if first <= one.on <= last),
        entry_days=frozenset(entry_days),
        asking=plans_asked,
        latency=latency,
        latency_phases=by_phase(latency),
        touch=touch,
        touch_phases=by_phase(touch),
        touch_counts=intensity_counts(int(point.value) for point in touch.points),
        target_states=target_states(inside, targets) if plan else None,
        last_entry_on=max(entry_days, default=None),
        sight=sight,
    )


def last_entry_on(child: str = "pk") -> Greatest:
    """The last local day with any counted entry, as an annotation of rows whose column `child` names one."""
    kinds = (MassageSession, Bedtime, TactileObservation, StimulusDay)
    return Greatest(*(_last_day(kind, child) for kind in kinds))


def last_entry_days(child_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dt.date]:
    """The last local day with any counted entry by child, for those that have one; one statement."""
    rows = Child.objects.filter(pk__in=list(child_ids)).annotate(last_on=last_entry_on())
    return {child_id: day for child_id, day in rows.values_list("pk", "last_on") if day is not None}


def _last_day(kind: Any, child: str) -> Subquery:
    latest = kind.objects.counted().filter(child=OuterRef(child)).order_by("-local_day", "-id")
    return Subquery(latest.values("local_day")[:1], output_field=DateField())


def main_plan(plans: Sequence[Plan], *, on: dt.date) -> Plan | None:
    """The program a record is read against: the one that runs on a day, else the last that began."""
    begun = [plan for plan in plans if plan.phase_on(on) is not None]
    chosen = begun or list(plans)
    return chosen[-1] if chosen else None


def _reads_all(sight: Sight) -> bool:
    return sight.is_team or (sight.is_guardian and sight.sharing_mode != SharingMode.OWN_ONLY)


def _exposures(
    plan: Plan | None, sessions: Sequence[SessionFact], entry_days: set[dt.date], *, until: dt.date
) -> tuple[Adherence | None, Adherence | None]:
    """By the family's schedule and by the therapist's own; None without one."""
    if plan is None:
        return None, None
    told: dict[str, Any] = {
        "until": until,
        "days_with_entry": entry_days,
        "seconds": step_seconds(sessions),
    }
    theirs = Provider.THERAPIST
    return (
        exposure(plan, sessions, **told),
        exposure(plan, sessions, provider=theirs, **told) if plan.prescribed(theirs) else None,
    )
