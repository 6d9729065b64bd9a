"""Summaries of a series by phase: counts, medians, and how many of the days have a value.

Censored values ("still awake when last seen") enter no mean; a median that falls among them is "more than".
Whether phases differ is not decided here (`tracking.outcomes.change`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tracking.outcomes.series import PhaseSpan, Series, SeriesPoint
from tracking.outcomes.sessions import SessionFact
from tracking.single_case import ENOUGH_POINTS, FEWEST_POINTS
from tracking.sleep import AtLeast, Minutes, Typical, typical
from tracking.vocabulary.asking import Question
from tracking.vocabulary.outcomes import Direction
from tracking.vocabulary.programs import SessionOutcome
from tracking.vocabulary.states import is_told
from tracking.vocabulary.touch import Intensity

Moved: TypeAlias = Literal["toward", "away", "unclear"]

LEAST_MOVED_RATIO = 0.1
"""Our own: less than a tenth of the earlier median is no move."""


@dataclass(frozen=True, slots=True)
class PhaseSummary:
    """One phase of a series: `day_count` of the `possible_days` on which the family was asked have a value.

    On `not_asked_days` further days nobody was asked; a value logged there anyway is a point like any other.
    `typical` has median and quartiles, None without a point.
    """

    span: PhaseSpan
    point_count: int
    day_count: int
    possible_days: int
    not_asked_days: int
    typical: Typical | None

    @property
    def median(self) -> Minutes | None:
        return self.typical.median if self.typical else None


@dataclass(frozen=True, slots=True)
class Drift:
    """Medians of the earlier and the later half of values; which way they moved, by what is wished for."""

    earlier: Minutes
    later: Minutes
    moved: Moved


def drift(points: Sequence[SeriesPoint], *, improvement: Direction) -> Drift | None:
    """None for fewer than three values in a half, as in a comparison; judged from five in each (F.4)."""
    half = len(points) // 2
    earlier, later = (typical(one.measured for one in part) for part in (points[:half], points[half:]))
    if half < FEWEST_POINTS or earlier is None or later is None:
        return None
    is_enough = half >= ENOUGH_POINTS
    moved = _moved(earlier.median, later.median, improvement) if is_enough else "unclear"
    return Drift(earlier.median, later.median, moved)


def _moved(earlier: Minutes, later: Minutes, improvement: Direction) -> Moved:
    """Nowhere to be told where a median is but a bound."""
    if isinstance(earlier, AtLeast) or isinstance(later, AtLeast):
        return "unclear"
    gained = later - earlier
    if abs(gained) < LEAST_MOVED_RATIO * max(abs(earlier), 1):
        return "unclear"
    return "toward" if (gained > 0) is (improvement is Direction.INCREASE) else "away"


@dataclass(frozen=True, slots=True)
class IntensityCounts:
    """Touch observations by intensity: `by_intensity[i]` for i in 0-4, `untold` without an intensity."""

    by_intensity: tuple[int, int, int, int, int]
    untold: int

    @property
    def strong_count(self) -> int:
        return sum(self.by_intensity[Intensity.STRONG :])

    @property
    def count(self) -> int:
        return sum(self.by_intensity) + self.untold


@dataclass(frozen=True, slots=True)
class TargetStates:
    """Of `known_count` sessions with a state after that tells of it, `reached_count` ended in a target state.

    Of the others offered, `unanswered_count` were asked and had no answer, `not_asked_count` were not asked.
    """

    reached_count: int
    known_count: int
    unanswered_count: int
    not_asked_count: int


def by_phase(series: Series) -> tuple[PhaseSummary, ...]:
    """Each phase of a series on its own."""
    return tuple(_summary(span, series.in_span(span), series.not_asked) for span in series.spans)


def _summary(span: PhaseSpan, points: Iterable[SeriesPoint], not_asked: frozenset[dt.date]) -> PhaseSummary:
    inside = list(points)
    left_out = sum(span.first <= day <= span.last for day in not_asked)
    return PhaseSummary(
        span=span,
        point_count=len(inside),
        day_count=len({point.on for point in inside} - not_asked),
        possible_days=(span.last - span.first).days + 1 - left_out,
        not_asked_days=left_out,
        typical=typical(point.measured for point in inside),
    )


def intensity_counts(intensities: Iterable[int | None]) -> IntensityCounts:
    counts = Counter(intensities)
    zero, one, two, three, four = (counts[each] for each in range(5))
    return IntensityCounts((zero, one, two, three, four), counts[None])


def outcome_counts(sessions: Iterable[SessionFact]) -> Mapping[SessionOutcome, int]:
    """How many sessions were done, stopped, declined, and "not today"; every outcome is a key."""
    counts = Counter(session.outcome for session in sessions)
    return {outcome: counts[outcome] for outcome in SessionOutcome}


def target_states(sessions: Iterable[SessionFact], targets: Iterable[str]) -> TargetStates | None:
    """How many sessions ended in a target state; None where the program sets none."""
    wanted = frozenset(targets)
    if not wanted:
        return None
    offered = [one for one in sessions if one.is_offered]
    known = [one.state_after for one in offered if is_told(one.state_after, wanted)]
    silent = [one for one in offered if not one.state_after]
    not_asked = sum(Question.STATE_AFTER in one.not_asked for one in silent)
    return TargetStates(
        reached_count=sum(state in wanted for state in known),
        known_count=len(known),
        unanswered_count=len(silent) - not_asked,
        not_asked_count=not_asked,
    )


@dataclass(frozen=True, slots=True)
class NOfN:
    """`count` of `of` days: how families read it, never as a percentage."""

    count: int
    of: int


def days_offered(sessions: Iterable[SessionFact], days: Iterable[dt.date]) -> NOfN:
    """On how many of these days a session was begun or declined."""
    asked = set(days)
    return NOfN(len({one.on for one in sessions if one.is_offered} & asked), len(asked))
