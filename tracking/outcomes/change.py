"""A series to what may be said of it: whether it changed alongside the program, and what holds that back.

Before is the baseline, since is everything from the first day of the program on; its later phases stand in
the picture. Counts and bounds judge first (`tracking.single_case`), then how the diary was kept: nothing is
said where more than half of the days are missing, or one side was told much more often.
What two people do not see alike is compared as one of them told it. Limits are our own (docs/clinical).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

from tracking.outcomes.plans import Plan
from tracking.outcomes.points import by_week, share
from tracking.outcomes.series import Series, SeriesPoint, series
from tracking.outcomes.summaries import NOfN
from tracking.schedule import days_from
from tracking.single_case import Comparison, compare
from tracking.sleep import Typical, typical
from tracking.vocabulary.outcomes import Caution, Finding, Judgement, Outcome, WithheldBecause
from tracking.vocabulary.programs import Phase

FEWEST_TOLD_RATIO = 0.5
MOST_APART_RATIO = 0.3
NO_CHANGE = 0.5
WEEK = dt.timedelta(weeks=1)

TellerKey: TypeAlias = tuple[uuid.UUID | None, str]
"""An account, or the name of somebody without one."""


@dataclass(frozen=True, slots=True)
class Side:
    """Before or since the program began. `told` counts days: nights with a value, or for what does not come
    every night days with any entry, of the days asked for. `typical` is None without a point.
    """

    point_count: int
    told: NOfN
    typical: Typical | None

    @property
    def told_ratio(self) -> float | None:
        return self.told.count / self.told.of if self.told.of else None


@dataclass(frozen=True, slots=True)
class Teller:
    """Somebody who told values of an outcome, and how many before and since the program began."""

    by: uuid.UUID | None
    name: str
    before_count: int
    since_count: int


@dataclass(frozen=True, slots=True)
class Change:
    """One outcome of one child, compared before and since its program began.

    `series` are the points compared; `without_illness` is the comparison without nights and touches of
    illness and travel, None where there are none. `told_count` values were told in all, `late_count` of them
    more than two days after. `teller` is whose values are compared, None: everybody's. `is_look_back`: the
    outcome was named after the program began, so that nothing is judged by it.
    """

    series: Series
    before: Side
    since: Side
    comparison: Comparison
    without_illness: Comparison | None
    withheld: WithheldBecause | None
    tellers: tuple[Teller, ...]
    teller: Teller | None
    told_count: int
    late_count: int
    is_look_back: bool
    no_record_on: tuple[dt.date, ...]

    @property
    def outcome(self) -> Outcome:
        return self.series.outcome

    @property
    def judgement(self) -> Judgement:
        """What may be shown: nothing, figures greyed, or a finding with its interval."""
        if self.withheld is not None:
            return Judgement.REFUSED
        if self.is_look_back and self.comparison.judgement is Judgement.OK:
            return Judgement.TOO_FEW
        return self.comparison.judgement

    @property
    def finding(self) -> Finding | None:
        """None where nothing may be judged."""
        return _finding(self.comparison) if self.judgement is Judgement.OK else None

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What has to be said with whatever is shown; nothing where nothing is."""
        if self.judgement is Judgement.REFUSED:
            return ()
        without = self.without_illness
        differs = without is not None and _finding(without) is not _finding(self.comparison)
        told = (
            (Caution.LOOK_BACK, self.is_look_back),
            (Caution.ALREADY_CHANGING, self.comparison.was_already_changing),
            (Caution.ALIKE_DAYS, self.comparison.wide_low is not None),
            (Caution.ILLNESS_MATTERS, differs),
            (Caution.ONE_TELLER_OF_SEVERAL, self.teller is not None and len(self.tellers) > 1),
        )
        return tuple(caution for caution, holds in told if holds)


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
    """An outcome's points, one a night, touch, massage or opportunity, up to the local day `last`.

    `entry_days` are days with any entry; on `not_asked` nobody was asked. Days on which the program rests are
    left out of the days asked for. `named_on` None: by whom and when it was named does not matter.
    """
    first = plan.baseline_starts_on or plan.started_on
    known = sorted(
        (one for one in points if first <= one.on <= last), key=lambda one: (one.on, str(one.entry))
    )
    tellers = _tellers(known, plan.started_on)
    teller = tellers[0] if outcome.is_rated and tellers else None
    mine = [one for one in known if teller is None or (one.by, one.teller) == (teller.by, teller.name)]
    seen = series(
        outcome, _valued(outcome, mine, plan, first), plan=plan, first=first, last=last, not_asked=not_asked
    )
    told_days = {one.on for one in mine} if outcome.is_nightly else set(entry_days)
    asked = _asked_days(seen, plan, told_days, not_asked)
    before_days = [day for day in asked if day < plan.started_on]
    since_days = [day for day in asked if day >= plan.started_on]
    before, since = (
        Side(
            point_count=len(inside),
            told=NOfN(len(told_days.intersection(days)), len(days)),
            typical=typical(one.measured for one in inside),
        )
        for inside, days in (
            (_before(seen.points, plan), before_days),
            (_since(seen.points, plan), since_days),
        )
    )
    comparison = _compared(outcome, seen.points, plan)
    usual = [one for one in mine if not one.is_ill_or_away]
    return Change(
        series=seen,
        before=before,
        since=since,
        comparison=comparison,
        without_illness=(
            _compared(outcome, _valued(outcome, usual, plan, first), plan) if len(usual) < len(mine) else None
        ),
        withheld=_withheld(before, since, tellers, teller, seen, comparison),
        tellers=tellers,
        teller=teller,
        told_count=len(known),
        late_count=sum(one.is_late for one in known),
        is_look_back=named_on is not None and named_on > plan.started_on,
        no_record_on=tuple(day for day in asked if day not in told_days),
    )


