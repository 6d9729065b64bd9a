"""Permissions on notes, goals, measures and messages (docs/access.md)."""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places
from tracking.models import Assessment, Goal, Note
from tracking.models.supervision import awaits_signature


def may_view_shared_notes(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_reading or p.is_guardian


def may_view_note(user: User, note: Note) -> bool:
    """Agrees with `Note.objects.visible_to(user)`: a private one its author's, a draft the team's."""
    p = places(user, note.child)
    if note.is_private:
        return p.is_reading and note.author_id == user.pk
    return p.is_reading or (p.is_guardian and not awaits_signature(note))


def may_write_note(user: User, child: Child) -> bool:
    """Shared or private; what the supervised write is co-signed."""
    return places(user, child).is_team


def may_change_note(user: User, note: Note) -> bool:
    return note.author_id == user.pk and places(user, note.child).is_team


def may_view_goals(user: User, child: Child) -> bool:
    """Read goals and measures; which ones, `may_view_goal` and `may_view_assessment` say."""
    p = places(user, child)
    return p.is_reading or p.is_guardian


def may_view_goal(user: User, goal: Goal) -> bool:
    """Agrees with `Goal.objects.visible_to(user)`."""
    p = places(user, goal.child)
    return p.is_reading or (p.is_guardian and not awaits_signature(goal))


def may_set_goal(user: User, child: Child) -> bool:
    """What the supervised set is a draft until it is co-signed."""
    return places(user, child).is_team


def may_change_goal(user: User, goal: Goal) -> bool:
    return places(user, goal.child).is_treating


def may_view_assessment(user: User, assessment: Assessment) -> bool:
    """Agrees with `Assessment.objects.visible_to(user)`."""
    p = places(user, assessment.child)
    return p.is_reading or (p.is_guardian and not awaits_signature(assessment))


def may_record_assessment(user: User, child: Child) -> bool:
    """What the supervised enter is a draft until it is co-signed."""
    return places(user, child).is_team


def may_view_messages(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_reading or p.is_guardian


def may_send_message(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_team or p.is_guardian
