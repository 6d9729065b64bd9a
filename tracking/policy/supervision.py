"""Permissions on signing what assistants and students drafted (docs/access.md)."""

from __future__ import annotations

from clinic.models import CareTeam, Clinic, User
from clinic.policy import places, roles_in
from clinic.vocabulary import SUPERVISED_ROLES, TREATING_ROLES
from tracking.models import Cosigning, Supervision


def may_view_cosigning(user: User, draft: Cosigning) -> bool:
    """Agrees with `Cosigning.objects.visible_to(user)`."""
    return places(user, draft.child).is_team


def may_cosign(user: User, draft: Cosigning) -> bool:
    """Sign or return: whoever treats the child, as with a program's draft, so that no absence holds it up.

    Nobody signs what they drafted, whatever they have become since.
    """
    return draft.drafted_by_id != user.pk and places(user, draft.child).is_treating


def may_use_cosigning(user: User, clinic: Clinic) -> bool:
    """Look at what waits for signatures, and at the supervision log: all who work with children."""
    return bool(roles_in(user, clinic) & {*TREATING_ROLES, *SUPERVISED_ROLES})


def may_log_supervision(user: User, person: User, clinic: Clinic) -> bool:
    """Whoever supervises that person on some child's team today."""
    places_under = CareTeam.objects.active().filter(clinic=clinic, therapist=person, supervisor=user)
    return bool(roles_in(user, clinic)) and places_under.exists()


def may_view_supervision(user: User, talk: Supervision) -> bool:
    """Agrees with `Supervision.objects.visible_to(user)`."""
    return user.pk in (talk.person_id, talk.supervisor_id) and bool(roles_in(user, talk.clinic))
