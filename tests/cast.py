"""The cast: people whose initials tell their role, the same in every test.

Every personal field of the cast holds a planted word, unique to the field. It must never appear in an answer
to somebody who may not see it, nor in logs, mails or task messages.
"""

from __future__ import annotations

import copy
import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

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
from clinic.rls import acting_as
from clinic.vocabulary import CareTeamKind, EpisodeState, GrantKind, Role

PASSWORD = "a password of the cast"


def planted(name: str) -> str:
    """The word planted in a personal field; `name` looks like "fay-phone"."""
    return f"planted-{name}-word"


def planted_email(name: str) -> str:
    return f"{name}.{planted(name)}@example.org"


@dataclass(slots=True)
class Cast:
    """All people of the cast, with their clinics, households and children."""

    # Harbor Lane: the clinic most stories happen in.
    harbor: Clinic
    otto: User  # owner, on nobody's team
    tess: User  # Cleo's therapist
    theo: User  # therapist here, not hers
    tara: User  # hers until last month
    asha: User  # assistant on Cleo's team, under Tess
    opal: User  # office
    cleo: Child
    fay: User  # Cleo's guardian
    greg: User  # Cleo's guardian, other household
    nan: User  # log-only caregiver, Fay's household
    rex: User  # caregiver whose access was revoked
    fays_home: Family
    gregs_home: Family
    fern: Child  # another child here, on Theo's caseload
    finn: User  # Fern's guardian
    finns_home: Family
    # Elsewhere: another clinic.
    elsewhere: Clinic
    olga: User  # owner there
    tova: User  # therapist there
    cody: Child
    dana: User  # therapist at Harbor Lane, Cody's guardian there
    danas_home: Family
    # Solo: a clinic of one.
    solo: Clinic
    sol: User  # owner and only therapist
    sami: Child
    samis_home: Family

    def people(self) -> dict[str, User]:
        return {name: value for name, value in self._named() if isinstance(value, User)}

    def children(self) -> dict[str, Child]:
        return {name: value for name, value in self._named() if isinstance(value, Child)}

    def planted_words(self) -> list[str]:
        """Every planted word of every personal field."""
        words = []
        for value in (value for _, value in self._named()):
            for field in value._meta.fields:
                text = getattr(value, field.attname)
                if isinstance(text, str) and "planted-" in text:
                    words.append(text)
        return words

    def copy(self) -> Cast:
        return copy.deepcopy(self)

    def _named(self) -> list[tuple[str, Any]]:
        return [(name, getattr(self, name)) for name in self.__slots__]


def build_cast(now: dt.datetime) -> Cast:
    """Write the cast; `now` is the product's. Cleo was born at 31 weeks, 39 weeks ago: 30 corrected."""
    with acting_as(system="seeding"):
        return _Builder(now).build()


