"""The supervision log for the two people in it, and its days and minutes for an owner."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from clinic.errors import Invalid
from clinic.models import CareTeam, Clinic, User
from tracking.models import Supervision


@dataclass(frozen=True, slots=True)
class SupervisionLine:
    """One conversation; `discussed` is empty for who was not part of it."""

    on: dt.date
    minutes: int
    supervisor: str
    discussed: str
    language: str


@dataclass(frozen=True, slots=True)
class SupervisionLog:
    """Of one person, newest first."""

    person: uuid.UUID
    name: str
    lines: tuple[SupervisionLine, ...]

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)


def supervised_by(user: User, clinic: Clinic) -> list[User]:
    """Those who work under this person on some child's team today, by name; one statement."""
    places = CareTeam.objects.active().filter(clinic=clinic, supervisor=user).values("therapist")
    return list(User.objects.filter(pk__in=places).order_by("name", "id"))


def supervised_person(user: User, clinic: Clinic, pk: uuid.UUID) -> User:
    """One of those, by their key. Raises Invalid (`person`) for anybody else, known or not."""
    found = next((one for one in supervised_by(user, clinic) if one.pk == pk), None)
    if found is None:
        raise Invalid(field="person", allowed="code")
    return found


def logs_of(user: User, clinic: Clinic, *, is_owner: bool) -> tuple[SupervisionLog, ...]:
    """Logs this person has a part in; for an owner the days and minutes of all. One statement."""
    rows = Supervision.objects.filter(clinic=clinic)
    if not is_owner:
        rows = Supervision.objects.visible_to(user).filter(clinic=clinic)
    logs: dict[uuid.UUID, tuple[str, list[SupervisionLine]]] = {}
    for row in rows.select_related("person", "supervisor").order_by(
        "person__name", "person_id", "-on", "-id"
    ):
        is_part = user.pk in (row.person_id, row.supervisor_id)
        line = SupervisionLine(
            on=row.on,
            minutes=row.minutes,
            supervisor=row.supervisor.name,
            discussed=row.discussed if is_part else "",
            language=row.language,
        )
        logs.setdefault(row.person_id, (row.person.name, []))[1].append(line)
    return tuple(SupervisionLog(person, name, tuple(lines)) for person, (name, lines) in logs.items())
