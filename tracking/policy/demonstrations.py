"""Permissions on demonstrations to caregivers (docs/access.md)."""

from __future__ import annotations

from clinic.models import CaregiverGrant, Child, User
from clinic.policy import places
from tracking.models import Demonstration
from tracking.models.supervision import awaits_signature


def may_view_demonstration(user: User, shown: Demonstration) -> bool:
    """Agrees with `Demonstration.objects.visible_to(user)`: of the other household a guardian reads none."""
    if places(user, shown.child).is_reading:
        return True
    grants = CaregiverGrant.objects.valid().guardians().filter(user=user, child=shown.child)
    return grants.filter(family=shown.family_id).exists() and not awaits_signature(shown)


def may_view_demonstrations(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_reading or p.is_guardian


def may_demonstrate(user: User, child: Child) -> bool:
    """Say what was shown to whom: the team."""
    return places(user, child).is_team
