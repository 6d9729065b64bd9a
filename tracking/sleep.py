"""Sleep onset latency: minutes from lights out to sleep, and what may be said about many nights.

Computed from instants, so no clock change adds or removes an hour. A night on which the child was still awake
when last seen is a bound, "more than x": it decides only what the bound decides, and x never enters a mean.
Typical values are the Kaplan-Meier median and quartiles. Nothing is judged from one night, nor under 6 months
of corrected age.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from tracking.vocabulary.sleep import LATENCY_FROM_MONTHS, LatencyLabel, SleepAccuracy

LONGEST_PLAUSIBLE_MINUTES = 240
"""Our own: a longer latency is kept and asked about, and left out of figures until it is confirmed."""

GUESSES_ROUND_TO_MINUTES = 5
USUAL_UP_TO_MINUTES = 20
LONGER_UP_TO_MINUTES = 40


@dataclass(frozen=True, slots=True)
class AtLeast:
    """More than `minutes`: still awake when last seen."""

    minutes: float


Minutes = float | AtLeast
"""A latency in figures: known, or known to be more than so much."""


def at_face(value: Minutes) -> float:
    """The minutes told: of a bound, those it is more than."""
    return value.minutes if isinstance(value, AtLeast) else value


@dataclass(frozen=True, slots=True)
class Latency:
    """One night's latency as told. `minutes` may be negative: kept, and `needs_review`.

    `is_about`: a parent's estimate or a guess, not two watched instants. `needs_review` nights stay out of
    figures until confirmed.
    """

    minutes: float
    is_more_than: bool = False
    is_about: bool = False
    needs_review: bool = False

    @property
    def for_figures(self) -> Minutes | None:
        """The value series are made of, guesses rounded to 5 minutes (bounds down); None until confirmed."""
        if self.needs_review:
            return None
        if not self.is_about:
            return AtLeast(self.minutes) if self.is_more_than else self.minutes
        if self.is_more_than:
            return AtLeast(float(self.minutes // GUESSES_ROUND_TO_MINUTES * GUESSES_ROUND_TO_MINUTES))
        return float((self.minutes + GUESSES_ROUND_TO_MINUTES / 2) // GUESSES_ROUND_TO_MINUTES) * (
            GUESSES_ROUND_TO_MINUTES
        )


def sleep_onset_latency(
    *,
    lights_out_at: datetime | None,
    asleep_at: datetime | None = None,
    still_awake_at: datetime | None = None,
    about_minutes: float | None = None,
    accuracy: SleepAccuracy | None = None,
    is_confirmed: bool = False,
) -> Latency | None:
    """The latency of one night, or None where nothing told gives one.

    Two instants come before the estimate; falling asleep before having last been seen awake. `is_confirmed`:
    somebody has answered that an odd value is right. A negative value always needs review.
    """
    end = asleep_at or still_awake_at
    if lights_out_at is not None and end is not None:
        minutes = (end - lights_out_at).total_seconds() / 60
        is_more_than = asleep_at is None
        is_about = accuracy is SleepAccuracy.GUESS
    elif about_minutes is not None:
        minutes, is_more_than, is_about = about_minutes, False, True
    else:
        return None
    is_odd = minutes > LONGEST_PLAUSIBLE_MINUTES and not is_confirmed
    return Latency(minutes, is_more_than, is_about, needs_review=is_odd or minutes < 0)


def label(latency: Minutes, *, age_months: int) -> LatencyLabel | None:
    """A word for a latency; None under 6 months of age, and where a bound leaves it open.

    Age is corrected while that applies.
    """
    if age_months < LATENCY_FROM_MONTHS:
        return None
    if isinstance(latency, AtLeast):
        return LatencyLabel.LONG if latency.minutes >= LONGER_UP_TO_MINUTES else None
    if latency <= USUAL_UP_TO_MINUTES:
        return LatencyLabel.USUAL
    return LatencyLabel.LONGER if latency <= LONGER_UP_TO_MINUTES else LatencyLabel.LONG


@dataclass(frozen=True, slots=True)
class Typical:
    """Quartiles and median over `count` nights, `bound_count` of them bounds. A bound is shown as "> x"."""

    lower: Minutes
    median: Minutes
    upper: Minutes
    count: int
    bound_count: int


def typical(nights: Iterable[Minutes]) -> Typical | None:
    """Kaplan-Meier quartiles and median; None without nights."""
    values = list(nights)
    if not values:
        return None
    return Typical(
        lower=_quantile(values, Fraction(1, 4)),
        median=_quantile(values, Fraction(1, 2)),
        upper=_quantile(values, Fraction(3, 4)),
        count=len(values),
        bound_count=sum(isinstance(value, AtLeast) for value in values),
    )


def median(nights: Iterable[Minutes]) -> Minutes | None:
    """The Kaplan-Meier median; `AtLeast` where it is not reached, None without nights.

    Without bounds it is the ordinary median. Not reached, it is more than the ordinary median of the values
    with every bound taken at its face: that much is certain, whatever the unseen minutes were.
    """
    values = list(nights)
    return _quantile(values, Fraction(1, 2)) if values else None


def _quantile(values: Sequence[Minutes], share: Fraction) -> Minutes:
    """The first time by which `share` of the nights are asleep, by the product-limit estimate.

    Where exactly `share` are asleep from one time to the next, halfway between (as an ordinary median).
    """
    asleep = sorted(value for value in values if not isinstance(value, AtLeast))
    bounds = [value.minutes for value in values if isinstance(value, AtLeast)]
    awake = Fraction(1)
    reached: float | None = None
    for time in sorted(set(asleep)):
        if reached is not None:
            return (reached + time) / 2
        # A bound at the very time of an onset is still at risk: it is more than that.
        at_risk = sum(one >= time for one in asleep) + sum(bound >= time for bound in bounds)
        awake *= 1 - Fraction(asleep.count(time), at_risk)
        if awake < 1 - share:
            return time
        if awake == 1 - share:
            reached = time
    return AtLeast(_plain_quantile(sorted([*asleep, *bounds]), share))


def _plain_quantile(ordered: Sequence[float], share: Fraction) -> float:
    place = len(ordered) * share
    if place.denominator == 1:
        return (ordered[int(place) - 1] + ordered[int(place)]) / 2
    return ordered[int(place)]
