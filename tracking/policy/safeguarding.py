"""Permissions on safeguarding notes (docs/access.md)."""

from __future__ import annotations

from clinic.models import Child, Clinic, User
from clinic.policy import may_manage_staff, places, roles_in
from tracking.models import SafeguardingLead, SafeguardingNote


def may_write_safeguarding_note(user: User, child: Child) -> bool:
    """Whoever is on the child's team, supervised or not: nobody co-signs what somebody saw."""
    return places(user, child).is_team


def is_safeguarding_lead(user: User, clinic: Clinic) -> bool:
    """Named by an owner, and working in the clinic still."""
    named = SafeguardingLead.objects.active().filter(user=user, clinic=clinic).exists()
    return named and bool(roles_in(user, clinic))


def may_view_safeguarding_note(user: User, note: SafeguardingNote) -> bool:
    """Agrees with `SafeguardingNote.objects.visible_to(user)`."""
    is_own = note.author_id == user.pk and bool(roles_in(user, note.clinic))
    return is_own or is_safeguarding_lead(user, note.clinic)


def may_name_safeguarding_lead(user: User, clinic: Clinic) -> bool:
    return may_manage_staff(user, clinic)
