"""Single-case statistics: compare one outcome of one child between a baseline and a program.

Non-overlap indices and ratios for two phases of one series; sources in docs/clinical/sources.md, test
vectors in `tests/data/sced_vectors.json`. Every index except the ratio of medians is oriented:
higher means better. One baseline and one program are a single demonstration, which can show that something
changed alongside the program, never that the program changed it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from statistics import NormalDist, mean, variance
from statistics import median as plain_median

from tracking.sleep import AtLeast, Minutes, at_face, median
from tracking.vocabulary.outcomes import Direction, Judgement, JudgementReason

Value = float | AtLeast | None
"""A point: a value, a lower bound (censored), or nothing recorded."""

FEWEST_POINTS = 3
ENOUGH_POINTS = 5
MOST_CENSORED_RATIO = 0.25
TREND_P = 0.10
TREND_DIFFERENCE = 0.2
CONFIDENCE = 0.95

Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
_DECIMALS = 10
"""Residuals are rounded to this before comparing; otherwise points on the trend line would not tie."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two phases compared; a figure is None where it is not defined for these data.

    `nap` and its 95 % interval are 0-1 (0.5: no change), `tau` and `tau_bc` -1 to 1, `pnd` 0-1; `tau_u` may
    leave -1 to 1. `log_ratio_of_medians` is program over baseline and not oriented; `log_odds_ratio` is for
    percentages only. `lag1` is the lag-1 autocorrelation (-1 to 1); `wide_low` and `wide_high` are the
    interval of `nap` widened for it, None if it is not above 0. `dropped` counts points without a value,
    `censored` lower bounds. `judgement` says which figures may be shown, by counts and censoring only.
    """

    baseline_count: int
    program_count: int
    dropped: int
    censored: int
    nap: float | None = None
    nap_se: float | None = None
    nap_low: float | None = None
    nap_high: float | None = None
    wide_low: float | None = None
    wide_high: float | None = None
    tau: float | None = None
    tau_u: float | None = None
    tau_bc: float | None = None
    pnd: float | None = None
    log_response_ratio: float | None = None
    log_response_ratio_se: float | None = None
    log_ratio_of_medians: float | None = None
    log_ratio_of_medians_se: float | None = None
    log_odds_ratio: float | None = None
    log_odds_ratio_se: float | None = None
    lag1: float | None = None
    was_already_changing: bool = False
    judgement: Judgement = Judgement.REFUSED
    reason: JudgementReason = JudgementReason.FEWER_THAN_THREE


def compare(
    baseline: Sequence[Value],
    program: Sequence[Value],
    *,
    improvement: Direction | str,
    days: Sequence[int] | None = None,
    are_percent: bool = False,
) -> Comparison:
    """Compare a baseline with a program; points in order of time.

    `days` are the day numbers of all points, baseline first; without them, points with a value count as
    consecutive days. `improvement` is the direction that is better. `are_percent`: values are percentages,
    0-100. Raises ValueError if there is not one day for each point, or `improvement` is no direction.
    """
    wished = Direction(improvement)
    if days is not None and len(days) != len(baseline) + len(program):
        raise ValueError("there is one day for each point")
    a, b = [one for one in baseline if one is not None], [one for one in program if one is not None]
    told = [place for place, one in enumerate([*baseline, *program]) if one is not None]
    on = [days[place] for place in told] if days is not None else list(range(len(told)))
    censored = [sum(isinstance(one, AtLeast) for one in phase) for phase in (a, b)]
    judgement, reason = _judge(a, b, censored)
    counted = Comparison(
        baseline_count=len(a),
        program_count=len(b),
        dropped=len(baseline) + len(program) - len(told),
        censored=sum(censored),
        judgement=judgement,
        reason=reason,
    )
    if not a or not b:
        return counted

    sign = 1 if wished is Direction.INCREASE else -1
    nap, nap_se, rows = _overlap(a, b, sign)
    low, high = _interval(nap, len(a), len(b))
    lag1 = _lag1(a, b, on)
    wide_low, wide_high = _widened(nap, low, high, lag1)
    tau = 2 * nap - 1
    tau_bc = _corrected_tau(a, b, on, sign)
    response, response_se = _log_response_ratio(a, b, sign, are_percent=are_percent)
    of_medians, of_medians_se = _log_ratio_of_medians(a, b)
    odds, odds_se = _log_odds_ratio(a, b, sign) if are_percent else (None, None)
    return replace(
        counted,
        nap=nap,
        nap_se=nap_se,
        nap_low=low,
        nap_high=high,
        wide_low=wide_low,
        wide_high=wide_high,
        tau=tau,
        tau_u=tau - sign * _kendall(a) / (len(a) * len(b)),
        tau_bc=tau_bc,
        pnd=_share_beyond(rows),
        log_response_ratio=response,
        log_response_ratio_se=response_se,
        log_ratio_of_medians=of_medians,
        log_ratio_of_medians_se=of_medians_se,
        log_odds_ratio=odds,
        log_odds_ratio_se=odds_se,
        lag1=lag1,
        was_already_changing=_was_already_changing(a, tau, tau_bc),
    )


# ---- what may be shown ----------------------------------------------------------------------------------


def _judge(
    a: Sequence[Minutes], b: Sequence[Minutes], censored: list[int]
) -> tuple[Judgement, JudgementReason]:
    """Which figures may be shown, by counts and censoring; limits of our own (docs/clinical/change.md)."""
    fewest = min(len(a), len(b))
    if fewest < FEWEST_POINTS:
        return Judgement.REFUSED, JudgementReason.FEWER_THAN_THREE
    if any(bounds > MOST_CENSORED_RATIO * len(phase) for bounds, phase in zip(censored, (a, b), strict=True)):
        return Judgement.TOO_FEW, JudgementReason.OFTEN_STILL_AWAKE
    if fewest < ENOUGH_POINTS:
        return Judgement.TOO_FEW, JudgementReason.FEWER_THAN_FIVE
    return Judgement.OK, JudgementReason.ENOUGH


def _was_already_changing(a: Sequence[Minutes], tau: float, tau_bc: float | None) -> bool:
    """Whether the baseline has a trend (p < .10), or correcting for it moves tau by over .2 (our own)."""
    if tau_bc is not None and round(abs(tau_bc - tau), _DECIMALS) > TREND_DIFFERENCE:
        return True
    p = trend_p(a)
    return p is not None and p < TREND_P


# ---- non-overlap ----------------------------------------------------------------------------------------


def _order(one: Minutes, other: Minutes) -> int:
    """1 if `one` is certainly more, -1 if certainly less; 0 for a tie or if censoring leaves it open."""
    if isinstance(one, AtLeast):
        return 1 if not isinstance(other, AtLeast) and one.minutes >= other else 0
    if isinstance(other, AtLeast):
        return -1 if other.minutes >= one else 0
    return (one > other) - (one < other)


def _overlap(
    a: Sequence[Minutes], b: Sequence[Minutes], sign: int
) -> tuple[float, float | None, list[list[float]]]:
    """NAP, its standard error, and each program point scored 0, 0.5 or 1 against each baseline point."""
    m, n = len(a), len(b)
    rows = [[(1 + sign * _order(y, x)) / 2 for x in a] for y in b]
    nap = sum(map(sum, rows)) / (m * n)
    return nap, _nap_se(nap, rows, m, n), rows


def _nap_se(nap: float, rows: list[list[float]], m: int, n: int) -> float | None:
    """The unbiased standard error (Sen 1967, Mee 1990); None where a phase has one point."""
    if m == 1 or n == 1:
        return None
    p = min(max(nap, 1 / (2 * m * n)), 1 - 1 / (2 * m * n))
    by_program = [sum(row) - m * nap for row in rows]
    by_baseline = [sum(column) - n * nap for column in zip(*rows, strict=True)]
    q1 = sum(one**2 for one in by_baseline) / (m * n**2)
    q2 = sum(one**2 for one in by_program) / (m**2 * n)
    q3 = sum((q - nap) ** 2 for row in rows for q in row) / (m * n)
    return math.sqrt(max(0.0, (p * (1 - p) + n * q1 + m * q2 - 2 * q3) / ((m - 1) * (n - 1))))


def _interval(nap: float, m: int, n: int) -> tuple[float, float]:
    """Newcombe's (2006) fifth interval; at 0 and 1 the non-trivial root."""
    h = (m + n) / 2 - 1

    def outside(theta: float) -> bool:
        squared = m * n * (nap - theta) ** 2 * (2 - theta) * (1 + theta)
        return squared > Z**2 * theta * (1 - theta) * (2 + h + (1 + 2 * h) * theta * (1 - theta))

    return (
        0.0 if nap == 0 else _bisect(outside, out=0.0, inside=nap),
        1.0 if nap == 1 else _bisect(outside, out=1.0, inside=nap),
    )


