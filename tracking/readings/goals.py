"""A child's goals with their ratings, and the totals of standard instruments, as a reader may see them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from clinic.models import Child, User
from tracking.goal_scaling import NOTABLE_POINTS, Undefined, t_score
from tracking.models import Assessment, Goal, GoalRating
from tracking.models.supervision import is_unsigned
from tracking.readings.sight import Sight
from tracking.vocabulary.programs import Instrument


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
class Total:
    """One score of an instrument. `least` and `most` are what it can be, None where nobody said.

    `band` is what the instrument calls it, empty: nobody said. `since_first` is the difference to the first
    total of this name by this instrument, None for that itself; `is_notable`, of COPM alone: at least the
    publisher's rule of thumb for the better, which a review did not find supported (domain, E.2).
    """

    score: str
    value: float
    least: float | None
    most: float | None
    band: str
    since_first: float | None = None
    is_notable: bool | None = None


@dataclass(frozen=True, slots=True)
class Attainment:
    """The T scores of open goals when they were set and now (50: all as expected), of `goal_count` goals.

    Weighted where every goal has an importance and a difficulty. Never compared between children.
    """

    goal_count: int
    began: float
    now: float
    is_weighted: bool


@dataclass(frozen=True, slots=True)
class AssessmentCard:
    """What an instrument said on a day; one that `is_draft` waits for a signature.

    What the total is called and who answered are the team's: empty for guardians, who get the numbers.
    """

    id: uuid.UUID
    client_id: uuid.UUID
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
    annotated = list(rows.annotate(is_draft=is_unsigned(Assessment)).order_by("-on", "-at", "-id"))
    compared = _compared(annotated)
    return tuple(
        AssessmentCard(
            id=row.pk,
            client_id=row.client_id,
            instrument=row.instrument,
            on=row.on,
            respondent=row.respondent if sight.is_team else "",
            language=row.language,
            by=row.by.name,
            is_draft=vars(row)["is_draft"],
            totals=tuple(one if sight.is_team else replace(one, band="") for one in compared[row.pk]),
        )
        for row in annotated
    )


def totals_of(assessment: Assessment) -> tuple[Total, ...]:
    return tuple(
        Total(name, told["value"], told.get("least"), told.get("most"), told.get("band", ""))
        for name, told in assessment.totals.items()
    )


def attainment_of(cards: Iterable[GoalCard]) -> Attainment | None:
    """Of open and signed goals; None without one that counts."""
    counted = [one for one in cards if one.is_open and not one.is_draft]
    weights = [
        one.importance * one.difficulty
        for one in counted
        if one.importance is not None and one.difficulty is not None
    ]
    is_weighted = len(weights) == len(counted)
    try:
        began, now = (
            t_score(levels, weights if is_weighted else None)
            for levels in ([one.baseline_level for one in counted], [one.level_now for one in counted])
        )
    except Undefined:
        return None
    return Attainment(len(counted), round(began, 1), round(now, 1), is_weighted)


def _compared(newest_first: Sequence[Assessment]) -> dict[uuid.UUID, tuple[Total, ...]]:
    """The totals of each assessment, each with its difference to the first of its name."""
    firsts: dict[tuple[str, str], float] = {}
    found: dict[uuid.UUID, tuple[Total, ...]] = {}
    for row in reversed(newest_first):
        totals = []
        for total in totals_of(row):
            key = row.instrument, total.score
            if key in firsts:
                since = round(total.value - firsts[key], 2)
                is_notable = since >= NOTABLE_POINTS if row.instrument == Instrument.COPM else None
                totals.append(replace(total, since_first=since, is_notable=is_notable))
            else:
                firsts[key] = total.value
                totals.append(total)
        found[row.pk] = tuple(totals)
    return found


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
