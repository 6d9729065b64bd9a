"""Permissions on the hand-off line (docs/access.md)."""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places


def may_view_hand_off(user: User, child: Child) -> bool:
    """Whoever cares for the child; what each is told of, the entries' own rules say."""
    return places(user, child).is_caregiver
