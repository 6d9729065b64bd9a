"""A reader's relation to a child, and how authors are shown to them (docs/access.md).

Of another household's entries, one household reads what the child's sharing mode allows, and never a zone, an
instant or the hour of arrival, because those would tell where the other household is.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from functools import partial
from typing import Any, cast

from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.functional import SimpleLazyObject

from clinic.localtime import local_wall
from clinic.models import CaregiverGrant, Child, User
from clinic.policy import Places, places
from clinic.vocabulary import GrantKind, SharingMode
from tracking.outcomes.instants import told_instant
from tracking.policy import CAREGIVERS_REVISE_FOR, GUARDIANS_REVISE_FOR


@unique
class ShownAs(StrEnum):
    """How an author is shown: you, by name, by role alone, or not at all."""

    YOU = "you"
    NAME = "name"
    ROLE = "role"
    HIDDEN = "hidden"


@unique
class AuthorRole(StrEnum):
    GUARDIAN = "guardian"
    CAREGIVER = "caregiver"
    CARE_TEAM = "care_team"


@dataclass(frozen=True, slots=True)
class Byline:
    """An author as the reader may know them; `name` is empty where only the role is shown."""

    shown_as: ShownAs
    role: AuthorRole | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as the reader may know it: `wall` is what clocks showed there, `at` None elsewhere."""

    wall: dt.datetime
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class CaregiverPlace:
    """A person's grant to a child, an ended one too: in which household, as what, from when until when."""

    user_id: uuid.UUID
    name: str
    kind: GrantKind
    relationship: str
    family_id: uuid.UUID
    valid_from: dt.datetime
    valid_until: dt.datetime | None
    revoked_at: dt.datetime | None
    speaks: tuple[str, ...]
    needs_interpreter: bool

    def is_valid(self, now: dt.datetime) -> bool:
        is_over = self.valid_until is not None and self.valid_until <= now
        return self.valid_from <= now and self.revoked_at is None and not is_over


def called(child: Child, grant: str | None) -> str:
    """What a child is called to a reader, by the kind of their grant: who only logs knows the first name."""
    nickname = "" if grant == GrantKind.CAREGIVER else child.nickname
    return nickname or child.first_name


@dataclass(frozen=True, slots=True)
class Sight:
    """A reader's place at one child. `family_id` is their household; None for staff.

    Who broke the glass reads as the team does; what they may do is `clinic.policy.Places`' to say.
    """

    user_id: uuid.UUID
    child_id: uuid.UUID
    is_team: bool
    grant: GrantKind | None
    family_id: uuid.UUID | None
    sharing_mode: SharingMode
    caregivers: Mapping[uuid.UUID, CaregiverPlace] = field(default_factory=dict)

    @property
    def is_guardian(self) -> bool:
        return self.grant == GrantKind.GUARDIAN

    @property
    def is_of_record(self) -> bool:
        """Whether the reader reads any of the child's record: its team, and who cares for the child.

        Owner and office know of the child, and of nothing clinical.
        """
        return self.is_team or self.grant is not None

    @property
    def reads_own_home_alone(self) -> bool:
        """Whether nothing another household did is told to the reader."""
        return not self.is_team and self.sharing_mode == SharingMode.OWN_ONLY

    def is_elsewhere(self, *, family_id: uuid.UUID | None, reported_by_id: uuid.UUID) -> bool:
        """Whether an entry is another household's, for this reader."""
        return not self.is_team and reported_by_id != self.user_id and family_id != self.family_id

    def byline(self, *, reported_by_id: uuid.UUID, name: str, is_letter: bool = False) -> Byline:
        """How an author is shown to this reader; who wrote a letter (a message) is shown at least by role."""
        if reported_by_id == self.user_id:
            return Byline(ShownAs.YOU, AuthorRole(self.grant or AuthorRole.CARE_TEAM), name)
        place = self.caregivers.get(reported_by_id)
        role = AuthorRole(place.kind) if place else AuthorRole.CARE_TEAM
        if self.is_team or role is AuthorRole.CARE_TEAM:
            return Byline(ShownAs.NAME, role, name)
        is_own_house = place is not None and place.family_id == self.family_id
        if self.sharing_mode == SharingMode.FULL or is_own_house:
            return Byline(ShownAs.NAME, role, name)
        if self.sharing_mode == SharingMode.ROLE_LABEL or is_letter:
            return Byline(ShownAs.ROLE, role)
        return Byline(ShownAs.HIDDEN, None)

    def teller(self, *, user_id: uuid.UUID | None, name: str, is_elsewhere: bool) -> Byline | None:
        """How whoever told an entry that somebody else wrote down is shown; None where nobody is named."""
        if user_id is not None:
            place = self.caregivers.get(user_id)
            return self.byline(reported_by_id=user_id, name=place.name if place else "")
        if not name:
            return None
        if not is_elsewhere or self.sharing_mode == SharingMode.FULL:
            return Byline(ShownAs.NAME, AuthorRole.CAREGIVER, name)
        if self.sharing_mode == SharingMode.ROLE_LABEL:
            return Byline(ShownAs.ROLE, AuthorRole.CAREGIVER)
        return Byline(ShownAs.HIDDEN, None)

    def may_know_of(self, *, family_id: uuid.UUID | None, reported_by_id: uuid.UUID) -> bool:
        """Whether the reader may know that a session of this household happened at all.

        A log-only caregiver reads only their own entries, but is told that the evening's massage is done.
        """
        is_own_house = family_id is not None and family_id == self.family_id
        return (
            self.is_team
            or reported_by_id == self.user_id
            or is_own_house
            or self.sharing_mode != SharingMode.OWN_ONLY
        )

    def may_revise(
        self, *, reported_by_id: uuid.UUID, first_received_at: dt.datetime, now: dt.datetime
    ) -> bool:
        """Agrees with `policy.may_revise_entry`, without asking the database again."""
        if reported_by_id != self.user_id:
            return False
        is_logger = self.grant == GrantKind.CAREGIVER and not self.is_team
        return now - first_received_at <= (CAREGIVERS_REVISE_FOR if is_logger else GUARDIANS_REVISE_FOR)


