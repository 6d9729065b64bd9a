"""A clinic's weeks, summed from the daily counts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from clinic.localtime import monday_of
from clinic.models import Clinic
from tracking.models import ClinicDay
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
    def counts(self) -> tuple[int | None, ...]:
        """What is told of it, in the order of its fields."""
        return (self.offered_count, self.done_count, self.minutes, self.bedtime_count, self.observation_count)

    @property
    def last(self) -> dt.date:
        return self.first + dt.timedelta(days=6)


@dataclass(frozen=True, slots=True)
class _Sum:
    entries: int = 0
    children: int = 0
    minutes: int = 0


def weeks_of(clinic: Clinic, *, today: dt.date) -> tuple[Week, ...]:
    """The last complete weeks of a clinic, oldest first; one statement."""
    until = monday_of(today - ARRIVED_AFTER)
    return _weeks(clinic, [until - dt.timedelta(weeks=back) for back in range(WEEKS, 0, -1)])


def weeks_ending_in(clinic: Clinic, *, first: dt.date, last: dt.date) -> tuple[Week, ...]:
    """The weeks whose Sunday lies between these days, oldest first: each is of one month. One statement."""
    sunday = monday_of(first) + dt.timedelta(days=6)
    mondays = []
    while sunday <= last:
        mondays.append(sunday - dt.timedelta(days=6))
        sunday += dt.timedelta(weeks=1)
    return _weeks(clinic, mondays)


def _weeks(clinic: Clinic, mondays: Sequence[dt.date]) -> tuple[Week, ...]:
    until = mondays[-1] + dt.timedelta(weeks=1)
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
