"""Permissions on concerns (docs/access.md)."""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places
from tracking.models import Concern, ConcernPhoto, ConcernPlan
from tracking.vocabulary.concerns import ConcernKind


def may_raise_concern(user: User, child: Child) -> bool:
    """Whoever cares for the child, and its team for them."""
    p = places(user, child)
    return p.is_team or p.is_caregiver


def may_view_concerns(user: User, child: Child) -> bool:
    """Read a list of them; which ones, `may_view_concern` says."""
    return may_raise_concern(user, child)


def may_view_concern(user: User, concern: Concern) -> bool:
    """Agrees with `Concern.objects.visible_to(user)`: somebody's strain is theirs and the team's."""
    p = places(user, concern.child)
    if concern.kind == ConcernKind.PARENT_STRAIN:
        return p.is_team or (p.is_caregiver and _is_own(user, concern))
    return p.is_team or p.is_guardian


def may_send_photo(user: User, concern: Concern) -> bool:
    """Add a picture to a concern: who told it, and the team."""
    p = places(user, concern.child)
    return p.is_team or (p.is_caregiver and _is_own(user, concern))


def may_view_photo(user: User, photo: ConcernPhoto) -> bool:
    """Agrees with `ConcernPhoto.objects.visible_to(user)`."""
    return places(user, photo.child).is_team


def may_keep_photo(user: User, photo: ConcernPhoto) -> bool:
    """Keep one longer than its 90 days."""
    return places(user, photo.child).is_team


def may_view_concern_plan(user: User, plan: ConcernPlan) -> bool:
    """Agrees with `ConcernPlan.objects.visible_to(user)`."""
    return may_raise_concern(user, plan.child)


def _is_own(user: User, concern: Concern) -> bool:
    teller = concern.told_by_grant
    return concern.reported_by_id == user.pk or (teller is not None and teller.user_id == user.pk)


def may_write_concern_plan(user: User, child: Child) -> bool:
    return places(user, child).is_treating
