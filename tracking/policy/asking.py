"""Permissions on what a child's family is asked (docs/access.md)."""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places
from tracking.models import AskPlan, TrackedStimulus
from tracking.models.supervision import awaits_signature


def may_view_ask_plan(user: User, plan: AskPlan) -> bool:
    """Agrees with `AskPlan.objects.visible_to(user)`: whoever is asked may know what, once it holds."""
    p = places(user, plan.child)
    return p.is_reading or (p.is_caregiver and not awaits_signature(plan))


def may_change_ask_plan(user: User, child: Child) -> bool:
    """Choose what is asked: the team, and guardians, whose evenings the questions take (ADR 18)."""
    p = places(user, child)
    return p.is_team or p.is_guardian


def may_set_state_scale(user: User, child: Child) -> bool:
    """On which scale a state is told is a clinician's to say: two scales make two series."""
    return places(user, child).is_team


def may_view_tracked_stimulus(user: User, tracked: TrackedStimulus) -> bool:
    """Agrees with `TrackedStimulus.objects.visible_to(user)`: whoever logs is asked about it."""
    p = places(user, tracked.child)
    return p.is_reading or (p.is_caregiver and not awaits_signature(tracked))


def may_track_stimulus(user: User, child: Child) -> bool:
    """Choose a touch the family is asked about every day: as with the rest of the plan."""
    return may_change_ask_plan(user, child)


def may_stop_tracking(user: User, child: Child) -> bool:
    """Ask about a touch no longer: who treats the child, and its guardians."""
    p = places(user, child)
    return p.is_treating or p.is_guardian
