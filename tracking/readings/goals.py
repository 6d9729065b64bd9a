"""A child's goals with their ratings, as a reader may see them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic.models import Child, User
from tracking.goal_scaling import Undefined, t_score
from tracking.models import Goal, GoalRating
from tracking.models.supervision import is_unsigned


@dataclass(frozen=True, slots=True)
class Rating:
    level: int
    on: dt.date
    by: str
    note: str
    language: str
    at: dt.datetime


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
    client_id: uuid.UUID
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
class Attainment:
    """The T scores of open goals when they were set and now (50: all as expected), of `goal_count` goals.

    `now` is by each goal's latest rating, the newest of them of `rated_on`; None while `unrated_count` of
    those that count have no rating. Both None: every weight is 0. `is_weighted`: every goal has an importance
    and a difficulty. Never compared between children.
    """

    goal_count: int
    began: float | None
    now: float | None
    is_weighted: bool
    unrated_count: int
    rated_on: dt.date | None


def goals_of(user: User, child: Child, *, until: dt.date | None = None) -> tuple[GoalCard, ...]:
    """Those `user` may see, open ones before closed ones, in the order they were set; two statements.

    `until`: with the ratings up to that local day, None: with all.
    """
    rows = Goal.objects.visible_to(user).filter(child=child).annotate(is_draft=is_unsigned(Goal))
    goals = list(rows.order_by("-is_open", "set_on", "id"))
    ratings: dict[uuid.UUID, list[Rating]] = {goal.pk: [] for goal in goals}
    rated = GoalRating.objects.filter(goal__in=ratings).select_related("by")
    if until is not None:
        rated = rated.filter(on__lte=until)
    for row in rated.order_by("-on", "-at", "-id"):
        ratings[row.goal_id].append(Rating(row.level, row.on, row.by.name, row.note, row.language, row.at))
    return tuple(_card(goal, tuple(ratings[goal.pk])) for goal in goals)


def attainment_of(cards: Iterable[GoalCard]) -> Attainment | None:
    """Of open and signed goals; None without one."""
    counted = [one for one in cards if one.is_open and not one.is_draft]
    if not counted:
        return None
    weighed = [
        one.importance * one.difficulty
        for one in counted
        if one.importance is not None and one.difficulty is not None
    ]
    is_weighted = len(weighed) == len(counted)
    weights = weighed if is_weighted else [1] * len(counted)
    unrated = sum(weight > 0 and not one.ratings for one, weight in zip(counted, weights, strict=True))
    return Attainment(
        goal_count=len(counted),
        began=_t_score([one.baseline_level for one in counted], weights),
        now=None if unrated else _t_score([one.level_now for one in counted], weights),
        is_weighted=is_weighted,
        unrated_count=unrated,
        rated_on=max((one.ratings[0].on for one in counted if one.ratings), default=None),
    )


def _t_score(levels: Sequence[int], weights: Sequence[int]) -> float | None:
    """To one decimal; None where every weight is 0."""
    try:
        return round(t_score(levels, weights), 1)
    except Undefined:
        return None


def _card(goal: Goal, ratings: tuple[Rating, ...]) -> GoalCard:
    return GoalCard(
        id=goal.pk,
        client_id=goal.client_id,
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
