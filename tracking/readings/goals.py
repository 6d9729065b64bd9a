"""A child's goals with their ratings, and the totals of standard instruments, for the care team's page."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from clinic.models import Child
from tracking.models import Assessment, Goal, GoalRating
from tracking.models.supervision import is_unsigned


@dataclass(frozen=True, slots=True)
class Rating:
    level: int
    on: dt.date
    by: str
    note: str
    language: str


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal and its ratings, newest first. `rungs` are (level, text) from +2 down; `level_now` where the
    child is: the latest rating, else the level at the beginning.
    """

    id: uuid.UUID
    title: str
    own_words: str
    own_words_language: str
    language: str
    rungs: tuple[tuple[int, str], ...]
    baseline_level: int
    level_now: int
    importance: int | None
    difficulty: int | None
    primary_outcome: str
    is_open: bool
    is_draft: bool
    set_on: dt.date
    lock_version: int
    ratings: tuple[Rating, ...]


@dataclass(frozen=True, slots=True)
class AssessmentCard:
    """What an instrument said on a day; `totals` are (score, value, band)."""

    id: uuid.UUID
    instrument: str
    on: dt.date
    respondent: str
    language: str
    by: str
    totals: tuple[tuple[str, float, str], ...]


def goals_of(child: Child) -> tuple[GoalCard, ...]:
    """Open goals before closed ones, in the order they were set; two statements."""
    rows = Goal.objects.filter(child=child).annotate(is_draft=is_unsigned(Goal))
    goals = list(rows.order_by("-is_open", "set_on", "id"))
    ratings: dict[uuid.UUID, list[Rating]] = {goal.pk: [] for goal in goals}
    rated = GoalRating.objects.filter(goal__in=ratings).select_related("by")
    for row in rated.order_by("-on", "-at", "-id"):
        ratings[row.goal_id].append(Rating(row.level, row.on, row.by.name, row.note, row.language))
    return tuple(_card(goal, tuple(ratings[goal.pk])) for goal in goals)


def assessments_of(child: Child) -> tuple[AssessmentCard, ...]:
    """Newest first; one statement."""
    rows = Assessment.objects.filter(child=child).select_related("by").order_by("-on", "-at", "-id")
    return tuple(
        AssessmentCard(
            id=row.pk,
            instrument=row.instrument,
            on=row.on,
            respondent=row.respondent,
            language=row.language,
            by=row.by.name,
            totals=tuple((name, one["value"], one.get("band", "")) for name, one in row.totals.items()),
        )
        for row in rows
    )


def _card(goal: Goal, ratings: tuple[Rating, ...]) -> GoalCard:
    return GoalCard(
        id=goal.pk,
        title=goal.title,
        own_words=goal.own_words,
        own_words_language=goal.own_words_language,
        language=goal.language,
        rungs=tuple(zip(range(2, -3, -1), reversed(goal.ladder), strict=True)),
        baseline_level=goal.baseline_level,
        level_now=ratings[0].level if ratings else goal.baseline_level,
        importance=goal.importance,
        difficulty=goal.difficulty,
        primary_outcome=goal.primary_outcome,
        is_open=goal.is_open,
        is_draft=vars(goal)["is_draft"],
        set_on=goal.set_on,
        lock_version=goal.lock_version,
        ratings=ratings,
    )
