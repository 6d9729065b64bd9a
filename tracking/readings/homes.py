"""For the clinic's staff: where a child usually is, and on which days something else was said."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from clinic.models import Child, ChildHome, ChildHomeException, Family
from clinic.whereabouts import Whereabouts, whereabouts


@dataclass(frozen=True, slots=True)
class HomeAndWeek:
    """A home of the child. `weekdays` are those of today's week (Monday is 0; none: every day)."""

    home: ChildHome
    weekdays: tuple[int, ...]
    next_weeks: tuple[NextWeek, ...]


@dataclass(frozen=True, slots=True)
class NextWeek:
    """What a home's weekdays will be from a day on."""

    from_on: dt.date
    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SaidHere:
    """What one home, or (`is_clinics`) the clinic for it, said of a day."""

    family: Family
    is_here: bool
    is_clinics: bool


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day of which something was said, and where the child is by it; `family` None: nowhere for certain."""

    on: dt.date
    said: tuple[SaidHere, ...]
    family: Family | None
    is_at_odds: bool


@dataclass(frozen=True, slots=True)
class Homes:
    """A child's homes in their order, and the days from today on of which something was said."""

    homes: tuple[HomeAndWeek, ...]
    days: tuple[SaidDay, ...]


def homes_and_days(child: Child, *, today: dt.date) -> Homes:
    """For who may know where all of them are; two statements."""
    rows = list(ChildHome.objects.filter(child=child).select_related("family").order_by("id"))
    where = whereabouts(child, since=today)
    in_force = where.weekdays(today)
    return Homes(
        homes=tuple(
            HomeAndWeek(
                home=home,
                weekdays=tuple(sorted(in_force.get(home.family_id, ()))),
                next_weeks=tuple(
                    NextWeek(week.first, tuple(sorted(week.weekdays)))
                    for week in where.weeks
                    if week.family == home.family_id and week.first is not None and week.first > today
                ),
            )
            for home in rows
        ),
        days=_said_days(where, {home.family_id: home.family for home in rows}),
    )


def days_at_odds(child: Child, *, today: dt.date) -> tuple[dt.date, ...]:
    """The days from today on of which the child's homes contradict each other; mostly one statement."""
    if not ChildHomeException.objects.filter(child=child, on__gte=today).exists():
        return ()
    where = whereabouts(child, since=today)
    return tuple(on for on in sorted({one.on for one in where.said}) if where.on(on).is_at_odds)


def _said_days(where: Whereabouts, families: Mapping[uuid.UUID, Family]) -> tuple[SaidDay, ...]:
    """Every day of which something was said, in order; what was said for a home that is none is left out."""
    found = []
    for on, spoken in groupby(sorted(where.said, key=lambda one: one.on), key=lambda one: one.on):
        day = where.on(on)
        said = [
            SaidHere(families[one.family], one.is_here, one.is_clinics)
            for one in spoken
            if one.family in families
        ]
        home = families.get(day.family) if day.family and len(day.at) == 1 else None
        found.append(SaidDay(on, tuple(said), home, day.is_at_odds))
    return tuple(found)
