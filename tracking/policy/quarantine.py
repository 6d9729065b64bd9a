"""Permissions on entries that arrived after their author's access ended (docs/adr/0035)."""

from __future__ import annotations

from clinic.models import Clinic, User
from clinic.policy import places, roles_in
from clinic.vocabulary import SUPERVISED_ROLES, TREATING_ROLES
from tracking.models import QuarantinedEntry


def may_view_quarantined(user: User, entry: QuarantinedEntry) -> bool:
    """Agrees with `QuarantinedEntry.objects.visible_to(user)`."""
    return places(user, entry.child).is_team


def may_decide_quarantined(user: User, entry: QuarantinedEntry) -> bool:
    """Whoever treats the child: it becomes part of the record, or does not."""
    return places(user, entry.child).is_treating


def may_use_quarantine(user: User, clinic: Clinic) -> bool:
    """Look at what waits: all who work with children."""
    return bool(roles_in(user, clinic) & {*TREATING_ROLES, *SUPERVISED_ROLES})
