"""The result of comparing an outcome before and since a program began, and what of it may be shown.

Nothing is judged if the comparison refuses (`tracking.single_case`), if the result is withheld, or if the
outcome was chosen after the program began. The finding follows from the interval of NAP, widened for
autocorrelation.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tracking.single_case import ENOUGH_POINTS, Comparison
from tracking.sleep import AtLeast, Minutes, Typical, at_face
from tracking.vocabulary.outcomes import Caution, Finding, Judgement, Outcome, WithheldBecause

NO_CHANGE = 0.5


@dataclass(frozen=True, slots=True)
class Side:
    """Before or since the program began: `values`, told of `value_days` days.

    Of the `asked_days` there is a record on `told_days`: of nights with a value, or for what does not come
    every night of days with any entry. `typical` None: without a value.
    """

    values: tuple[Minutes, ...]
    value_days: int
    told_days: int
    asked_days: int
    typical: Typical | None

    @property
    def point_count(self) -> int:
        return len(self.values)

    @property
    def told_ratio(self) -> Fraction | None:
        """Exact, as limits are: 8 of 10 days are 30 points more than 5 of 10, and not more than that."""
        return Fraction(self.told_days, self.asked_days) if self.asked_days else None

    @property
    def span(self) -> tuple[Minutes, Minutes] | None:
        """Least and most of the values, None without any; the most is a bound where any of them is."""
        if not self.values:
            return None
        ordered = sorted(self.values, key=lambda one: (at_face(one), isinstance(one, AtLeast)))
        most = at_face(ordered[-1])
        is_open = any(isinstance(one, AtLeast) for one in ordered)
        return ordered[0], AtLeast(most) if is_open else most

    def at_or_above(self, value: float) -> int:
        """How many of the values are surely so much or more."""
        return sum(at_face(one) >= value for one in self.values)


@dataclass(frozen=True, slots=True)
class Beside:
    """The massages compared with the activity prescribed before them; `kinds` are its steps, such as a story.

    Same rules as the main comparison. Reported whatever it finds, since nobody chose it after seeing values.
    """

    kinds: tuple[str, ...]
    compared: Alongside


@dataclass(frozen=True, slots=True)
class Alongside:
    """One outcome compared before and since a program began.

    `without_illness` is the comparison without points of illness and travel, None if there are no such
    points. `is_look_back`: the outcome was named after the program began. `is_one_of_several`: several
    people reported it, and one person's reports are compared. `told_count` values were logged in all,
    `late_count` of them more than two days late. `beside` is None if the program began with massage.
    """

    outcome: Outcome
    before: Side
    since: Side
    comparison: Comparison
    without_illness: Comparison | None = None
    withheld: WithheldBecause | None = None
    is_look_back: bool = False
    is_one_of_several: bool = False
    told_count: int = 0
    late_count: int = 0
    beside: Beside | None = None

    @property
    def judgement(self) -> Judgement:
        """What may be shown: nothing, greyed figures, or a finding with its interval."""
        if self.withheld is not None:
            return Judgement.REFUSED
        if self.comparison.judgement is Judgement.OK and (self.is_look_back or self.is_of_few_days):
            return Judgement.TOO_FEW
        return self.comparison.judgement

    @property
    def is_told_unevenly(self) -> bool:
        """Whether what was told before and since cannot stand side by side: by others, or with many holes."""
        return self.withheld in (
            WithheldBecause.ANOTHER_TELLER,
            WithheldBecause.HALF_MISSING,
            WithheldBecause.UNEVENLY_TOLD,
        )

    @property
    def is_of_few_days(self) -> bool:
        """Whether the values of a side, enough as they may be, are of fewer days than it takes values."""
        return min(self.before.value_days, self.since.value_days) < ENOUGH_POINTS

    @property
    def finding(self) -> Finding | None:
        """None unless the judgement is OK."""
        return _finding(self.comparison) if self.judgement is Judgement.OK else None

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What has to be said beside whatever is shown; empty if nothing is shown."""
        if self.judgement is Judgement.REFUSED:
            return ()
        without = None if self.finding is None else self.without_illness
        is_enough = without is not None and without.judgement is Judgement.OK
        told = (
            (Caution.LOOK_BACK, self.is_look_back),
            (Caution.ALREADY_CHANGING, self.comparison.was_already_changing),
            (Caution.ALIKE_DAYS, self.comparison.wide_low is not None),
            (Caution.ILLNESS_MATTERS, is_enough and _finding(without) is not self.finding),
            (Caution.FEW_WITHOUT_ILLNESS, without is not None and not is_enough),
            (Caution.ONE_TELLER_OF_SEVERAL, self.is_one_of_several),
        )
        return tuple(caution for caution, holds in told if holds)


def _finding(comparison: Comparison | None) -> Finding | None:
    """Read from the (widened) interval of NAP; None without one."""
    if comparison is None:
        return None
    low = comparison.nap_low if comparison.wide_low is None else comparison.wide_low
    high = comparison.nap_high if comparison.wide_high is None else comparison.wide_high
    if low is None or high is None:
        return None
    if low > NO_CHANGE:
        return Finding.AS_WISHED
    return Finding.OTHERWISE if high < NO_CHANGE else Finding.NO_CLEAR_CHANGE
