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
        """Whether they know of every child of the clinic, not of their team's alone."""
        return bool(self.roles & ADMINISTRATIVE_ROLES)

    def page(self, here: str, **answers: Any) -> dict[str, Any]:
        """What every page of the clinic is given."""
        return {"clinic": self.clinic, "desk": self, "here": here, **_signing(self), **answers}


@dataclass(frozen=True, slots=True)
class ChildDesk:
    """A member of staff with one child in front of them."""

    user: User
    child: Child
    place: Places
    now: dt.datetime
    glass: BreakGlass | None = None
    """The opening by which they read the record, where nothing else lets them."""

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
        """Owners and the office, while on no team, see who the child is and who may see it; no more."""
        return self.place.is_reading

    def fetch(self, rows: Any, pk: uuid.UUID) -> Any:
        """The row of this key that is this child's, whom the asker may see. Raises Unseen."""
        row = rows.filter(child=self.child, pk=pk).first()
        if row is None:
            raise Unseen
        return row

    def lets(self, may: Callable[[User, Child], bool]) -> bool:
        """Whether a page offers what `may` rules; whoever reads in an emergency is offered nothing."""
        return self.glass is None and may(self.user, self.child)

    def demand(self, may: Callable[[User, Child], bool]) -> None:
        """Raise Forbidden unless `may` lets this person do it to this child."""
        access.demand(may, self.user, self.child)

    def page(self, tab: str, **answers: Any) -> dict[str, Any]:
        """What every page of a child is given; `tab` is the one that is open."""
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
    """For the navigation: what waits for a signature, for those who work with children."""
    roles = desk.roles if isinstance(desk, Desk) else desk.place.roles
    return {"signing": signing(desk.user, desk.clinic)} if roles - {Role.OFFICE} else {}


def asker(request: HttpRequest) -> User:
    """Who is signed in; the page's rule has seen to it that somebody is."""
    assert isinstance(request.user, User)
    return request.user


def enter(request: HttpRequest, clinic: str, *roles: Role) -> Desk:
    """The desk of a member of staff in the clinic of this slug.

    Raises Unseen for anybody else, Forbidden where none of `roles` (if any are named) is held.
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
    """The desk with a child on it. Raises Unseen for a child out of sight, Forbidden for who is not staff."""
    return _desk(request, *access.fetch_child(asker(request), child))


def desk_of(request: HttpRequest, child: Child) -> ChildDesk:
    """The desk for a child that was reached through something of theirs (a program, a report)."""
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
    """As `open_child`, for pages with clinical content. Raises Forbidden for staff who are on no team."""
    desk = open_child(request, child)
    if not desk.reads_record:
        raise Forbidden
    return desk
