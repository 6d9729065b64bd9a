"""Permissions on excluding a day from what was asked (docs/access.md)."""

from __future__ import annotations

from clinic.models import CaregiverGrant, Child, Family, User
from clinic.policy import places


def may_excuse_day(user: User, child: Child, family: Family | None) -> bool:
    """The care team, and for a day at their own home its guardians; `family` is where the child was."""
    if places(user, child).is_team:
        return True
    through = CaregiverGrant.objects.valid().guardians().filter(user=user, child=child, family=family)
    return family is not None and through.exists()
