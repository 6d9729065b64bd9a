"""Rows of the demo's people: clinics, staff, households, children, grants, teams.

Written in bulk; ids are drawn from the story's names, so that the same seed makes the same rows.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from clinic.models import (
    CaregiverGrant,
    CareTeam,
    Child,
    ChildHome,
    Clinic,
    ClinicMembership,
    Episode,
    Family,
    Precaution,
    RoutineTime,
    User,
)
from clinic.vocabulary import CareTeamKind, EpisodeState, GrantKind, Role
from tracking.management.demo.stories import ChildStory, ClinicStory, Plan

NAMESPACE = uuid.UUID("6b1f6f2e-2f3a-5c0e-9a51-0e7a3f0d5c11")


def story_id(*parts: object) -> uuid.UUID:
    """The same id for the same part of the story, whatever the day of seeding."""
    return uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts))


@dataclass(slots=True)
class Planted:
    """A clinic's people as rows, by the names the story uses."""

    clinic: Clinic
    staff: dict[str, User] = field(default_factory=dict)
    caregivers: dict[str, User] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
    homes: dict[str, list[Family]] = field(default_factory=dict)


class PeopleRows:
    """Collects rows clinic by clinic, then writes each table in one statement."""

    def __init__(self, *, now: dt.datetime, yesterday: dt.date, passwords: dict[str, str]) -> None:
        self.now = now
        self.yesterday = yesterday
        self.passwords = passwords
        self.since = now - dt.timedelta(days=400)
        self.clinics: list[Clinic] = []
        self.users: dict[str, User] = {}
        self.memberships: list[ClinicMembership] = []
        self.families: list[Family] = []
        self.routine_times: list[RoutineTime] = []
        self.children: list[Child] = []
        self.homes: list[ChildHome] = []
        self.grants: list[CaregiverGrant] = []
        self.team: list[CareTeam] = []
        self.episodes: list[Episode] = []
        self.precautions: list[Precaution] = []

    def add(self, story: ClinicStory) -> Planted:
        clinic = Clinic(
            id=story_id("clinic", story.slug),
            name=story.name,
            slug=story.slug,
            zone=story.zone,
            address=story.address,
            phone=story.phone,
            emergency_number="911",
            staff_must_use_mfa=False,
            is_demo=True,
            created_at=self.since,
        )
        self.clinics.append(clinic)
        planted = Planted(clinic)
        for member in story.staff:
            user = self.person(member.login, member.name)
            planted.staff[member.login] = user
            self.memberships.append(
                ClinicMembership(
                    id=story_id("membership", story.slug, member.login),
                    clinic=clinic,
                    user=user,
                    roles=[str(role) for role in member.roles],
                    credentials=list(member.credentials),
                    started_at=self.since,
                )
            )
        supervised = [
            member for member in story.staff if set(member.roles) & {Role.THERAPIST_ASSISTANT, Role.STUDENT}
        ]
        for child in story.children:
            self.add_child(planted, child)
            for member in supervised[:1]:
                self.join(planted, child.first_name, planted.staff[member.login], supervisor=child.therapist)
        for member in supervised[1:]:
            first = story.children[0]
            self.join(planted, first.first_name, planted.staff[member.login], supervisor=first.therapist)
        return planted

    def person(self, login: str, name: str) -> User:
        """A person, once; only those whose password is printed can sign in."""
        if login not in self.users:
            password = self.passwords.get(login)
            self.users[login] = User(
                id=story_id("user", login),
                name=name,
                email=f"{login}@demo.example",
                email_verified_at=self.since,
                password=make_password(password),
                joined_at=self.since,
            )
        return self.users[login]

    def add_child(self, planted: Planted, story: ChildStory) -> None:
        clinic = planted.clinic
        child = Child(
            id=story_id("child", clinic.slug, story.first_name),
            clinic=clinic,
            first_name=story.first_name,
            last_name=story.last_name,
            born_on=self.yesterday - dt.timedelta(weeks=story.age_weeks),
            gestation_weeks=story.gestation[0] if story.gestation else None,
            gestation_days=story.gestation[1] if story.gestation else 0,
            had_neonatal_care=story.neonatal_care,
            created_at=self.since,
        )
        self.children.append(child)
        planted.children[story.first_name] = child
        planted.homes[story.first_name] = []
        # The first home of the story is the child's first, so their ids go in its order.
        home_ids = sorted(story_id("home", child.id, index) for index in range(len(story.homes)))
        for index, home in enumerate(story.homes):
            family = Family(
                id=story_id("family", clinic.slug, story.first_name, index),
                clinic=clinic,
                name=home.name,
                zone=home.zone or clinic.zone,
                created_at=self.since,
            )
            self.families.append(family)
            planted.homes[story.first_name].append(family)
            for anchor, at in (("after_bath", dt.time(18, 30)), ("bedtime", dt.time(19, 30))):
                self.routine_times.append(
                    RoutineTime(
                        id=story_id("routine", family.id, anchor),
                        clinic=clinic,
                        family=family,
                        anchor=anchor,
                        at=at,
                    )
                )
            self.homes.append(
                ChildHome(
                    id=home_ids[index],
                    clinic=clinic,
                    child=child,
                    family=family,
                    weekdays=list(home.weekdays),
                )
            )
            for caregiver in home.caregivers:
                user = self.person(caregiver.login, caregiver.name)
                planted.caregivers[caregiver.login] = user
                self.grants.append(
                    CaregiverGrant(
                        id=story_id("grant", child.id, caregiver.login),
                        clinic=clinic,
                        child=child,
                        family=family,
                        user=user,
                        kind=GrantKind.GUARDIAN if caregiver.is_guardian else GrantKind.CAREGIVER,
                        relationship=caregiver.relationship,
                        basis="enrolled with the child",
                        valid_from=self.since,
                        revoked_at=self.now - dt.timedelta(days=9) if caregiver.has_ended else None,
                        revoked_by=planted.staff[story.therapist] if caregiver.has_ended else None,
                    )
                )
        self.join(planted, story.first_name, planted.staff[story.therapist])
        is_waiting = story.plan == Plan.WAITLIST
        self.episodes.append(
            Episode(
                id=story_id("episode", child.id),
                clinic=clinic,
                child=child,
                state=EpisodeState.WAITING if is_waiting else EpisodeState.ACTIVE,
                started_on=self.yesterday - dt.timedelta(weeks=story.weeks_in + 2),
            )
        )
        for code in story.precautions:
            self.precautions.append(
                Precaution(
                    id=story_id("precaution", child.id, code),
                    clinic=clinic,
                    child=child,
                    code=code,
                    note="Tubes and tape in the first weeks." if code == "face_aversion" else "",
                    recorded_by=planted.staff[story.therapist],
                    recorded_at=self.now - dt.timedelta(weeks=story.weeks_in + 2),
                )
            )

    def join(self, planted: Planted, child: str, user: User, *, supervisor: str | None = None) -> None:
        self.team.append(
            CareTeam(
                id=story_id("team", planted.children[child].id, user.id),
                clinic=planted.clinic,
                child=planted.children[child],
                therapist=user,
                kind=CareTeamKind.MEMBER if supervisor else CareTeamKind.LEAD,
                supervisor=planted.staff[supervisor] if supervisor else None,
                from_at=self.since,
            )
        )

    def write(self) -> None:
        """Write every table, parents first."""
        Clinic.objects.bulk_create(self.clinics)
        User.objects.bulk_create(self.users.values())
        ClinicMembership.objects.bulk_create(self.memberships)
        Family.objects.bulk_create(self.families)
        RoutineTime.objects.bulk_create(self.routine_times)
        Child.objects.bulk_create(self.children)
        ChildHome.objects.bulk_create(self.homes)
        CaregiverGrant.objects.bulk_create(self.grants)
        CareTeam.objects.bulk_create(self.team)
        Episode.objects.bulk_create(self.episodes)
        Precaution.objects.bulk_create(self.precautions)
