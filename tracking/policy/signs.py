"""Permissions on the child's own signs, and on how soon the stop rule pauses."""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places
from tracking.models import ChildSign
from tracking.models.supervision import awaits_signature


def may_view_sign(user: User, sign: ChildSign) -> bool:
    """Agrees with `ChildSign.objects.visible_to(user)`: whoever logs taps them."""
    p = places(user, sign.child)
    return p.is_reading or (p.is_caregiver and not awaits_signature(sign))


def may_change_signs(user: User, child: Child) -> bool:
    """Add, map, order and retire: the guardians know them, the team names them; the supervised draft."""
    p = places(user, child)
    return p.is_team or p.is_guardian


def may_set_stop_sensitivity(user: User, child: Child) -> bool:
    return places(user, child).is_treating
