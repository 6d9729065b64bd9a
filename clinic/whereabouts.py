"""The rows about a child's homes, as the rule of `clinic.homes` takes them; two statements for any number."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import F

from clinic.homes import HomeDay, HomeWeek, Said, home_on, week_on
from clinic.localtime import local_day, night_of
from clinic.models import Child, ChildHome, ChildHomeException, ChildHomeWeek
from clinic.vocabulary import HomeWord


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A child's homes. `zones` are theirs by household, in order, `clinics_zone` where there is no home."""

    weeks: tuple[HomeWeek, ...]
    said: tuple[Said, ...]
    zones: Mapping[uuid.UUID, str]
    clinics_zone: str

    def on(self, day: dt.date) -> HomeDay:
        return home_on(day, self.weeks, self.said)

    def is_at(self, family: uuid.UUID | None, day: dt.date) -> bool:
        """Whether the child may be in this household that day; yes where the child has no home at all."""
        return not self.weeks or family in self.on(day).at

    def weekdays(self, day: dt.date) -> Mapping[uuid.UUID, frozenset[int]]:
        """Each household's week in force on a day."""
        return week_on(day, self.weeks)

    def zone_on(self, day: dt.date) -> str:
        """Where the child's clock is on that day."""
        family = self.on(day).family
        return self.zones[family] if family is not None else self.clinics_zone

    def home_at(
        self, instant: dt.datetime, *, zone: str | None = None, is_night: bool = False
    ) -> uuid.UUID | None:
        """The household the child is in at an instant; None without homes.

        The day is that of `zone` where it is known, else the clinic's, and then that of the home it leads to.
        `is_night`: an evening, which lasts until 11:59.
        """
        day_of = night_of if is_night else local_day
        family = self.on(day_of(instant, zone or self.clinics_zone)).family
        if zone is None and family is not None:
            family = self.on(day_of(instant, self.zones[family])).family
        return family


def whereabouts_of(
    child_ids: Collection[uuid.UUID], *, since: dt.date | None = None
) -> dict[uuid.UUID, Whereabouts]:
    """Every child's homes; `since`: what was said of earlier days is left out. Three statements.

    The caller has made sure that the asker may know of these children; a household's place is never shown to
    another one.
    """
    weeks: defaultdict[uuid.UUID, list[HomeWeek]] = defaultdict(list)
    zones: defaultdict[uuid.UUID, dict[uuid.UUID, str]] = defaultdict(dict)
    homes = ChildHome.objects.filter(child__in=child_ids).order_by("id")
    for child, family, zone, weekdays, first in homes.values_list(
        "child_id", "family_id", "family__zone", "weekdays", "from_on"
    ):
        weeks[child].append(HomeWeek(family, frozenset(weekdays), first))
        zones[child][family] = zone
    later = ChildHomeWeek.objects.filter(home__child__in=child_ids).order_by("from_on", "id")
    for child, family, weekdays, first in later.values_list(
        "home__child_id", "home__family_id", "weekdays", "from_on"
    ):
        weeks[child].append(HomeWeek(family, frozenset(weekdays), first))
    said: defaultdict[uuid.UUID, list[Said]] = defaultdict(list)
    spoken = ChildHomeException.objects.filter(child__in=child_ids).order_by("on", "id")
    if since is not None:
        spoken = spoken.filter(on__gte=since)
    for child, on, family, is_here, word in spoken.values_list(
        "child_id", "on", "family_id", "is_here", "word"
    ):
        said[child].append(Said(on, family, is_here, word == HomeWord.CLINIC))
    clinics = Child.objects.filter(pk__in=child_ids).annotate(zone=F("clinic__zone"))
    return {
        child: Whereabouts(tuple(weeks[child]), tuple(said[child]), zones[child], zone)
        for child, zone in clinics.values_list("pk", "zone")
    }


def whereabouts(child: Child, *, since: dt.date | None = None) -> Whereabouts:
    """One child's homes; none for a child out of sight."""
    nowhere = Whereabouts((), (), {}, child.clinic.zone)
    return whereabouts_of([child.pk], since=since).get(child.pk, nowhere)
