"""The recipients of notices, by the same access rules as the record: many notices at once."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from clinic.models import CaregiverGrant, CareTeam, ClinicMembership
from clinic.vocabulary import GrantKind
from tracking.models import Flag, Report
from tracking.models.notices import NoticeKind
from tracking.readings.flag_readers import readers_of

OF_FLAGS = frozenset({NoticeKind.FLAG, NoticeKind.URGENT_FLAG, NoticeKind.FLAG_UNREAD})
OF_GUARDIANS = frozenset({NoticeKind.MESSAGE, NoticeKind.REPORT_SHARED})
"""What of a family only guardians read; the others concern whoever cares for the child."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What happened, of which child: as `Notice` says it."""

    clinic_id: uuid.UUID
    child_id: uuid.UUID
    kind: str
    subject_id: uuid.UUID
    is_to_staff: bool


class Audience:
    """Who may read what these notices are about. Reads nothing after it was made."""

    def __init__(self, matters: Collection[Matter]) -> None:
        of_flags = [one for one in matters if one.kind in OF_FLAGS]
        of_teams = [one for one in matters if one.is_to_staff and one.kind not in OF_FLAGS]
        self.flags = Flag.objects.in_bulk({one.subject_id for one in of_flags})
        self._readers = readers_of({one.child_id for one in of_flags}, {one.clinic_id for one in of_flags})
        self._teams = _teams({one.child_id for one in of_teams})
        self._family = _families({one.child_id for one in matters if not one.is_to_staff})
        self._homes = _homes_of_reports(
            {one.subject_id for one in matters if one.kind == NoticeKind.REPORT_SHARED}
        )

    def first(self, matter: Matter) -> list[uuid.UUID]:
        """Those who are told: of a flag whoever it has come to so far, else everybody who may read of it."""
        if matter.kind in OF_FLAGS:
            flag = self.flags.get(matter.subject_id)
            return self._read(flag, flag.readers[: flag.asked_count]) if flag else []
        return self.all(matter)

    def all(self, matter: Matter) -> list[uuid.UUID]:
        """Those who may read of it."""
        if matter.kind in OF_FLAGS:
            flag = self.flags.get(matter.subject_id)
            return self._read(flag, flag.readers) if flag else []
        if matter.is_to_staff:
            return self._teams[matter.child_id]
        return [
            user_id
            for user_id, home in self._family[matter.child_id].items()
            if (home.is_guardian or matter.kind not in OF_GUARDIANS)
            and home.family_id == self._homes.get(matter.subject_id, home.family_id)
        ]

    def home_zone(self, child_id: uuid.UUID, user_id: uuid.UUID) -> str:
        """The zone of the household from which somebody cares for a child; empty for its staff."""
        home = self._family[child_id].get(user_id)
        return home.zone if home else ""

    def _read(self, flag: Flag, places: Iterable[str]) -> list[uuid.UUID]:
        return [
            reader.id
            for kind in places
            for reader in self._readers.of(
                kind, child_id=flag.child_id, clinic_id=flag.clinic_id, owner_id=flag.owner_reader_id
            )
        ]


@dataclass(frozen=True, slots=True)
class _Home:
    """From where somebody cares for a child, and as what."""

    family_id: uuid.UUID
    zone: str
    is_guardian: bool


def _families(child_ids: Collection[uuid.UUID]) -> defaultdict[uuid.UUID, dict[uuid.UUID, _Home]]:
    found: defaultdict[uuid.UUID, dict[uuid.UUID, _Home]] = defaultdict(dict)
    grants = CaregiverGrant.objects.valid().filter(child__in=child_ids).order_by("id")
    columns = ("child_id", "user_id", "kind", "family_id", "family__zone")
    for child_id, user_id, kind, family_id, zone in grants.values_list(*columns):
        found[child_id][user_id] = _Home(family_id, zone, is_guardian=kind == GrantKind.GUARDIAN)
    return found


def _homes_of_reports(report_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """For which household a report was made, of those that were made for one."""
    if not report_ids:
        return {}
    rows = Report.objects.filter(pk__in=report_ids, family__isnull=False).order_by("id")
    return dict(rows.values_list("pk", "family_id"))


def _teams(child_ids: Collection[uuid.UUID]) -> defaultdict[uuid.UUID, list[uuid.UUID]]:
    found: defaultdict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    working = ClinicMembership.objects.active().filter(clinic=OuterRef("clinic"), user=OuterRef("therapist"))
    places = CareTeam.objects.active().filter(Exists(working), child__in=child_ids).order_by("from_at", "id")
    for child_id, user_id in places.values_list("child_id", "therapist_id"):
        found[child_id].append(user_id)
    return found
