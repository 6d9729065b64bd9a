"""Emergency access to a child: who, why, and the owners' review."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from clinic.models import BreakGlass, Child, Clinic, ClinicMembership, User
from clinic.policy import may_review_glass, roles_in
from clinic.vocabulary import Role

SHOWN = 50


@dataclass(frozen=True, slots=True)
class SeenGlass:
    """One opening. `over_at` is when it ended or will; `may_review` is for who reads this."""

    id: uuid.UUID
    child_id: uuid.UUID
    child_name: str
    by: str
    is_mine: bool
    reason: str
    language: str
    opened_at: dt.datetime
    over_at: dt.datetime
    is_open: bool
    reviewed_at: dt.datetime | None
    reviewed_by: str
    review: str
    review_language: str
    may_review: bool = False


@dataclass(frozen=True, slots=True)
class GlassList:
    """What somebody reads of a clinic: what waits for a review, oldest first, then what was reviewed."""

    waiting: tuple[SeenGlass, ...]
    reviewed: tuple[SeenGlass, ...]

    @property
    def open(self) -> tuple[SeenGlass, ...]:
        """One's own that open a record now."""
        return tuple(one for one in self.waiting if one.is_mine and one.is_open)


def glass_of_clinic(user: User, clinic: Clinic, *, now: dt.datetime) -> GlassList:
    """All that `user` may know of: an owner everything; four statements."""
    rows = BreakGlass.objects.visible_to(user).filter(clinic=clinic)
    rows = rows.select_related("child", "opened_by", "reviewed_by")
    waiting = rows.unreviewed().order_by("opened_at", "id")
    reviewed = rows.filter(reviewed_at__isnull=False).order_by("-opened_at", "-id")[:SHOWN]
    may_review = _reviewing(user, clinic)

    def seen(row: BreakGlass) -> SeenGlass:
        return seen_glass(row, user, now=now, may_review=may_review(row))

    return GlassList(waiting=tuple(map(seen, waiting)), reviewed=tuple(map(seen, reviewed)))


def _reviewing(user: User, clinic: Clinic) -> Callable[[BreakGlass], bool]:
    """Agrees with `may_review_glass`, for all of a clinic's openings at once; two statements."""
    is_owner = Role.OWNER in roles_in(user, clinic)
    is_alone = is_owner and not _other_owners(user, clinic)
    return lambda row: is_owner and (is_alone or row.opened_by_id != user.pk)


def waiting_for(user: User, clinic: Clinic) -> int:
    """How many wait for a review by this owner; one statement."""
    waiting = BreakGlass.objects.visible_to(user).filter(clinic=clinic).unreviewed()
    return waiting.exclude(opened_by=user).count()


def glass_of_child(user: User, child: Child, *, now: dt.datetime) -> tuple[SeenGlass, ...]:
    """What the team of a child is told on its pages until it is reviewed.

    One statement, and two more where there is something.
    """
    rows = BreakGlass.objects.visible_to(user).unreviewed().filter(child=child)
    found = list(rows.select_related("child", "opened_by", "reviewed_by").order_by("opened_at", "id"))
    if not found:
        return ()
    may_review = _reviewing(user, child.clinic)
    return tuple(seen_glass(row, user, now=now, may_review=may_review(row)) for row in found)


def open_glass(user: User, child: Child) -> BreakGlass | None:
    """The opening by which `user` reads this child's record now; one statement."""
    return BreakGlass.objects.open().filter(opened_by=user, child=child).order_by("-until_at", "id").first()


def seen_glass(row: BreakGlass, user: User, *, now: dt.datetime, may_review: bool | None = None) -> SeenGlass:
    """As `user` reads it; whether they may review it is asked unless it is told."""
    return SeenGlass(
        id=row.pk,
        child_id=row.child_id,
        child_name=f"{row.child.first_name} {row.child.last_name}".strip(),
        by=row.opened_by.name,
        is_mine=row.opened_by_id == user.pk,
        reason=row.reason,
        language=row.language,
        opened_at=row.opened_at,
        over_at=row.ended_at or row.until_at,
        is_open=row.is_open(now),
        reviewed_at=row.reviewed_at,
        reviewed_by=row.reviewed_by.name if row.reviewed_by else "",
        review=row.review,
        review_language=row.review_language,
        may_review=may_review_glass(user, row) if may_review is None else may_review,
    )


def _other_owners(user: User, clinic: Clinic) -> bool:
    owners = ClinicMembership.objects.active().filter(clinic=clinic).with_role(Role.OWNER)
    return owners.exclude(user=user).exists()
