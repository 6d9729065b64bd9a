"""Permissions on copies of a child's record (docs/access.md)."""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places
from tracking.models import CopyFor, RecordExport


def may_export_record(user: User, child: Child) -> bool:
    """A guardian, what they may read; also once care has ended."""
    return places(user, child).is_guardian


def may_export_whole_record(user: User, child: Child) -> bool:
    """Who treats the child, for the clinic: what the care team reads, also once care has ended."""
    return places(user, child).is_treating


def may_export_single_case(user: User, child: Child) -> bool:
    """A child's series as files for statistics: who treats it."""
    return places(user, child).is_treating


def may_view_export(user: User, export: RecordExport) -> bool:
    """Agrees with `RecordExport.objects.visible_to(user)`: one's own, while one may ask for its like."""
    p = places(user, export.child)
    may_have_it = p.is_treating if export.copy_for == CopyFor.CLINIC else p.is_guardian
    return export.asked_by_id == user.pk and may_have_it
