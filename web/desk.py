"""The start of every clinic page: the member of staff, their clinic, and their relation to the child."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from clinic import access, localtime, rls
from clinic.ages import Ages
from clinic.errors import Forbidden, Unseen
from clinic.models import BreakGlass, Child, Clinic, User
from clinic.policy import Places, membership_in, places
from clinic.vocabulary import ADMINISTRATIVE_ROLES, Role
from tracking.readings.break_glass import open_glass
from tracking.readings.cosigning import signing
from web.pages import open_to

READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Desk:
    """A member of staff in their clinic, now."""

    user: User
    clinic: Clinic
    roles: frozenset[Role]
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        return localtime.local_day(self.now, self.clinic.zone)

    @property
    def is_owner(self) -> bool:
        return Role.OWNER in self.roles

    @property
    def is_administrative(self) -> bool:
        """Whether they may know of every child of the clinic, not only those whose team they are on."""
        return bool(self.roles & ADMINISTRATIVE_ROLES)

    def page(self, here: str, **answers: Any) -> dict[str, Any]:
        """The template context of every clinic page."""
        return {"clinic": self.clinic, "desk": self, "here": here, **_signing(self), **answers}


@dataclass(frozen=True, slots=True)
class ChildDesk:
    """A member of staff on a page about one child."""

    user: User
    child: Child
    place: Places
    now: dt.datetime
    glass: BreakGlass | None = None
    """Their emergency access, if they read the record by that only."""

    @property
    def clinic(self) -> Clinic:
        return self.child.clinic

    @property
    def today(self) -> dt.date:
        return localtime.local_day(self.now, self.clinic.zone)

    @property
    def ages(self) -> Ages:
        return self.child.ages_on(self.today)

    @property
    def name(self) -> str:
        return self.child.first_name

    @property
    def full_name(self) -> str:
        return f"{self.child.first_name} {self.child.last_name}".strip()

    @property
    def reads_record(self) -> bool:
        """False for owners and the office on no team: they see only who the child is and who may see it."""
        return self.place.is_reading

    def fetch(self, rows: Any, pk: uuid.UUID) -> Any:
        """The row with this key, if it belongs to this child. Raises Unseen."""
        row = rows.filter(child=self.child, pk=pk).first()
        if row is None:
            raise Unseen
        return row

    def lets(self, may: Callable[[User, Child], bool]) -> bool:
        """Whether a page offers an action that needs `may`; with emergency access it offers none."""
        return self.glass is None and may(self.user, self.child)

    def demand(self, may: Callable[[User, Child], bool]) -> None:
        """Raise Forbidden unless `may` allows it to this person for this child."""
        access.demand(may, self.user, self.child)

    def page(self, tab: str, **answers: Any) -> dict[str, Any]:
        """The template context of every page about a child; `tab` is the open one."""
        return {
            "clinic": self.clinic,
            "desk": self,
            "child": self.child,
            "ages": self.ages,
            "here": "caseload",
            "tab": tab,
            **_signing(self),
            **answers,
        }


def _signing(desk: Desk | ChildDesk) -> dict[str, Any]:
    """For the navigation: drafts that wait for a signature, for staff who work with children."""
    roles = desk.roles if isinstance(desk, Desk) else desk.place.roles
    return {"signing": signing(desk.user, desk.clinic)} if roles - {Role.OFFICE} else {}


def asker(request: HttpRequest) -> User:
    """The signed-in user; the page's rule guarantees that there is one."""
    assert isinstance(request.user, User)
    return request.user


def enter(request: HttpRequest, clinic: str, *roles: Role) -> Desk:
    """The desk of a member of staff in the clinic of this slug.

    Raises Unseen for anybody else, Forbidden if `roles` are given and they hold none of them.
    """
    user = asker(request)
    membership = membership_in(user, clinic)
    if membership is None:
        raise Unseen
    if roles and not membership.has_role(*roles):
        raise Forbidden
    return Desk(
        user=user,
        clinic=membership.clinic,
        roles=frozenset(Role(role) for role in membership.roles),
        now=rls.now(),
    )


def open_child(request: HttpRequest, child: uuid.UUID) -> ChildDesk:
    """The desk for a child. Raises Unseen if they may not know of the child, Forbidden if not staff."""
    return _desk(request, *access.fetch_child(asker(request), child))


def desk_of(request: HttpRequest, child: Child) -> ChildDesk:
    """The desk for a child that was found through one of its rows (a program, a report)."""
    user = asker(request)
    return _desk(request, child, places(user, child))


def _desk(request: HttpRequest, child: Child, place: Places) -> ChildDesk:
    if not (place.is_reading or place.is_owner or place.is_office):
        raise Forbidden
    if place.is_by_glass and request.method not in READING:
        raise Forbidden
    open_to(request, child)
    user = asker(request)
    glass = open_glass(user, child) if place.is_by_glass else None
    return ChildDesk(user=user, child=child, place=place, now=rls.now(), glass=glass)


def open_record(request: HttpRequest, child: uuid.UUID) -> ChildDesk:
    """As `open_child`, for pages with clinical content. Raises Forbidden for staff not on the team."""
    desk = open_child(request, child)
    if not desk.reads_record:
        raise Forbidden
    return desk
