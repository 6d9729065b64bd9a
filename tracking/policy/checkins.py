"""Permissions on caregivers' check-ins (docs/access.md)."""

from __future__ import annotations

import datetime as dt

from clinic.models import Child, User
from clinic.policy import places
from tracking.models import CheckIn
from tracking.policy.entries import CAREGIVERS_REVISE_FOR, GUARDIANS_REVISE_FOR


def may_view_check_in(user: User, check_in: CheckIn) -> bool:
    """Agrees with `CheckIn.objects.visible_to(user)`: its author, and the team until it is taken back."""
    p = places(user, check_in.child)
    is_own = p.is_caregiver and check_in.author_id == user.pk
    return is_own or (p.is_team and check_in.withdrawn_at is None)


def may_check_in(user: User, child: Child) -> bool:
    """Whoever cares for the child, about themselves; nobody on another's behalf."""
    return places(user, child).is_caregiver


def may_withdraw_check_in(user: User, check_in: CheckIn, now: dt.datetime) -> bool:
    """One's own, as long as one may revise what one logged."""
    p = places(user, check_in.child)
    if check_in.author_id != user.pk or not p.is_caregiver:
        return False
    window = GUARDIANS_REVISE_FOR if p.is_guardian else CAREGIVERS_REVISE_FOR
    return now - check_in.received_at <= window
