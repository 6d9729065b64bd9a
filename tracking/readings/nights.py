"""A run of nights as logged, and their figures with and without nights of illness or travel.

For the care team, or for the guardians of one home: then the child's sharing mode limits what they read of
another household.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass

from clinic.localtime import local_day
from clinic.models import Child, Family, User
from clinic.vocabulary import GrantKind, SharingMode
from clinic.whereabouts import whereabouts
from tracking.outcomes.points import ILL_OR_AWAY, bedtime_points
from tracking.readings.asking import ask_plans_of
from tracking.readings.entries import SeenEntry, entries_between
from tracking.readings.entry_details import BedtimeDetails
from tracking.readings.sight import Byline, Sight, sight_of
from tracking.schedule import days_from
from tracking.sleep import Minutes, Typical, typical
from tracking.sync.bodies import EntryKind
from tracking.vocabulary.asking import Question
from tracking.vocabulary.programs import EntryFlag

NIGHTS = 14
NOBODY = uuid.UUID(int=0)
"""Whose eyes a home's own copy is read with: a guardian's of that home, of nobody in particular."""


@dataclass(frozen=True, slots=True)
class ToldBedtime:
    """One bedtime as told. `minutes` is what figures are made of: None where it tells none or another one of
    its night does.
    """

    entry: SeenEntry
    details: BedtimeDetails
    minutes: Minutes | None

    @property
    def by(self) -> Byline:
        return self.entry.told_by or self.entry.by


@dataclass(frozen=True, slots=True)
class Night:
    """The evening `on` and what was told of it; nothing: nobody told any, was asked, or had the child."""

    on: dt.date
    told: tuple[ToldBedtime, ...]
    is_asked: bool
    is_here: bool

    @property
    def is_marked(self) -> bool:
        """Illness or travel was told."""
        return any(not ILL_OR_AWAY.isdisjoint(one.details.confounders) for one in self.told)

    @property
    def counted(self) -> ToldBedtime | None:
        """The bedtime whose latency is in the figures."""
        return next((one for one in self.told if one.minutes is not None), None)


@dataclass(frozen=True, slots=True)
class NightFigures:
    """`latency` over `count` of `of` nights, `wakings` (median, on how many nights told) beside it."""

    latency: Typical | None
    of: int
    wakings: Typical | None

    @property
    def count(self) -> int:
        return self.latency.count if self.latency else 0


@dataclass(frozen=True, slots=True)
class Nights:
    """`all_nights` and `without_marked` leave out nights nobody was asked about, unless they were told."""

    nights: tuple[Night, ...]
    all_nights: NightFigures
    without_marked: NightFigures

    @property
    def first(self) -> dt.date:
        return self.nights[0].on

    @property
    def last(self) -> dt.date:
        return self.nights[-1].on

    @property
    def told(self) -> list[ToldBedtime]:
        return [one for night in self.nights for one in night.told]

    @property
    def marked_count(self) -> int:
        return sum(night.is_marked for night in self.nights)

    @property
    def tellers(self) -> Counter[Byline]:
        """How many bedtimes each told."""
        return Counter(one.by for one in self.told)


def nights_of(user: User, child: Child, *, family: Family | None, last: dt.date, now: dt.datetime) -> Nights:
    """The fourteen nights up to the evening of `last`, in a constant number of statements.

    The evening of today is left out until somebody has told of it. The caller has fetched the child through
    the one door; `family` is one of its homes.
    """
    sight = sight_of(user, child) if family is None else _of_home(child, family, sight_of(user, child))
    begins = last - dt.timedelta(days=NIGHTS)
    read = entries_between(sight, user, kinds=[EntryKind.BEDTIME], first=begins, last=last, now=now)
    entries = [entry for entry in read if family is None or _is_shown(entry, sight)]
    today = local_day(now, family.zone if family else child.clinic.zone)
    if last >= today and all(entry.local_day < last for entry in entries):
        last -= dt.timedelta(days=1)
    days = list(days_from(last - dt.timedelta(days=NIGHTS - 1), last))
    points = {
        point.entry
        for nights in bedtime_points([child.pk], first=days[0], last=last).values()
        for point in nights.latency
    }
    not_asked = ask_plans_of(child).days_without(Question.BEDTIME, days)
    where = whereabouts(child, since=days[0]) if family is not None and sight.reads_own_home_alone else None
    nights = tuple(
        Night(
            on=day,
            told=_told([entry for entry in entries if entry.local_day == day], points),
            is_asked=day not in not_asked,
            is_here=where is None or family is None or where.is_at(family.pk, day),
        )
        for day in days
    )
    asked = [night for night in nights if night.told or (night.is_asked and night.is_here)]
    return Nights(
        nights=nights,
        all_nights=_figures(asked),
        without_marked=_figures([night for night in asked if not night.is_marked]),
    )


def _of_home(child: Child, family: Family, sight: Sight) -> Sight:
    return Sight(
        user_id=NOBODY,
        child_id=child.pk,
        is_team=False,
        grant=GrantKind.GUARDIAN,
        family_id=family.pk,
        sharing_mode=SharingMode(child.sharing_mode),
        caregivers=sight.caregivers,
    )


def _is_shown(entry: SeenEntry, sight: Sight) -> bool:
    """Whether a home's guardians may read an entry: another household's not where each reads its own."""
    is_elsewhere = entry.zone is None
    return not (is_elsewhere and sight.reads_own_home_alone)


def _told(entries: list[SeenEntry], counted: set[uuid.UUID | None]) -> tuple[ToldBedtime, ...]:
    """The bedtimes of a night: in figures the one first told, else the first that tells a latency."""
    told = []
    figures = {entry.client_id: _figure(entry) for entry in entries}
    able = [entry.client_id for entry in entries if figures[entry.client_id] is not None]
    chosen = next((one for one in able if one in counted), next(iter(able), None))
    for entry in entries:
        assert isinstance(entry.details, BedtimeDetails)
        minutes = figures[entry.client_id] if entry.client_id == chosen else None
        told.append(ToldBedtime(entry, entry.details, minutes))
    return tuple(told)


def _figure(entry: SeenEntry) -> Minutes | None:
    details = entry.details
    if not isinstance(details, BedtimeDetails) or details.latency is None:
        return None
    return None if EntryFlag.CLOCK_OFF in entry.flags else details.latency.for_figures


def _figures(nights: list[Night]) -> NightFigures:
    latencies = [night.counted.minutes for night in nights if night.counted is not None]
    wakings = [
        float(count)
        for night in nights
        for count in [one.details.night_waking_count for one in night.told][:1]
        if count is not None
    ]
    return NightFigures(
        latency=typical(one for one in latencies if one is not None),
        of=len(nights),
        wakings=typical(wakings),
    )
