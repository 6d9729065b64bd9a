"""Retention periods: the proposals, their bounds, and the day on which a record's time is over.

The proposals are our own drafts, from the sources in docs/clinical/retention.md. None applies in a clinic
before its owner has adopted it, except the wait before an erasure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tracking.vocabulary.retention import Kept, PeriodUnit

OF_AGE_YEARS = 18


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed period, and what a clinic may set instead (both bounds included)."""

    amount: int
    unit: PeriodUnit
    least: int
    most: int


PROPOSALS: Mapping[Kept, Proposal] = {
    Kept.RECORD: Proposal(10, PeriodUnit.YEARS, least=1, most=100),
    Kept.RECORD_OF_AGE: Proposal(7, PeriodUnit.YEARS, least=0, most=82),
    Kept.UNSIGNED_REPORT: Proposal(365, PeriodUnit.DAYS, least=30, most=3650),
    Kept.REMINDER: Proposal(365, PeriodUnit.DAYS, least=30, most=3650),
    Kept.INVITATION: Proposal(90, PeriodUnit.DAYS, least=30, most=3650),
    Kept.ERASURE_WAIT: Proposal(7, PeriodUnit.DAYS, least=1, most=90),
}

ALWAYS_IN_FORCE = frozenset({Kept.ERASURE_WAIT})


def record_goes_on(
    *, born_on: dt.date, ended_on: dt.date, after_care_years: int, after_coming_of_age_years: int
) -> dt.date:
    """The first day on which the record of a child whose last care ended on `ended_on` is kept no longer.

    The later of both ends; a 29 February counts as 1 March in other years.
    """
    return max(
        years_later(ended_on, after_care_years),
        years_later(born_on, OF_AGE_YEARS + after_coming_of_age_years),
    )


def years_later(day: dt.date, years: int) -> dt.date:
    """The same day of the calendar so many years later; negative: earlier."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)
