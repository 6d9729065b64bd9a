"""Loads the rows about children's homes for the rule in `clinic.homes`, in one statement."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

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
    """Every child's homes; `since`: what was said of earlier days is left out. One statement.

    The caller has made sure that the asker may know of these children; a household's place is never shown to
    another one.
    """
    homes = ChildHome.objects.filter(child=OuterRef("pk")).order_by("id")
    later = ChildHomeWeek.objects.filter(home__child=OuterRef("pk")).order_by("from_on", "id")
    said = ChildHomeException.objects.filter(child=OuterRef("pk")).order_by("on", "id")
    if since is not None:
        said = said.filter(on__gte=since)
    week = {"weekdays": "weekdays", "first": "from_on"}
    children = Child.objects.filter(pk__in=child_ids).annotate(
        zone=F("clinic__zone"),
        homes_json=ArraySubquery(
            homes.values(json=JSONObject(family="family_id", zone="family__zone", **week))
        ),
        later_json=ArraySubquery(later.values(json=JSONObject(family="home__family_id", **week))),
        said_json=ArraySubquery(
            said.values(json=JSONObject(on="on", family="family_id", is_here="is_here", word="word"))
        ),
    )
    return {
        row["pk"]: Whereabouts(
            weeks=tuple(_week(one) for one in [*row["homes_json"], *row["later_json"]]),
            said=tuple(_said(one) for one in row["said_json"]),
            zones={uuid.UUID(one["family"]): one["zone"] for one in row["homes_json"]},
            clinics_zone=row["zone"],
        )
        for row in children.values("pk", "zone", "homes_json", "later_json", "said_json")
    }


def _week(row: Mapping[str, Any]) -> HomeWeek:
    first = row["first"]
    return HomeWeek(
        uuid.UUID(row["family"]), frozenset(row["weekdays"]), dt.date.fromisoformat(first) if first else None
    )


def _said(row: Mapping[str, Any]) -> Said:
    is_clinics = row["word"] == HomeWord.CLINIC
    return Said(dt.date.fromisoformat(row["on"]), uuid.UUID(row["family"]), row["is_here"], is_clinics)


def whereabouts(child: Child, *, since: dt.date | None = None) -> Whereabouts:
    """One child's homes; none for a child out of sight."""
    nowhere = Whereabouts((), (), {}, child.clinic.zone)
    return whereabouts_of([child.pk], since=since).get(child.pk, nowhere)