def _bisect(outside: Callable[[float], bool], *, out: float, inside: float) -> float:
    """Where `outside` turns from true to false, between `out` and `inside`."""
    for _ in range(60):
        middle = (out + inside) / 2
        if outside(middle):
            out = middle
        else:
            inside = middle
    return (out + inside) / 2


def _widened(nap: float, low: float, high: float, lag1: float | None) -> tuple[float | None, float | None]:
    """The interval widened by √((1+r)/(1-r)) for positive autocorrelation (docs/clinical/change.md)."""
    if lag1 is None or not 0 < lag1 < 1:
        return None, None
    stretch = math.sqrt((1 + lag1) / (1 - lag1))
    return max(0.0, nap - (nap - low) * stretch), min(1.0, nap + (high - nap) * stretch)


def _share_beyond(rows: list[list[float]]) -> float:
    """PND: the share (0-1) of program points better than the best baseline point."""
    return sum(all(q == 1 for q in row) for row in rows) / len(rows)


def _kendall(values: Sequence[Minutes]) -> int:
    """Kendall's S within a phase: rising pairs minus falling pairs."""
    return sum(_order(later, earlier) for earlier, later in combinations(values, 2))


def trend_p(values: Sequence[Minutes]) -> float | None:
    """Two-sided p of Kendall's S against no trend; None under 3 points.

    Exact without ties (by counting orders), else the normal approximation with ties in its variance and a
    continuity correction (Kendall 1970).
    """
    n = len(values)
    if n < FEWEST_POINTS:
        return None
    s = abs(_kendall(values))
    known = [at_face(value) for value in values]
    ties = [known.count(value) for value in set(known)]
    if max(ties) == 1 and not any(isinstance(value, AtLeast) for value in values):
        return _exact_trend_p(s, n)
    spread = n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)
    if s == 0 or spread == 0:
        return 1.0
    return 2 * (1 - NormalDist().cdf((s - 1) / math.sqrt(spread / 18)))


