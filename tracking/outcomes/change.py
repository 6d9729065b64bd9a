"""Compare an outcome's series before and since the program began, or say why it cannot be compared.

"Before" is the baseline; "since" is everything from the first day of the program on, whatever its later
phases. `tracking.single_case` judges by counts and censoring; this module withholds the result for how the
diary was kept: more than half of the days missing, or one side logged much more often than the other.
Outcomes that people rate differently are compared as one person reported them. The limits are our own
(docs/clinical/change.md).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import TypeAlias

from tracking.alongside import Alongside, Beside, Side
from tracking.outcomes.plans import OtherActivity, Plan
from tracking.outcomes.points import by_week, share
from tracking.outcomes.series import Series, SeriesPoint, series
from tracking.schedule import days_from
from tracking.single_case import FEWEST_POINTS, Comparison, compare
from tracking.sleep import typical
from tracking.vocabulary.outcomes import Judgement, Outcome, WithheldBecause
from tracking.vocabulary.programs import Phase

FEWEST_TOLD_RATIO = Fraction(1, 2)
MOST_APART_RATIO = Fraction(3, 10)
WEEK = dt.timedelta(weeks=1)
ONE_DAY = dt.timedelta(days=1)

TellerKey: TypeAlias = tuple[uuid.UUID | None, str]
"""An account, or the name of somebody without one."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Somebody who reported values of an outcome: how many before and since the program began."""

    by: uuid.UUID | None
    name: str
    before_count: int
    since_count: int


@dataclass(frozen=True, slots=True)
class Change:
    """The comparison of one outcome of one child, with the series it rests on.

    `series` holds the points compared; `teller` is the one person who reported them, None if they are
    everybody's. `no_record_on` are days on which the family was asked and logged nothing.
    """

    said: Alongside
    series: Series
    tellers: tuple[Teller, ...]
    teller: Teller | None
    no_record_on: tuple[dt.date, ...]


def change_of(
    outcome: Outcome,
    points: Iterable[SeriesPoint],
    *,
    plan: Plan,
    last: dt.date,
    entry_days: Collection[dt.date],
    not_asked: Collection[dt.date] = (),
    named_on: dt.date | None = None,
) -> Change:
    """Compare an outcome before and since the program began, up to the local day `last`.

    `points` are one a night, touch, massage or opportunity. `entry_days` are days with any entry; on
    `not_asked` nobody was asked. Paused and excused days are not counted as asked. `named_on` is the day the
    outcome was named; None: not a goal's outcome, so never a look back.
    """
    first = plan.baseline_starts_on or plan.started_on
    known = sorted(
        (one for one in points if first <= one.on <= last), key=lambda one: (one.on, str(one.entry))
    )
    compared = [one for one in known if plan.phase_on(one.on) is not None]
    tellers = _tellers(compared, plan.started_on)
    teller = tellers[0] if outcome.is_rated and tellers else None
    mine = [one for one in known if teller is None or (one.by, one.teller) == (teller.by, teller.name)]
    seen = series(
        outcome, valued(outcome, mine, plan, first), plan=plan, first=first, last=last, not_asked=not_asked
    )
    told_days = {one.on for one in mine} if outcome.is_nightly else set(entry_days)
    asked = days_asked(seen, plan, told_days)
    before = _side(_before(seen.points, plan), [day for day in asked if day < plan.started_on], told_days)
    since = _side(_since(seen.points, plan), [day for day in asked if day >= plan.started_on], told_days)
    comparison = _compared(outcome, _before(seen.points, plan), _since(seen.points, plan), plan)
    usual = [one for one in mine if not one.is_ill_or_away]
    without = valued(outcome, usual, plan, first)
    is_look_back = named_on is not None and named_on > plan.started_on
    said = Alongside(
        outcome=outcome,
        before=before,
        since=since,
        comparison=comparison,
        without_illness=(
            _compared(outcome, _before(without, plan), _since(without, plan), plan)
            if len(usual) < len(mine)
            else None
        ),
        withheld=_withheld(before, since, tellers, teller, seen, comparison),
        is_look_back=is_look_back,
        is_one_of_several=teller is not None and len(tellers) > 1,
        told_count=len(compared),
        late_count=sum(one.is_late for one in compared),
        beside=_beside(outcome, mine, plan, asked, told_days, is_look_back=is_look_back),
    )
    no_record_on = tuple(day for day in asked if day not in told_days)
    return Change(said=said, series=seen, tellers=tellers, teller=teller, no_record_on=no_record_on)


def _withheld(
    before: Side,
    since: Side,
    tellers: Sequence[Teller],
    teller: Teller | None,
    seen: Series,
    comparison: Comparison,
) -> WithheldBecause | None:
    """Why the result is withheld for how the diary was kept; the comparison itself judges the counts."""
    phases = {span.phase for span in seen.spans}
    if Phase.PROGRAM not in phases:
        return WithheldBecause.NOT_BEGUN
    if Phase.BASELINE not in phases:
        return WithheldBecause.NO_BASELINE
    if teller is not None and not (teller.before_count and teller.since_count):
        others = [one for one in tellers if one is not teller]
        if any(one.before_count if teller.since_count else one.since_count for one in others):
            return WithheldBecause.ANOTHER_TELLER
    return None if comparison.judgement is Judgement.REFUSED else _holes(before, since)


