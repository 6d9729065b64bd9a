"""A clinic as a whole: its weeks from the counts kept by day, its months as they were made."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Sum

from clinic.localtime import monday_of
from clinic.models import Clinic
from tracking.models import ClinicDay
from tracking.readings.clinic_months import Month, months_of
from tracking.suppression import is_small, told
from tracking.vocabulary.rollups import DayCount

WEEKS = 12
ARRIVED_AFTER = dt.timedelta(days=2)
"""A week is told once what comes late has come, and not while it moves by one child an evening."""

OFFERED = (DayCount.DONE, DayCount.STOPPED, DayCount.DECLINED)


@dataclass(frozen=True, slots=True)
class Week:
    """What a clinic's families told of a week, Monday to Sunday; None: by fewer than five children.

    `offered_count` massages, `done_count` of them done to the end. `minutes` are those of timed ones.
    """

    first: dt.date
    offered_count: int | None
    done_count: int | None
    minutes: int | None
    bedtime_count: int | None
    observation_count: int | None

    @property
    def last(self) -> dt.date:
        return self.first + dt.timedelta(days=6)


@dataclass(frozen=True, slots=True)
class ClinicOutcomes:
    """The last complete weeks, oldest first, and the months that were made, the latest first."""

    weeks: tuple[Week, ...]
    months: tuple[Month, ...]
    month: Month | None


@dataclass(frozen=True, slots=True)
class _Sum:
    entries: int = 0
    children: int = 0
    minutes: int = 0


def clinic_outcomes(clinic: Clinic, *, today: dt.date, month_on: dt.date | None = None) -> ClinicOutcomes:
    """What may be read of a clinic on a local day, with the month asked for, else the latest; two statements.

    The caller has made sure that the asker may see the clinic's figures.
    """
    months = months_of(clinic)
    chosen = next((one for one in months if month_on in (None, one.month_on)), None)
    return ClinicOutcomes(weeks_of(clinic, today=today), months, chosen)


def weeks_of(clinic: Clinic, *, today: dt.date) -> tuple[Week, ...]:
    """The last complete weeks of a clinic, oldest first; one statement."""
    until = monday_of(today - ARRIVED_AFTER)
    mondays = [until - dt.timedelta(weeks=back) for back in range(WEEKS, 0, -1)]
    days = ClinicDay.objects.filter(clinic=clinic, local_day__gte=mondays[0], local_day__lt=until)
    sums: defaultdict[tuple[dt.date, str], _Sum] = defaultdict(_Sum)
    for day, counts, entries, children, minutes in days.values_list("local_day", "counts").annotate(
        Sum("entry_count"), Sum("child_count"), Sum("minutes")
    ):
        key = monday_of(day), counts
        before = sums[key]
        sums[key] = _Sum(
            before.entries + entries, max(before.children, children), before.minutes + int(minutes)
        )
    return tuple(_week(monday, sums) for monday in mondays)


def _week(monday: dt.date, sums: Mapping[tuple[dt.date, str], _Sum]) -> Week:
    each = [sums[monday, str(counts)] for counts in OFFERED]
    groups = told([one.entries for one in each], by=[one.children for one in each])
    counts = [one.count for one in groups]
    begun = each[:2]
    return Week(
        first=monday,
        offered_count=None if None in counts else sum(count or 0 for count in counts),
        done_count=counts[0] if groups[0].last == 0 else None,
        minutes=_told(sum(one.minutes for one in begun), max(one.children for one in begun)),
        bedtime_count=_alone(sums[monday, str(DayCount.BEDTIME)]),
        observation_count=_alone(sums[monday, str(DayCount.OBSERVATION)]),
    )


def _alone(one: _Sum) -> int | None:
    return _told(one.entries, one.children)


def _told(count: int, children: int) -> int | None:
    return None if is_small(children) else count
