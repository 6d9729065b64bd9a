"""Permissions on messages that were given up."""

from __future__ import annotations

from clinic.models import Clinic, User
from clinic.policy import roles_in
from clinic.vocabulary import Role


def may_see_undelivered(user: User, clinic: Clinic) -> bool:
    """Owners: whether mail goes out is the clinic's to look after. Nothing there says to whom."""
    return Role.OWNER in roles_in(user, clinic)


def may_replay(user: User, clinic: Clinic) -> bool:
    return may_see_undelivered(user, clinic)
