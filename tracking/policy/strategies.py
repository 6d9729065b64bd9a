"""Permissions on strategies."""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places
from tracking.models import ChildStrategy
from tracking.models.supervision import awaits_signature


def may_view_strategy(user: User, strategy: ChildStrategy) -> bool:
    """Agrees with `ChildStrategy.objects.visible_to(user)`."""
    p = places(user, strategy.child)
    return p.is_reading or (p.is_caregiver and not awaits_signature(strategy))


def may_prescribe_strategy(user: User, child: Child) -> bool:
    """Prescribe and end: the team; what the supervised prescribe waits for a signature."""
    return places(user, child).is_team
