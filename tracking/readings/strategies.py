"""Strategies: a clinic's library, what is prescribed for a child, and what was tried with what result."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clinic.models import Child, Clinic, User
from tracking.models import ChildStrategy, Strategy, TactileObservation
from tracking.models.supervision import is_unsigned
from tracking.readings.entry_details import SeenTried, seen_tried


@dataclass(frozen=True, slots=True)
class StrategyReading:
    """A strategy prescribed for these touches. `name` empty: what its code is called."""

    id: uuid.UUID
    code: str
    name: str
    text: str
    language: str
    stimuli: tuple[str, ...]
    is_draft: bool


@dataclass(frozen=True, slots=True)
class TriedCount:
    """On how many occasions something was tried, and on how many it helped; the rest was not told."""

    what: SeenTried
    tried: int
    helped: Mapping[str, int]
    not_told: int


@dataclass(frozen=True, slots=True)
class TriedWith:
    """One touch: how often it was told in the period, and what was tried, most often first."""

    stimulus: str
    told: int
    tried: tuple[TriedCount, ...]


def strategies_of(user: User, child: Child) -> tuple[StrategyReading, ...]:
    """Those prescribed now that `user` may see; one statement."""
    rows = ChildStrategy.objects.visible_to(user).current().filter(child=child)
    annotated = rows.annotate(is_draft=is_unsigned(ChildStrategy))
    return tuple(strategy_reading(row, is_draft=vars(row)["is_draft"]) for row in annotated)


def strategy_reading(row: ChildStrategy, *, is_draft: bool) -> StrategyReading:
    return StrategyReading(
        id=row.client_id,
        code=row.code,
        name=row.name,
        text=row.text,
        language=row.language,
        stimuli=tuple(row.stimuli),
        is_draft=is_draft,
    )


def library_strategies(clinic: Clinic) -> tuple[Strategy, ...]:
    """The clinic's own that are offered, by name; one statement."""
    return tuple(Strategy.objects.filter(clinic=clinic, retired_at__isnull=True).order_by("name", "id"))


def library_strategy(clinic: Clinic, pk: uuid.UUID) -> Strategy | None:
    """One of the clinic's own, offered or not; None for one it does not have."""
    return Strategy.objects.filter(clinic=clinic, pk=pk).select_related("clinic").first()


def what_was_tried(user: User, child: Child, *, first: dt.date, last: dt.date) -> tuple[TriedWith, ...]:
    """By touch, of the observations of these local days that `user` may read; one statement.

    Counts of occasions, told as such: what helped is not known from them, only what was told.
    """
    rows = (
        TactileObservation.objects.visible_to(user)
        .counted()
        .filter(child=child, local_day__range=(first, last))
        .order_by("local_day", "id")
    )
    by_stimulus: defaultdict[str, list[list[dict[str, Any]]]] = defaultdict(list)
    for stimulus, tried in rows.values_list("stimulus", "tried"):
        by_stimulus[stimulus].append(tried)
    found = [_of_stimulus(stimulus, told) for stimulus, told in by_stimulus.items()]
    return tuple(sorted(found, key=lambda one: (-one.told, one.stimulus)))


def _of_stimulus(stimulus: str, told: Iterable[list[dict[str, Any]]]) -> TriedWith:
    occasions = list(told)
    answers: defaultdict[tuple[str, uuid.UUID | None], Counter[str]] = defaultdict(Counter)
    called: dict[tuple[str, uuid.UUID | None], SeenTried] = {}
    for one in (seen_tried(kept) for tried in occasions for kept in tried):
        key = (one.code, one.strategy)
        answers[key][one.helped] += 1
        called[key] = one
    counted = [
        TriedCount(
            what=called[key],
            tried=helped.total(),
            helped={answer: count for answer, count in helped.items() if answer},
            not_told=helped[""],
        )
        for key, helped in answers.items()
    ]
    counted.sort(key=lambda one: (-one.tried, one.what.name, one.what.code))
    return TriedWith(stimulus=stimulus, told=len(occasions), tried=tuple(counted))