class _Builder:
    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.long_ago = now - dt.timedelta(days=200)
        self.today = now.date()

    def build(self) -> Cast:
        harbor = self.clinic("Harbor Lane Therapy", "harbor", zone="America/New_York")
        elsewhere = self.clinic("Elsewhere Pediatrics", "elsewhere", zone="Europe/Berlin")
        solo = self.clinic("Sol's Practice", "solo", zone="America/Los_Angeles")
        people = {
            name: self.person(name)
            for name in (
                "otto tess theo tara asha opal fay greg nan rex finn olga tova dana sol".split()  # noqa: SIM905
            )
        }
        for name, clinic, roles in (
            ("otto", harbor, [Role.OWNER]),
            ("tess", harbor, [Role.THERAPIST]),
            ("theo", harbor, [Role.THERAPIST]),
            ("tara", harbor, [Role.THERAPIST]),
            ("asha", harbor, [Role.THERAPIST_ASSISTANT]),
            ("opal", harbor, [Role.OFFICE]),
            ("dana", harbor, [Role.THERAPIST]),
            ("olga", elsewhere, [Role.OWNER]),
            ("tova", elsewhere, [Role.THERAPIST]),
            ("sol", solo, [Role.OWNER, Role.THERAPIST]),
        ):
            self.member(people[name], clinic, roles)

        fays_home = self.family(harbor, "fays-home", "America/New_York")
        gregs_home = self.family(harbor, "gregs-home", "America/Chicago")
        finns_home = self.family(harbor, "finns-home", "America/New_York")
        danas_home = self.family(elsewhere, "danas-home", "Europe/Berlin")
        samis_home = self.family(solo, "samis-home", "America/Los_Angeles")

        cleo = self.child(harbor, "cleo", weeks_old=39, gestation=31, homes=[fays_home, gregs_home])
        fern = self.child(harbor, "fern", weeks_old=120, gestation=40, homes=[finns_home])
        cody = self.child(elsewhere, "cody", weeks_old=60, gestation=None, homes=[danas_home])
        sami = self.child(solo, "sami", weeks_old=200, gestation=39, homes=[samis_home])
        Child.objects.filter(pk=cleo.pk).update(had_neonatal_care=True)
        cleo.had_neonatal_care = True
        Precaution.objects.create(
            clinic=harbor,
            child=cleo,
            code="face_aversion",
            note=planted("cleo-precaution"),
            recorded_by=people["tess"],
            recorded_at=self.long_ago,
        )

        self.team(cleo, people["tess"], CareTeamKind.LEAD)
        self.team(cleo, people["asha"], supervisor=people["tess"])
        self.team(cleo, people["tara"], until=self.now - dt.timedelta(days=30))
        self.team(fern, people["theo"], CareTeamKind.LEAD)
        self.team(cody, people["tova"], CareTeamKind.LEAD)
        self.team(sami, people["sol"], CareTeamKind.LEAD)

        guardian, caregiver = GrantKind.GUARDIAN, GrantKind.CAREGIVER
        self.grant(cleo, people["fay"], fays_home, guardian, "mother")
        self.grant(cleo, people["greg"], gregs_home, guardian, "father")
        self.grant(cleo, people["nan"], fays_home, caregiver, "grandmother")
        rex = self.grant(cleo, people["rex"], fays_home, caregiver, "au pair")
        CaregiverGrant.objects.filter(pk=rex.pk).update(
            revoked_at=self.now - dt.timedelta(days=7), revoked_by=people["tess"]
        )
        self.grant(fern, people["finn"], finns_home, guardian, "father")
        self.grant(cody, people["dana"], danas_home, guardian, "mother")

        return Cast(
            harbor=harbor,
            elsewhere=elsewhere,
            solo=solo,
            cleo=cleo,
            fern=fern,
            cody=cody,
            sami=sami,
            fays_home=fays_home,
            gregs_home=gregs_home,
            finns_home=finns_home,
            danas_home=danas_home,
            samis_home=samis_home,
            **people,
        )

    def clinic(self, name: str, slug: str, *, zone: str) -> Clinic:
        return Clinic.objects.create(
            name=name,
            slug=slug,
            zone=zone,
            address=planted(f"{slug}-address"),
            phone=planted(f"{slug}-phone"),
            staff_must_use_mfa=False,
            created_at=self.long_ago,
        )

    def person(self, name: str) -> User:
        return User.objects.create_user(
            email=planted_email(name),
            email_verified_at=self.long_ago,
            password=PASSWORD,
            name=f"{name.capitalize()} {planted(name + '-name')}",
            joined_at=self.long_ago,
        )

    def member(self, user: User, clinic: Clinic, roles: list[Role]) -> ClinicMembership:
        return ClinicMembership.objects.create(
            clinic=clinic,
            user=user,
            roles=[str(role) for role in roles],
            credentials=["OTR/L"] if Role.THERAPIST in roles else [],
            started_at=self.long_ago,
        )

    def family(self, clinic: Clinic, name: str, zone: str) -> Family:
        family = Family.objects.create(
            clinic=clinic,
            name=planted(name),
            zone=zone,
            phone=planted(f"{name}-phone"),
            contact_email=planted_email(f"{name}-email"),
            address=planted(f"{name}-address"),
            created_at=self.long_ago,
        )
        RoutineTime.objects.create(clinic=clinic, family=family, anchor="after_bath", at=dt.time(18, 30))
        RoutineTime.objects.create(clinic=clinic, family=family, anchor="bedtime", at=dt.time(19, 30))
        return family

    def child(
        self, clinic: Clinic, name: str, *, weeks_old: int, gestation: int | None, homes: list[Family]
    ) -> Child:
        child = Child.objects.create(
            clinic=clinic,
            first_name=name.capitalize(),
            last_name=planted(f"{name}-last-name"),
            nickname=planted(f"{name}-nickname"),
            born_on=self.today - dt.timedelta(weeks=weeks_old),
            gestation_weeks=gestation,
            created_at=self.long_ago,
        )
        for index, home in enumerate(homes):
            weekdays = [] if len(homes) == 1 else ([0, 1, 2, 3, 4] if index == 0 else [5, 6])
            ChildHome.objects.create(clinic=clinic, child=child, family=home, weekdays=weekdays)
        Episode.objects.create(
            clinic=clinic, child=child, state=EpisodeState.ACTIVE, started_on=self.long_ago.date()
        )
        return child

    def team(
        self,
        child: Child,
        therapist: User,
        kind: CareTeamKind = CareTeamKind.MEMBER,
        *,
        supervisor: User | None = None,
        until: dt.datetime | None = None,
    ) -> CareTeam:
        return CareTeam.objects.create(
            clinic=child.clinic,
            child=child,
            therapist=therapist,
            kind=kind,
            supervisor=supervisor,
            from_at=self.long_ago,
            until_at=until,
        )

    def grant(
        self, child: Child, user: User, family: Family, kind: GrantKind, relationship: str
    ) -> CaregiverGrant:
        return CaregiverGrant.objects.create(
            clinic=child.clinic,
            child=child,
            family=family,
            user=user,
            kind=kind,
            relationship=relationship,
            valid_from=self.long_ago,
        )


def make_id() -> uuid.UUID:
    """A client-made entry id."""
    return uuid.uuid4()
