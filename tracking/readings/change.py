"""The primary outcomes of a child's open goals, compared before and since the program.

Limited to the goals a reader may see and the entries they may read.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from clinic.models import Child, User
from tracking.models import Goal
from tracking.outcomes.change import Change, Teller, change_of
from tracking.readings.progress import Progress, progress
from tracking.readings.sight import Byline, Sight, sight_of
from tracking.schedule import days_from
from tracking.vocabulary.asking import Question
from tracking.vocabulary.outcomes import Outcome

QUESTIONS: Mapping[Outcome, Question] = {
    Outcome.SLEEP_LATENCY: Question.BEDTIME,
    Outcome.BEDTIME_RESISTANCE: Question.BEDTIME,
    Outcome.TOUCH_INTENSITY: Question.TOUCH,
    Outcome.TOUCH_WEEKLY: Question.TOUCH,
    Outcome.TOUCH_PER_OPPORTUNITY: Question.TOUCH,
    Outcome.RECOVERY_MINUTES: Question.TOUCH,
    Outcome.TARGET_STATE: Question.STATE_AFTER,
    Outcome.OWN_REQUESTS: Question.CUES,
}
"""What a family has to be asked for an outcome to have values."""


class Measured(Protocol):
    """A goal, as far as it is measured."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def client_id(self) -> uuid.UUID: ...
    @property
    def title(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def primary_outcome(self) -> str: ...
    @property
    def outcome_named_on(self) -> dt.date | None: ...
    @property
    def is_open(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class TellerSeen:
    """Who told values, as the reader may know them, and how many before and since the program began."""

    byline: Byline
    before_count: int
    since_count: int


@dataclass(frozen=True, slots=True)
class GoalChange:
    """A goal and its primary outcome, before and since the program began."""

    goal_id: uuid.UUID
    client_id: uuid.UUID
    title: str
    language: str
    outcome: Outcome
    change: Change
    tellers: tuple[TellerSeen, ...]


def goal_changes(
    user: User, child: Child, *, until: dt.date, sight: Sight | None = None
) -> tuple[GoalChange, ...]:
    """Of each open goal in sight that is measured by something, up to a local day.

    The caller has made sure that `user` may see the child's goals.
    """
    measured = _measured_goals(user, child)
    if not measured:
        return ()
    sight = sight or sight_of(user, child)
    return changes_of(progress(user, child, first=until, last=until, sight=sight), measured, sight)


def measured_progress(
    user: User, child: Child, *, first: dt.date, last: dt.date
) -> tuple[Progress, tuple[GoalChange, ...]]:
    """The record of a period, and what changed alongside up to its last day."""
    sight = sight_of(user, child)
    read = progress(user, child, first=first, last=last, sight=sight)
    return read, changes_of(read, _measured_goals(user, child), sight)


def _measured_goals(user: User, child: Child) -> list[Goal]:
    """The open goals in sight that are measured by something, in the order they were set; one statement."""
    goals = Goal.objects.visible_to(user).filter(child=child, is_open=True).exclude(primary_outcome="")
    return list(goals.order_by("set_on", "id"))


def changes_of(read: Progress, goals: Iterable[Measured], sight: Sight) -> tuple[GoalChange, ...]:
    """As `goal_changes`, of a record already read; without a program there is nothing to compare."""
    found = []
    for goal in goals:
        if not goal.is_open or not goal.primary_outcome:
            continue
        outcome = Outcome(goal.primary_outcome)
        change = change_in(read, outcome, named_on=goal.outcome_named_on)
        if change is None:
            continue
        tellers = tuple(_seen(one, sight) for one in change.tellers)
        found.append(GoalChange(goal.id, goal.client_id, goal.title, goal.language, outcome, change, tellers))
    return tuple(found)


def change_in(read: Progress, outcome: Outcome, *, named_on: dt.date | None = None) -> Change | None:
    """One outcome before and since the program began, None without a program; `named_on` as `change_of`."""
    plan = read.plan
    if plan is None:
        return None
    days = days_from(min(plan.baseline_starts_on or plan.started_on, read.last), read.last)
    return change_of(
        outcome,
        read.points[outcome],
        plan=plan,
        last=read.last,
        entry_days=read.entry_days,
        not_asked=read.asking.days_without(QUESTIONS[outcome], list(days)),
        named_on=named_on,
    )


def _seen(teller: Teller, sight: Sight) -> TellerSeen:
    place = sight.caregivers.get(teller.by) if teller.by else None
    if teller.by is None or teller.name:
        byline = sight.teller(user_id=None, name=teller.name, is_elsewhere=not sight.is_team)
    else:
        byline = sight.byline(reported_by_id=teller.by, name=place.name if place else "")
    assert byline is not None
    return TellerSeen(byline, teller.before_count, teller.since_count)
