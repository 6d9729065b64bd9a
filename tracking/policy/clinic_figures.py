"""Permissions on a clinic's figures, and on a list of one's own caseload."""

from __future__ import annotations

from clinic.models import Clinic, User
from clinic.policy import roles_in
from clinic.vocabulary import TREATING_ROLES, Role

VIEWING_FIGURES = frozenset({Role.OWNER, Role.THERAPIST})


def may_view_clinic_figures(user: User, clinic: Clinic) -> bool:
    """Owners and therapists: counts of groups, and nobody's record."""
    return bool(roles_in(user, clinic) & VIEWING_FIGURES)


def may_take_caseload(user: User, clinic: Clinic) -> bool:
    """A list of the children one treats; whoever is on no team takes an empty one."""
    return bool(roles_in(user, clinic) & TREATING_ROLES)