def _holes(before: Side, since: Side) -> WithheldBecause | None:
    """Whether the values of a side are of a day or two, too many of its days are not told, or one side was
    told much more often.
    """
    if min(before.value_days, since.value_days) < FEWEST_POINTS:
        return WithheldBecause.FEW_DAYS
    ratios = before.told_ratio, since.told_ratio
    if None in ratios:
        return None
    low, high = sorted(one for one in ratios if one is not None)
    if low < FEWEST_TOLD_RATIO:
        return WithheldBecause.HALF_MISSING
    return WithheldBecause.UNEVENLY_TOLD if high - low > MOST_APART_RATIO else None


def _tellers(points: Iterable[SeriesPoint], started_on: dt.date) -> tuple[Teller, ...]:
    """Everybody who reported, sorted by their smaller count of the two sides, highest first."""
    counts: Counter[tuple[TellerKey, bool]] = Counter(
        ((one.by, one.teller), one.on < started_on) for one in points
    )
    everybody = {key for key, _ in counts}
    found = [Teller(*key, counts[key, True], counts[key, False]) for key in everybody]
    found.sort(
        key=lambda one: (
            -min(one.before_count, one.since_count),
            -one.before_count - one.since_count,
            one.name,
            str(one.by),
        )
    )
    return tuple(found)


def valued(
    outcome: Outcome, points: Sequence[SeriesPoint], plan: Plan, first: dt.date
) -> Sequence[SeriesPoint]:
    """The values the outcome is compared by: the points themselves, or one a program week."""
    if not outcome.is_weekly:
        return points
    how = median if outcome is Outcome.TOUCH_WEEKLY else share
    return by_week(points, started_on=plan.started_on, how=how, first=first)


def _beside(
    outcome: Outcome,
    points: Sequence[SeriesPoint],
    plan: Plan,
    asked: Sequence[dt.date],
    told_days: Collection[dt.date],
    *,
    is_look_back: bool,
) -> Beside | None:
    """The massages compared with the activity before them; None if there was none, or no massage yet."""
    other = plan.other_activity
    if other is None:
        return None
    usual = [one for one in points if not one.is_ill_or_away]
    parted = _parted(outcome, points, plan, other)
    with_it, since = (
        _side(inside, days, told_days)
        for inside, days in zip(
            parted,
            (
                [day for day in asked if other.first <= day <= other.last],
                [day for day in asked if plan.is_massage_on(day)],
            ),
            strict=True,
        )
    )
    comparison = _compared(outcome, *parted, plan)
    compared = Alongside(
        outcome=outcome,
        before=with_it,
        since=since,
        comparison=comparison,
        without_illness=(
            _compared(outcome, *_parted(outcome, usual, plan, other), plan)
            if len(usual) < len(points)
            else None
        ),
        withheld=None if comparison.judgement is Judgement.REFUSED else _holes(with_it, since),
        is_look_back=is_look_back,
    )
    return Beside(other.kinds, compared)


def _parted(
    outcome: Outcome, points: Sequence[SeriesPoint], plan: Plan, other: OtherActivity
) -> tuple[Sequence[SeriesPoint], Sequence[SeriesPoint]]:
    """The values during the other activity, and those during massages; no week mixes both."""
    with_it = [one for one in points if other.first <= one.on <= other.last]
    massages = [one for one in points if plan.is_massage_on(one.on)]
    return (
        valued(outcome, with_it, plan, other.first),
        valued(outcome, massages, plan, other.last + ONE_DAY),
    )


def _side(points: Sequence[SeriesPoint], days: Sequence[dt.date], told_days: Collection[dt.date]) -> Side:
    """Summarize one side: its points, and how many of its `days` have a record."""
    return Side(
        values=tuple(one.measured for one in points),
        value_days=len({one.on for one in points}),
        told_days=len(set(told_days).intersection(days)),
        asked_days=len(days),
        typical=typical(one.measured for one in points),
    )


def _compared(
    outcome: Outcome, before: Sequence[SeriesPoint], since: Sequence[SeriesPoint], plan: Plan
) -> Comparison:
    unit = WEEK if outcome.is_weekly else ONE_DAY
    return compare(
        [one.measured for one in before],
        [one.measured for one in since],
        improvement=outcome.direction,
        days=[(one.on - plan.started_on) // unit for one in (*before, *since)],
        are_percent=outcome.is_share,
    )


def _before(points: Iterable[SeriesPoint], plan: Plan) -> list[SeriesPoint]:
    return [one for one in points if one.on < plan.started_on]


def _since(points: Iterable[SeriesPoint], plan: Plan) -> list[SeriesPoint]:
    """Up to the last day of the program; later points do not belong to it."""
    return [one for one in points if one.on >= plan.started_on and plan.phase_on(one.on) is not None]


def days_asked(seen: Series, plan: Plan | None, told_days: Collection[dt.date]) -> list[dt.date]:
    """Days on which the family was asked and the program was not paused; today only once it has a record."""
    left_out = {*seen.not_asked, *({seen.last} - set(told_days))}
    return [day for day in days_from(seen.first, seen.last) if day not in left_out and _is_kept(day, plan)]


def _is_kept(day: dt.date, plan: Plan | None) -> bool:
    if plan is None:
        return True
    return plan.phase_on(day) is not None and not plan.is_paused_on(day) and not plan.is_excused_on(day)
