"""Where a person goes after signing in: clinics they work in, children they care for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clinic.models import Child, ClinicMembership, User
from clinic.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Door:
    """One place to go: a route name with its arguments, and what to call it."""

    kind: Literal["clinic", "family"]
    route: str
    arguments: dict[str, str]
    name: str
    roles: tuple[Role, ...] = ()
    child_names: tuple[str, ...] = ()


def doors(user: User, *, clinic_page: Literal["caseload", "flags"] = "caseload") -> list[Door]:
    """Every door of `user`, clinics first; empty for somebody whose access has all ended.

    `clinic_page` is the page of a clinic that its door leads to.
    """
    memberships = (
        ClinicMembership.objects.active()
        .filter(user=user)
        .select_related("clinic")
        .order_by("clinic__name", "id")
    )
    found = [
        Door(
            kind="clinic",
            route=clinic_page,
            arguments={"clinic": membership.clinic.slug},
            name=membership.clinic.name,
            roles=tuple(Role(role) for role in membership.roles),
        )
        for membership in memberships
    ]
    children = Child.objects.cared_for_by(user).not_archived().order_by("first_name", "id")
    names = tuple(children.values_list("first_name", flat=True))
    if names:
        found.append(Door(kind="family", route="family", arguments={}, name="", child_names=names))
    return found