def _finding(comparison: Comparison) -> Finding | None:
    """By the interval, widened where days in a row are alike; None without one."""
    low = comparison.nap_low if comparison.wide_low is None else comparison.wide_low
    high = comparison.nap_high if comparison.wide_high is None else comparison.wide_high
    if low is None or high is None:
        return None
    if low > NO_CHANGE:
        return Finding.AS_WISHED
    return Finding.OTHERWISE if high < NO_CHANGE else Finding.NO_CLEAR_CHANGE


def _withheld(
    before: Side,
    since: Side,
    tellers: Sequence[Teller],
    teller: Teller | None,
    seen: Series,
    comparison: Comparison,
) -> WithheldBecause | None:
    """What of how the diary was kept keeps anything from being said; few points are for the comparison."""
    phases = {span.phase for span in seen.spans}
    if Phase.PROGRAM not in phases:
        return WithheldBecause.NOT_BEGUN
    if Phase.BASELINE not in phases:
        return WithheldBecause.NO_BASELINE
    if teller is not None and not (teller.before_count and teller.since_count):
        others = [one for one in tellers if one is not teller]
        if any(one.before_count if teller.since_count else one.since_count for one in others):
            return WithheldBecause.ANOTHER_TELLER
    ratios = before.told_ratio, since.told_ratio
    if comparison.judgement is Judgement.REFUSED or None in ratios:
        return None
    low, high = sorted(one for one in ratios if one is not None)
    if low < FEWEST_TOLD_RATIO:
        return WithheldBecause.HALF_MISSING
    return WithheldBecause.UNEVENLY_TOLD if high - low > MOST_APART_RATIO else None


def _tellers(points: Iterable[SeriesPoint], started_on: dt.date) -> tuple[Teller, ...]:
    """Who told, first the one who told most on the side where they told less."""
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


def _valued(
    outcome: Outcome, points: Sequence[SeriesPoint], plan: Plan, first: dt.date
) -> Sequence[SeriesPoint]:
    """The points as the outcome counts them: as they are, or one a program week."""
    if not outcome.is_weekly:
        return points
    how = median if outcome is Outcome.TOUCH_WEEKLY else share
    return by_week(points, started_on=plan.started_on, how=how, first=first)


def _compared(outcome: Outcome, points: Sequence[SeriesPoint], plan: Plan) -> Comparison:
    before, since = _before(points, plan), _since(points, plan)
    unit = WEEK if outcome.is_weekly else dt.timedelta(days=1)
    return compare(
        [one.measured for one in before],
        [one.measured for one in since],
        improvement=outcome.direction,
        days=[(one.on - plan.started_on) // unit for one in (*before, *since)],
    )


def _before(points: Iterable[SeriesPoint], plan: Plan) -> list[SeriesPoint]:
    return [one for one in points if one.on < plan.started_on]


def _since(points: Iterable[SeriesPoint], plan: Plan) -> list[SeriesPoint]:
    """Up to the last day of the program: what came after it is no part of it."""
    return [one for one in points if one.on >= plan.started_on and plan.phase_on(one.on) is not None]


def _asked_days(
    seen: Series, plan: Plan, told_days: Collection[dt.date], not_asked: Collection[dt.date]
) -> list[dt.date]:
    """The days of the diary on which the program does not rest; the last, not over yet, once it is told."""
    resting: Mapping[dt.date, bool] = {
        day: plan.is_paused_on(day) or plan.is_excused_on(day) for day in days_from(seen.first, seen.last)
    }
    left_out = {*not_asked, *({seen.last} - set(told_days))}
    return [
        day
        for day, rests in resting.items()
        if not rests and day not in left_out and plan.phase_on(day) is not None
    ]
