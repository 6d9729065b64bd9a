"""Permissions on the library (docs/access.md)."""

from __future__ import annotations

from clinic.models import CareTeam, Clinic, User
from clinic.policy import roles_in
from clinic.vocabulary import Role


def may_view_library(user: User, clinic: Clinic) -> bool:
    """All staff; families read what is in their own programs."""
    return bool(roles_in(user, clinic))


def may_change_library(user: User, clinic: Clinic) -> bool:
    """Add and change the clinic's own strokes and presets: owners, and therapists who treat somebody here."""
    roles = roles_in(user, clinic)
    if Role.OWNER in roles:
        return True
    return (
        Role.THERAPIST in roles and CareTeam.objects.active().filter(clinic=clinic, therapist=user).exists()
    )


def may_hide_library_item(user: User, clinic: Clinic) -> bool:
    """What the clinic does not offer is decided for everybody in it."""
    return Role.OWNER in roles_in(user, clinic)


def may_adopt_wording(user: User, clinic: Clinic) -> bool:
    """Sign for the clinic's clinical texts: who may change the library (and holds a credential)."""
    return may_change_library(user, clinic)
