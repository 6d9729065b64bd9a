"""May this person do this to reminders? (trust, section 1)"""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places


def may_change_reminders(user: User, child: Child) -> bool:
    """When and whether a household is reminded is its guardian's to say, of their own household."""
    return places(user, child).is_guardian


def may_mute_reminders(user: User, child: Child) -> bool:
    return places(user, child).is_caregiver
