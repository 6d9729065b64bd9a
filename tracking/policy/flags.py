"""May this person see a flag, and act on it? (trust, section 1)"""

from __future__ import annotations

from clinic.models import User
from clinic.policy import places
from tracking.models import Flag


def may_view_flag(user: User, flag: Flag) -> bool:
    """Agrees with `Flag.objects.visible_to(user)`."""
    p = places(user, flag.child)
    return p.is_team or p.is_owner


def may_act_on_flag(user: User, flag: Flag) -> bool:
    """Acknowledge or close: the care team, and an owner so that none is left lying."""
    p = places(user, flag.child)
    return p.is_team or p.is_owner