def sight_of(
    user: User,
    child: Child,
    *,
    place: Places | None = None,
    caregivers: Mapping[uuid.UUID, CaregiverPlace] | None = None,
) -> Sight:
    """What `user` is to `child` now: one statement, none where their `place` is known already.

    Who else cares for the child is asked when somebody else's entry is first met, unless told.
    """
    p = place or places(user, child)
    others = caregivers
    if others is None:
        others = cast("Mapping[uuid.UUID, CaregiverPlace]", SimpleLazyObject(partial(caregivers_of, child)))
    return Sight(
        user_id=user.pk,
        child_id=child.pk,
        is_team=p.is_reading,
        grant=p.grant,
        family_id=p.household,
        sharing_mode=SharingMode(child.sharing_mode),
        caregivers=others,
    )


def caregivers_of(child: Child) -> dict[uuid.UUID, CaregiverPlace]:
    """Everybody who has or had a grant for the child, each by their latest; in one statement."""
    return caregivers_in(row["json"] for row in grants_of(child))


def grants_of(child: Child | OuterRef) -> QuerySet[Any, Any]:
    """Each grant for a child as JSON, as `caregivers_in` reads it: also for an ArraySubquery."""
    return (
        CaregiverGrant.objects.filter(child=child)
        .order_by("valid_from", "id")
        .values(
            json=JSONObject(
                user_id="user_id",
                name="user__name",
                kind="kind",
                relationship="relationship",
                family_id="family_id",
                valid_from="valid_from",
                valid_until="valid_until",
                revoked_at="revoked_at",
                speaks="user__spoken_languages",
                needs_interpreter="needs_interpreter",
            )
        )
    )


def caregivers_in(rows: Iterable[Mapping[str, Any]]) -> dict[uuid.UUID, CaregiverPlace]:
    """Everybody in the rows of `grants_of`, each by their latest grant."""
    found = [
        CaregiverPlace(
            user_id=uuid.UUID(row["user_id"]),
            name=row["name"],
            kind=GrantKind(row["kind"]),
            relationship=row["relationship"],
            family_id=uuid.UUID(row["family_id"]),
            valid_from=dt.datetime.fromisoformat(row["valid_from"]),
            valid_until=told_instant(row["valid_until"]),
            revoked_at=told_instant(row["revoked_at"]),
            speaks=tuple(row["speaks"]),
            needs_interpreter=row["needs_interpreter"],
        )
        for row in rows
    ]
    return {one.user_id: one for one in found}


def moment(instant: dt.datetime, zone: str, *, is_elsewhere: bool) -> Moment:
    return Moment(local_wall(instant, zone), None if is_elsewhere else instant)
