"""A child's goals with their ratings, and the totals of standard instruments, as a reader may see them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace

from clinic.models import Child, User
from tracking.models import Assessment, Goal, GoalRating
from tracking.models.supervision import is_unsigned
from tracking.readings.sight import Sight


@dataclass(frozen=True, slots=True)
class Rating:
    level: int
    on: dt.date
    by: str
    note: str
    language: str


@dataclass(frozen=True, slots=True)
class Rung:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal and its ratings, newest first. `rungs` go from +2 down; `level_now` is where the child is: the
    latest rating, else the level at the beginning.
    """

    id: uuid.UUID
    title: str
    own_words: str
    own_words_language: str
    language: str
    rungs: tuple[Rung, ...]
    baseline_level: int
    level_now: int
    importance: int | None
    difficulty: int | None
    primary_outcome: str
    outcome_named_on: dt.date | None
    is_open: bool
    is_draft: bool
    set_on: dt.date
    lock_version: int
    ratings: tuple[Rating, ...]

    @property
    def began(self) -> str:
        """Where the child was when it was set, in the words of the ladder."""
        return self._at(self.baseline_level) or ""

    @property
    def now(self) -> str:
        """Where the child is, in the words of the ladder."""
        return self._at(self.level_now) or ""

    @property
    def next_step(self) -> str | None:
        """The rung above; None on the highest."""
        return self._at(self.level_now + 1)

    def _at(self, level: int) -> str | None:
        return next((rung.text for rung in self.rungs if rung.level == level), None)


@dataclass(frozen=True, slots=True)
class Total:
    """One score of an instrument. `least` and `most` are what it can be, None where nobody said.

    `band` is what the instrument calls it, empty: nobody said.
    """

    score: str
    value: float
    least: float | None
    most: float | None
    band: str


@dataclass(frozen=True, slots=True)
class AssessmentCard:
    """What an instrument said on a day; one that `is_draft` waits for a signature.

    What the total is called and who answered are the team's: empty for guardians, who get the numbers.
    """

    id: uuid.UUID
    instrument: str
    on: dt.date
    respondent: str
    language: str
    by: str
    is_draft: bool
    totals: tuple[Total, ...]


def goals_of(user: User, child: Child) -> tuple[GoalCard, ...]:
    """Those `user` may see, open ones before closed ones, in the order they were set; two statements."""
    rows = Goal.objects.visible_to(user).filter(child=child).annotate(is_draft=is_unsigned(Goal))
    goals = list(rows.order_by("-is_open", "set_on", "id"))
    ratings: dict[uuid.UUID, list[Rating]] = {goal.pk: [] for goal in goals}
    rated = GoalRating.objects.filter(goal__in=ratings).select_related("by")
    for row in rated.order_by("-on", "-at", "-id"):
        ratings[row.goal_id].append(Rating(row.level, row.on, row.by.name, row.note, row.language))
    return tuple(_card(goal, tuple(ratings[goal.pk])) for goal in goals)


def assessments_of(user: User, child: Child, sight: Sight) -> tuple[AssessmentCard, ...]:
    """Those `user` may see, newest first; one statement."""
    rows = Assessment.objects.visible_to(user).filter(child=child).select_related("by")
    annotated = rows.annotate(is_draft=is_unsigned(Assessment)).order_by("-on", "-at", "-id")
    return tuple(
        AssessmentCard(
            id=row.pk,
            instrument=row.instrument,
            on=row.on,
            respondent=row.respondent if sight.is_team else "",
            language=row.language,
            by=row.by.name,
            is_draft=vars(row)["is_draft"],
            totals=tuple(one if sight.is_team else replace(one, band="") for one in totals_of(row)),
        )
        for row in annotated
    )


def totals_of(assessment: Assessment) -> tuple[Total, ...]:
    return tuple(
        Total(name, told["value"], told.get("least"), told.get("most"), told.get("band", ""))
        for name, told in assessment.totals.items()
    )


def _card(goal: Goal, ratings: tuple[Rating, ...]) -> GoalCard:
    return GoalCard(
        id=goal.pk,
        title=goal.title,
        own_words=goal.own_words,
        own_words_language=goal.own_words_language,
        language=goal.language,
        rungs=tuple(map(Rung, range(2, -3, -1), reversed(goal.ladder))),
        baseline_level=goal.baseline_level,
        level_now=ratings[0].level if ratings else goal.baseline_level,
        importance=goal.importance,
        difficulty=goal.difficulty,
        primary_outcome=goal.primary_outcome,
        outcome_named_on=goal.outcome_named_on,
        is_open=goal.is_open,
        is_draft=vars(goal)["is_draft"],
        set_on=goal.set_on,
        lock_version=goal.lock_version,
        ratings=ratings,
    )
