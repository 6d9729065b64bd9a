"""Permissions on logged entries (docs/access.md)."""

from __future__ import annotations

import datetime as dt

from clinic.models import Child, User
from clinic.policy import may_log_for, places
from clinic.vocabulary import SharingMode
from tracking.models import Entry

GUARDIANS_REVISE_FOR = dt.timedelta(days=7)
CAREGIVERS_REVISE_FOR = dt.timedelta(hours=48)
"""How long after it first arrived an entry may be revised or withdrawn by its author."""


def may_view_entry(user: User, entry: Entry) -> bool:
    """Agrees with `visible_to` of every kind of entry."""
    p = places(user, entry.child)
    teller = entry.told_by_grant
    is_own = entry.reported_by_id == user.pk or (teller is not None and teller.user_id == user.pk)
    return (
        p.is_reading
        or (p.is_guardian and (is_own or entry.child.sharing_mode != SharingMode.OWN_ONLY))
        or (p.is_caregiver and is_own)
    )


def may_record_entry(user: User, child: Child) -> bool:
    """Log for a child one cares for, or on a family's behalf as its team or the office."""
    return may_log_for(user, child)


def may_revise_entry(user: User, entry: Entry, now: dt.datetime) -> bool:
    """Revise or withdraw: one's own only, for a while after it first arrived; nobody edits another's."""
    if entry.reported_by_id != user.pk:
        return False
    p = places(user, entry.child)
    if p.is_guardian or p.is_team or p.is_office:
        return now - entry.first_received_at <= GUARDIANS_REVISE_FOR
    return p.is_caregiver and now - entry.first_received_at <= CAREGIVERS_REVISE_FOR


def may_annotate_entry(user: User, entry: Entry) -> bool:
    """Write a clinician's remark beside an entry, never into it."""
    return places(user, entry.child).is_team
