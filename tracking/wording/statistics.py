"""The statistics of a comparison for therapists, each with its name, explanation and interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.alongside import Alongside
from tracking.single_case import Comparison, Z
from tracking.vocabulary.outcomes import Judgement, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

_Row: TypeAlias = tuple[str, float | None, str, str]
"""A name, its value where it is defined, its range as it is written, and what it is."""

MINUTES = (Outcome.SLEEP_LATENCY, Outcome.RECOVERY_MINUTES)
"""Minutes have a true zero; of ranks no ratio is made, of shares one of their odds (docs/clinical)."""
RATIOS = (*MINUTES, Outcome.TOUCH_PER_OPPORTUNITY)
"""What a ratio of means is told of: minutes, and how many of so many."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One index: `value` as it is written, `range` its interval, empty where there is none; what it is."""

    name: str
    value: str
    range: str
    meaning: str


_NAP: _StrPromise = _("of all pairs of a day before and a day since, how many went better since; 0.5: alike")
_TAU_U: _StrPromise = _(
    "Tau less the baseline’s own trend, divided by the pairs of a day before and a day since; may leave -1 to"
    " 1"
)
_TAU_BC: _StrPromise = _(
    "Tau of what is left without the baseline’s Theil-Sen trend, divided by the same pairs"
)


def figures(change: Alongside) -> tuple[Figure, ...]:
    """The indices that are defined, in the order they are read; none where nothing may be shown."""
    if change.judgement is Judgement.REFUSED:
        return ()
    found = change.comparison
    rows = [
        ("NAP", found.nap, _range(found.nap_low, found.nap_high), str(_NAP)),
        (
            gettext("NAP, days in a row alike"),
            found.nap if found.wide_low is not None else None,
            _range(found.wide_low, found.wide_high),
            gettext("the range widened by how alike days in a row are"),
        ),
        (
            gettext("NAP without illness and travel"),
            change.without_illness.nap if change.without_illness else None,
            _range_of(change.without_illness),
            gettext("the same of the other days"),
        ),
        (gettext("standard error of NAP"), found.nap_se, "", gettext("unbiased (Sen; Mee)")),
        (
            "Tau",
            found.tau,
            _range(*(None if one is None else 2 * one - 1 for one in (found.nap_low, found.nap_high))),
            gettext("twice NAP less one; 0: alike"),
        ),
        ("Tau-U", found.tau_u, "", str(_TAU_U)),
        (gettext("baseline-corrected Tau"), found.tau_bc, "", str(_TAU_BC)),
        ("PND", found.pnd, "", gettext("of the days since, how many were better than the best before")),
        *(_of_medians(change) if change.outcome in MINUTES else ()),
        *(_of_means(found) if change.outcome in RATIOS else ()),
        *(_odds(found) if change.outcome.is_share else ()),
        (
            gettext("lag-1 autocorrelation"),
            found.lag1,
            "",
            gettext("how alike days in a row are; short diaries make it look smaller"),
        ),
    ]
    return tuple(
        Figure(name, _number(value), between, meaning)
        for name, value, between, meaning in rows
        if value is not None
    )


def bounds(change: Alongside) -> str:
    """How many nights are only known to be more than so long; empty without any."""
    count = change.comparison.censored
    if not count:
        return ""
    return gettext("%(count)d only known to be more than was seen; each decides what it decides.") % {
        "count": count
    }


def _of_medians(change: Alongside) -> tuple[_Row, ...]:
    """Their difference and their ratio, the latter in percent of the median before too."""
    found = change.comparison
    ratio, error = found.log_ratio_of_medians, found.log_ratio_of_medians_se
    return (
        (
            gettext("difference of medians"),
            _difference(change),
            "",
            gettext("minutes, since less before; below 0: shorter"),
        ),
        (
            gettext("log ratio of medians"),
            ratio,
            _around(ratio, error),
            gettext("since over before; below 0: shorter"),
        ),
        (
            gettext("the same in percent"),
            None if ratio is None else _percent(ratio),
            _around(ratio, error, in_terms_of=_percent),
            gettext("of the median before"),
        ),
    )


def _difference(change: Alongside) -> float | None:
    """In minutes; None where a median is only known to be more than was seen."""
    medians = [side.typical and side.typical.median for side in (change.before, change.since)]
    known = [one for one in medians if isinstance(one, float | int)]
    return known[1] - known[0] if len(known) == len(medians) else None


def _percent(log_ratio: float) -> float:
    return 100 * math.expm1(log_ratio)


def _of_means(found: Comparison) -> tuple[_Row, ...]:
    return (
        (
            gettext("log response ratio"),
            found.log_response_ratio,
            _around(found.log_response_ratio, found.log_response_ratio_se),
            gettext("of means, bias-corrected; more is better"),
        ),
    )


def _odds(found: Comparison) -> tuple[_Row, ...]:
    return (
        (
            gettext("log odds ratio"),
            found.log_odds_ratio,
            _around(found.log_odds_ratio, found.log_odds_ratio_se),
            gettext("of mean shares, bias-corrected; more is better"),
        ),
    )


def _around(
    value: float | None, error: float | None, *, in_terms_of: Callable[[float], float] = float
) -> str:
    if value is None or error is None:
        return ""
    return _range(in_terms_of(value - Z * error), in_terms_of(value + Z * error))


def _range_of(found: Comparison | None) -> str:
    return _range(found.nap_low, found.nap_high) if found else ""


def _range(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return gettext("%(low)s to %(high)s") % {"low": _number(low), "high": _number(high)}


def _number(value: float) -> str:
    """Two decimals, with a sign of minus."""
    written = formats.number_format(round(value, 2) + 0.0, decimal_pos=2)
    return str(written).replace("-", "\N{MINUS SIGN}")