def _exact_trend_p(s: int, n: int) -> float:
    """The share (0-1) of the n! orders whose S is at least as far from 0 as `s`."""
    orders = [1]
    for size in range(2, n + 1):
        orders = [
            sum(orders[max(0, inversions - size + 1) : inversions + 1])
            for inversions in range(size * (size - 1) // 2 + 1)
        ]
    pairs = n * (n - 1) // 2
    far = sum(count for inversions, count in enumerate(orders) if abs(pairs - 2 * inversions) >= s)
    return far / math.factorial(n)


def _corrected_tau(a: Sequence[Minutes], b: Sequence[Minutes], on: Sequence[int], sign: int) -> float | None:
    """Tau after removing the baseline's Theil-Sen trend (Tarlow 2017).

    None if the trend is unknown: fewer than two days of baseline, or a censored baseline point.
    """
    known = [(day, one) for day, one in zip(on, a, strict=False) if not isinstance(one, AtLeast)]
    slopes = [
        (later - earlier) / (second - first)
        for (first, earlier), (second, later) in combinations(known, 2)
        if first != second
    ]
    if len(known) < len(a) or not slopes:
        return None
    slope = plain_median(slopes)

    def left(value: Minutes, day: int) -> Minutes:
        if isinstance(value, AtLeast):
            return AtLeast(round(value.minutes - slope * day, _DECIMALS))
        return round(value - slope * day, _DECIMALS)

    residuals = [left(value, day) for value, day in zip([*a, *b], on, strict=True)]
    nap, _, _ = _overlap(residuals[: len(a)], residuals[len(a) :], sign)
    return 2 * nap - 1


# ---- ratios ---------------------------------------------------------------------------------------------


def _log_response_ratio(
    a: Sequence[Minutes], b: Sequence[Minutes], sign: int, *, are_percent: bool
) -> tuple[float | None, float | None]:
    """The bias-corrected log ratio of means (Pustejovsky 2018) and its standard error, oriented.

    Of counts and minutes a mean of nothing is taken for half a count (D = 1); of percentages there is none,
    as weeks hold unlike numbers of occasions. None with a bound, with a negative mean, or with a phase of one
    point.
    """
    moments = []
    for phase in (a, b):
        known = [one for one in phase if not isinstance(one, AtLeast)]
        if len(known) < len(phase) or len(phase) == 1 or mean(known) < 0:
            return None, None
        average, spread, k = mean(known), variance(known), len(phase)
        if not are_percent:
            average, spread = max(average, 1 / (2 * k)), max(spread, 1 / k**3)
        if average == 0:
            return None, None
        moments.append((average, spread, k))
    (mean_a, spread_a, m), (mean_b, spread_b, n) = moments
    error_a, error_b = spread_a / (m * mean_a**2), spread_b / (n * mean_b**2)
    ratio = math.log(mean_b) + error_b / 2 - math.log(mean_a) - error_a / 2
    return sign * ratio, math.sqrt(error_a + error_b)


def _log_odds_ratio(
    a: Sequence[Minutes], b: Sequence[Minutes], sign: int
) -> tuple[float | None, float | None]:
    """The bias-corrected log odds ratio of percentages (Pustejovsky 2015) and its standard error, oriented.

    Means are not truncated, because weeks have different numbers of sessions. None if a point is censored, a
    phase has one point, or a mean is 0 or 100 (odds undefined).
    """
    moments = []
    for phase in (a, b):
        known = [one / 100 for one in phase if not isinstance(one, AtLeast)]
        if len(known) < len(phase) or len(phase) == 1 or not 0 < mean(known) < 1:
            return None, None
        p = mean(known)
        error = variance(known) / (len(known) * (p * (1 - p)) ** 2)
        moments.append((math.log(p / (1 - p)) - error * (p - 0.5), error))
    (odds_a, error_a), (odds_b, error_b) = moments
    return sign * (odds_b - odds_a), math.sqrt(error_a + error_b)


def _log_ratio_of_medians(a: Sequence[Minutes], b: Sequence[Minutes]) -> tuple[float | None, float | None]:
    """ln(median of the program / of the baseline) and its standard error (Bonett & Price 2020).

    None if a phase has one point or its median is censored or not positive. The standard error is None if any
    point is censored.
    """
    before, after = median(a), median(b)
    if (
        min(len(a), len(b)) == 1
        or not isinstance(before, float | int)
        or not isinstance(after, float | int)
        or min(before, after) <= 0
    ):
        return None, None
    errors = [_log_median_se(phase) for phase in (a, b)]
    known = [one for one in errors if one is not None]
    se = math.hypot(*known) if len(known) == len(errors) else None
    return math.log(after / before), se


def _log_median_se(values: Sequence[Minutes]) -> float | None:
    """The standard error of a log median, from two order statistics."""
    known = sorted(value for value in values if not isinstance(value, AtLeast))
    k = len(values)
    if len(known) < k or known[0] <= 0:
        return None
    order = max(1, round(k / 2 - math.sqrt(k)))
    tail = sum(math.comb(k, i) for i in range(order)) / 2**k
    if tail >= 0.5:
        return None
    return math.log(known[k - order] / known[order - 1]) / (2 * NormalDist().inv_cdf(1 - tail))


# ---- autocorrelation ------------------------------------------------------------------------------------


def _lag1(a: Sequence[Minutes], b: Sequence[Minutes], on: Sequence[int]) -> float | None:
    """Lag-1 autocorrelation of the uncensored values minus their phase's mean, over consecutive days.

    None if nothing varies or no two points are on consecutive days. Short series bias it downward (Huitema &
    McKean 1991).
    """
    left: list[tuple[int, float]] = []
    days = iter(on)
    for phase in (a, b):
        known = [(next(days), one) for one in phase]
        plain = [(day, one) for day, one in known if not isinstance(one, AtLeast)]
        middle = mean(one for _, one in plain) if plain else 0.0
        left += [(day, one - middle) for day, one in plain]
    spread = sum(one**2 for _, one in left)
    in_a_row = [one * other for (day, one), (later, other) in pairwise(left) if later - day == 1]
    return sum(in_a_row) / spread if spread > 0 and in_a_row else None
