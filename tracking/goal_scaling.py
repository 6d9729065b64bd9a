"""Goal attainment T score, and the change of COPM ratings.

T score after Kiresuk & Sherman (1968), with the formula as corrected in the erratum to Turner-Stokes (2009).
That a COPM change of 2 points matters is the publisher's rule of thumb; a review of 100 studies did not find
it supported, and others found less or somewhat more, so a clinic may set its own (docs/clinical/sources.md).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

EXPECTED_CORRELATION = 0.3


class Undefined(ValueError):
    """There is no goal, or every weight is 0."""


def t_score(
    levels: Sequence[int], weights: Sequence[float] | None = None, rho: float = EXPECTED_CORRELATION
) -> float:
    """The T score (50: all goals as expected; 10 points are one standard deviation) of levels -2 to 2.

    `weights` are 0 or more, one a goal; without them all goals weigh the same. `rho` is the correlation
    expected between goals, 0-1. Raises Undefined, and ValueError for levels, weights or a correlation
    outside these ranges.
    """
    weighing = [1.0] * len(levels) if weights is None else list(weights)
    if len(weighing) != len(levels):
        raise ValueError("there is one weight for each goal")
    if any(level not in range(-2, 3) for level in levels):
        raise ValueError("a level is -2, -1, 0, 1 or 2")
    if any(weight < 0 for weight in weighing) or not 0 <= rho <= 1:
        raise ValueError("weights are 0 or more, the correlation is 0 to 1")
    if not any(weighing):
        raise Undefined("no goal counts")
    attained = sum(weight * level for weight, level in zip(weighing, levels, strict=True))
    spread = (1 - rho) * sum(weight**2 for weight in weighing) + rho * sum(weighing) ** 2
    return 50 + 10 * attained / math.sqrt(spread)


@dataclass(frozen=True, slots=True)
class RatingChange:
    """Mean ratings (1-10) before and after, and their difference."""

    before: float
    after: float

    @property
    def change(self) -> float:
        return self.after - self.before


def is_notable(change: float, *, points: float) -> bool:
    """Whether mean ratings rose by that many points or more, in hundredths as they are told. No proof."""
    return round(change, 2) >= points


def rating_change(before: Sequence[int], after: Sequence[int]) -> RatingChange:
    """The change of ratings of the same problems. Raises ValueError unless both rate one to five, 1 to 10."""
    if len(before) != len(after) or not 1 <= len(before) <= 5:
        raise ValueError("one to five problems are rated before and after")
    if any(not 1 <= rating <= 10 for rating in [*before, *after]):
        raise ValueError("a rating is 1 to 10")
    return RatingChange(mean(before), mean(after))
