"""Permissions on reminders (docs/access.md)."""

from __future__ import annotations

from clinic.models import CaregiverGrant, Child, Family, User
from clinic.policy import places
from tracking.models import ReminderRule


def may_view_reminders_sent(user: User, child: Child) -> bool:
    """What became of reminders, and nothing of whom, by what or when: for therapists of the child's team."""
    return places(user, child).is_treating


def may_change_reminders(user: User, child: Child, family: Family) -> bool:
    """When and whether a household is reminded is its guardians' to say."""
    return CaregiverGrant.objects.valid().guardians().filter(user=user, child=child, family=family).exists()


def may_change_reminder(user: User, rule: ReminderRule) -> bool:
    here = CaregiverGrant.objects.valid().filter(child=rule.child_id, family=rule.family_id)
    return here.guardians().filter(user=user).exists()


def may_mute_reminder(user: User, rule: ReminderRule) -> bool:
    """Everybody of the household, their own."""
    here = CaregiverGrant.objects.valid().filter(child=rule.child_id, family=rule.family_id)
    return here.filter(user=user).exists()
