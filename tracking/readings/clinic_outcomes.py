"""A clinic's outcomes page: weeks from the daily counts, months as they were stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from clinic.models import Clinic
from tracking.readings.clinic_months import Month, months_of
from tracking.readings.clinic_weeks import WEEKS, Week, weeks_of


@dataclass(frozen=True, slots=True)
class ClinicOutcomes:
    """The last complete weeks, oldest first, and the months that were made, the latest first."""

    weeks: tuple[Week, ...]
    months: tuple[Month, ...]
    month: Month | None


def clinic_outcomes(clinic: Clinic, *, today: dt.date, month_on: dt.date | None = None) -> ClinicOutcomes:
    """What may be read of a clinic on a local day, with the month asked for, else the latest; two statements.

    The caller has made sure that the asker may see the clinic's figures.
    """
    months = months_of(clinic)
    chosen = next((one for one in months if month_on in (None, one.month_on)), None)
    return ClinicOutcomes(weeks_of(clinic, today=today), months, chosen)


def as_kept(clinic: Clinic, *, month_on: dt.date) -> ClinicOutcomes:
    """A month as its report tells it, whenever that is made: its weeks as they were counted with the months
    up to it, each once. One statement. The caller has made sure that the asker may see the figures.
    """
    months = tuple(one for one in months_of(clinic, limit=None) if one.month_on <= month_on)
    chosen = months[0] if months and months[0].month_on == month_on else None
    return ClinicOutcomes(_last_weeks(months), months, chosen)


def _last_weeks(months: Sequence[Month]) -> tuple[Week, ...]:
    weeks = [week for month in reversed(months) for week in month.weeks]
    return tuple(weeks[-WEEKS:])
