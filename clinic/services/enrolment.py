"""Enrolling a child, and changing the child's details."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from django.db import transaction

from clinic import audit, policy
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import CareTeam, Child, Clinic, Consent, Family, User
from clinic.services import episodes, homes, values
from clinic.services.homes import NewHome, NotYoursToChange
from clinic.vocabulary import AuditCode, CareTeamKind, ConsentKind, EpisodeState, Role, SharingMode


class SharingRefused(Conflict):
    """A guardian has withdrawn consent to sharing between the homes, so nobody can widen it."""

    code = "sharing_refused"


@transaction.atomic
def enroll_child(
    *,
    by: User,
    clinic: Clinic,
    first_name: str,
    born_on: dt.date,
    home: NewHome | Family,
    now: dt.datetime,
    last_name: str = "",
    nickname: str = "",
    gestation_weeks: int | None = None,
    gestation_days: int = 0,
    had_neonatal_care: bool = False,
    is_moving_about: bool | None = None,
    weekdays: list[int] | tuple[int, ...] = (),
    state: EpisodeState = EpisodeState.ACTIVE,
) -> Child:
    """A child in care, with a first home and an open episode.

    `home` is a new household, or one of the clinic where a brother or sister lives. A therapist who enrolls
    a child leads its care team; somebody from the office or an owner who does not treat joins nobody's.
    Raises Invalid, naming the field, Forbidden.
    """
    if not policy.may_enroll_child(by, clinic):
        raise Forbidden
    child = Child.objects.create(
        clinic=clinic,
        first_name=values.words(first_name, "first_name", longest=values.LONGEST_NAME, is_needed=True),
        last_name=values.words(last_name, "last_name", longest=values.LONGEST_NAME),
        nickname=values.words(nickname, "nickname", longest=values.LONGEST_NAME),
        born_on=values.birth_day(born_on, today=local_day(now, clinic.zone)),
        gestation_weeks=values.gestation(gestation_weeks, gestation_days)[0],
        gestation_days=values.gestation(gestation_weeks, gestation_days)[1],
        had_neonatal_care=had_neonatal_care,
        is_moving_about=is_moving_about,
        created_at=now,
    )
    audit.record(AuditCode.ENROLLED_CHILD, by=by, now=now, clinic_id=clinic.pk, child=child)
    if Role.THERAPIST in policy.roles_in(by, clinic):
        place = CareTeam.objects.create(
            clinic=clinic, child=child, therapist=by, kind=CareTeamKind.LEAD, from_at=now
        )
        audit.record(
            AuditCode.JOINED_CARE_TEAM, by=by, now=now, clinic_id=clinic.pk, child=child, subject=place
        )
    family = (
        home if isinstance(home, Family) else homes.add_household(by=by, clinic=clinic, home=home, now=now)
    )
    homes.add_home(by=by, child=child, family=family, weekdays=weekdays, now=now)
    episodes.open_episode(by=by, child=child, state=state, now=now)
    return child


class ChildChanges(TypedDict, total=False):
    """What may be changed of a child; what is left out stays."""

    first_name: str
    last_name: str
    nickname: str
    born_on: dt.date
    gestation_weeks: int | None
    gestation_days: int
    had_neonatal_care: bool
    is_moving_about: bool | None
    sharing_mode: str


GUARDIANS_CHANGE = frozenset({"nickname"})
CLINICAL = frozenset({"had_neonatal_care", "is_moving_about"})
"""What only the care team sets: the stop rule goes by it."""


@transaction.atomic
def change_child(*, by: User, child: Child, now: dt.datetime, **changes: Unpack[ChildChanges]) -> Child:
    """The child with what is given changed.

    A guardian changes the nickname; staff who are not on the team change identity, the team all of it.
    Raises NotYoursToChange (403), SharingRefused (409) or Invalid, each naming the field.
    """
    _refuse_what_is_not_theirs(by, child, set(changes))
    today = local_day(now, child.clinic.zone)
    for field in ("first_name", "last_name", "nickname"):
        if field in changes:
            text = values.words(
                changes[field],
                field,
                longest=values.LONGEST_NAME,
                is_needed=field == "first_name",
            )
            setattr(child, field, text)
    if "born_on" in changes:
        child.born_on = values.birth_day(changes["born_on"], today=today)
    if "gestation_weeks" in changes or "gestation_days" in changes:
        child.gestation_weeks, child.gestation_days = values.gestation(
            changes.get("gestation_weeks", child.gestation_weeks),
            changes.get("gestation_days", child.gestation_days),
        )
    if "sharing_mode" in changes and changes["sharing_mode"] != child.sharing_mode:
        child.sharing_mode = _one_of(SharingMode, changes["sharing_mode"], "sharing_mode")
        _demand_agreement(child)
    if "had_neonatal_care" in changes:
        child.had_neonatal_care = changes["had_neonatal_care"]
    if "is_moving_about" in changes:
        child.is_moving_about = changes["is_moving_about"]
    changed = {*changes, "gestation_days"} if "gestation_weeks" in changes else set(changes)
    child.save(update_fields=changed)
    audit.record(AuditCode.CHANGED_CHILD, by=by, now=now, clinic_id=child.clinic_id, child=child)
    return child


def _demand_agreement(child: Child) -> None:
    withdrawn = Consent.objects.standing_withdrawals().filter(child=child, kind=ConsentKind.SHARING)
    if child.sharing_mode != SharingMode.OWN_ONLY and withdrawn.exists():
        raise SharingRefused(field="sharing_mode")


def _refuse_what_is_not_theirs(by: User, child: Child, fields: set[str]) -> None:
    place = policy.places(by, child)
    if place.is_team:
        return
    theirs = frozenset(ChildChanges.__annotations__) - CLINICAL if place.is_staff else GUARDIANS_CHANGE
    if foreign := sorted(fields - theirs):
        raise NotYoursToChange(field=foreign[0])


def _one_of(codes: type[SharingMode], value: str, field: str) -> str:
    if value not in {str(code) for code in codes}:
        raise Invalid(field=field, allowed=[str(code) for code in codes])
    return value
