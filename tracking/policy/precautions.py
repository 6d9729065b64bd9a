"""Permissions on precautions (docs/access.md)."""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places


def may_view_precautions(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_reading or p.is_caregiver


def may_record_precaution(user: User, child: Child) -> bool:
    """Team and guardians: who learns of a fever first says so."""
    p = places(user, child)
    return p.is_team or p.is_guardian


def may_change_precaution(user: User, child: Child) -> bool:
    """Change or end one that stands: what somebody recorded is a treating therapist's to lift."""
    return places(user, child).is_treating
