"""Permissions on what a family is given at discharge (docs/access.md)."""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places
from tracking.models import AfterCare


def may_view_after_care(user: User, after: AfterCare) -> bool:
    """Agrees with `AfterCare.objects.visible_to(user)`."""
    p = places(user, after.child)
    return p.is_reading or p.is_caregiver


def may_write_after_care(user: User, child: Child) -> bool:
    """Words to the family are for who treats the child; an owner on no team discharges without any."""
    return places(user, child).is_treating


def may_follow_up(user: User, child: Child) -> bool:
    """Say that somebody of the team looked again."""
    return places(user, child).is_team
