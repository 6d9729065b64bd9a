"""May this person take a child's record away? (trust, section 1)"""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places
from tracking.models import FamilyExport


def may_export_record(user: User, child: Child) -> bool:
    """A guardian, what they may read; also once care has ended."""
    return places(user, child).is_guardian


def may_export_single_case(user: User, child: Child) -> bool:
    """A child's series as files for statistics: who treats it."""
    return places(user, child).is_treating


def may_view_export(user: User, export: FamilyExport) -> bool:
    """Agrees with `FamilyExport.objects.visible_to(user)`: one's own, while one is a guardian."""
    return export.asked_by_id == user.pk and places(user, export.child).is_guardian
