"""Who reads a child's flags: the care team, whoever covers, an owner; and where nobody does."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from clinic.errors import Invalid
from clinic.models import CareTeam, Child, Clinic, ClinicMembership, User
from clinic.vocabulary import CareTeamKind, EpisodeState, Role
from tracking.readings.flag_settings import (
    HoursPage,
    Rules,
    closures_in_force,
    hours_in_force,
    rules_of,
)
from tracking.response_times import Response
from tracking.vocabulary.concerns import Severity
from tracking.vocabulary.flags import NEEDS_A_READER, ReaderKind


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads flags."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True, slots=True)
class Readers:
    """Who could read the flags of some children."""

    teams: Mapping[tuple[uuid.UUID, ReaderKind], tuple[Reader, ...]]
    owners: Mapping[uuid.UUID, tuple[Reader, ...]]

    def of(
        self, kind: str, *, child_id: uuid.UUID, clinic_id: uuid.UUID, owner_id: uuid.UUID | None = None
    ) -> tuple[Reader, ...]:
        """The people of one place in the order; `owner_id` is the one owner who reads, None: every owner."""
        if kind == ReaderKind.OWNER:
            owners = self.owners.get(clinic_id, ())
            return owners if owner_id is None else tuple(one for one in owners if one.id == owner_id)
        return self.teams.get((child_id, ReaderKind(kind)), ())

    def has_any(self, response: Response, *, child_id: uuid.UUID, clinic_id: uuid.UUID) -> bool:
        return any(
            self.of(kind, child_id=child_id, clinic_id=clinic_id, owner_id=response.owner_id)
            for kind in response.readers
        )


def readers_of(child_ids: Collection[uuid.UUID], clinic_ids: Collection[uuid.UUID]) -> Readers:
    """Who reads the flags of these children now: of a team whoever treats, the lead first. Two statements."""
    treating = ClinicMembership.objects.active().filter(clinic=OuterRef("clinic"), user=OuterRef("therapist"))
    places = (
        CareTeam.objects.active()
        .filter(Exists(treating.with_role(Role.THERAPIST, Role.OWNER)), child__in=list(child_ids))
        .order_by("from_at", "id")
        .values_list("child_id", "kind", "therapist_id", "therapist__name")
    )
    teams: defaultdict[tuple[uuid.UUID, ReaderKind], list[Reader]] = defaultdict(list)
    for child_id, kind, user_id, name in sorted(places, key=lambda row: row[1] != CareTeamKind.LEAD):
        place = ReaderKind.COVER if kind == CareTeamKind.COVER else ReaderKind.CARE_TEAM
        teams[child_id, place].append(Reader(user_id, name))
    owners: defaultdict[uuid.UUID, list[Reader]] = defaultdict(list)
    for clinic_id, user_id, name in (
        ClinicMembership.objects.active()
        .filter(clinic__in=list(clinic_ids))
        .with_role(Role.OWNER)
        .order_by("started_at", "id")
        .values_list("clinic_id", "user_id", "user__name")
    ):
        owners[clinic_id].append(Reader(user_id, name))
    return Readers(
        teams={place: tuple(people) for place, people in teams.items()},
        owners={clinic_id: tuple(people) for clinic_id, people in owners.items()},
    )


def unread_children(
    rules: Mapping[uuid.UUID, Rules], severities: Collection[Severity] = NEEDS_A_READER
) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Children in care of whose flags some, of these severities, nobody would read; three statements.

    A child whose place on a team nobody holds is read by an owner where the clinic's order names one.
    """
    children = Child.objects.not_archived().filter(
        clinic__in=list(rules), died_on__isnull=True, episodes__state=EpisodeState.ACTIVE
    )
    clinics = dict(children.order_by("id").values_list("pk", "clinic_id"))
    readers = readers_of(list(clinics), list(rules))
    found: defaultdict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for child_id, clinic_id in clinics.items():
        responses = (rules[clinic_id].responses[severity] for severity in severities)
        if not all(
            readers.has_any(response, child_id=child_id, clinic_id=clinic_id) for response in responses
        ):
            found[clinic_id].append(child_id)
    return dict(found)


def owner_of(clinic: Clinic, person: uuid.UUID | None) -> User | None:
    """An owner of the clinic by their key, None for none. Raises Invalid (`owner`) for anybody else."""
    if person is None:
        return None
    owners = ClinicMembership.objects.active().filter(clinic=clinic, user=person).with_role(Role.OWNER)
    found = owners.select_related("user").first()
    if found is None:
        raise Invalid(field="owner", allowed="owner_of_the_clinic")
    return found.user


def hours_page(clinic: Clinic) -> HoursPage:
    """When the clinic is open, who looks at what how soon, and whether nobody does."""
    rules = rules_of([clinic.pk])
    owners = ClinicMembership.objects.active().filter(clinic=clinic).with_role(Role.OWNER)
    return HoursPage(
        rules=rules[clinic.pk],
        is_usual=not hours_in_force([clinic.pk]),
        closures=tuple(closures_in_force([clinic.pk])),
        owners=tuple(one.user for one in owners.select_related("user").order_by("started_at", "id")),
        unread_count=len(unread_children(rules).get(clinic.pk, [])),
    )
