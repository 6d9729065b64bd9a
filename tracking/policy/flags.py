"""Permissions on flags and their settings (docs/access.md)."""

from __future__ import annotations

from clinic.models import Clinic, User
from clinic.policy import places, roles_in
from clinic.vocabulary import Role
from tracking.models import Flag, HomeProgram
from tracking.policy.library import may_adopt_wording
from tracking.vocabulary.flags import ReaderKind


def may_view_flag(user: User, flag: Flag) -> bool:
    """Agrees with `Flag.objects.visible_to(user)`; an owner who reads it sees its head alone."""
    p = places(user, flag.child)
    return p.is_team or (p.is_owner and (p.is_reading or _is_owner_reader(user, flag)))


def may_view_flag_record(user: User, flag: Flag) -> bool:
    """What the flag is about, its figures, and what was said and done: the team, an owner by glass."""
    p = places(user, flag.child)
    return p.is_team or (p.is_owner and p.is_reading)


def may_act_on_flag(user: User, flag: Flag) -> bool:
    """Acknowledge, put off or close: whoever treats; an owner who reads it, so that none is left lying."""
    p = places(user, flag.child)
    return p.is_treating or (p.is_owner and _is_owner_reader(user, flag))


def may_choose_advice(user: User, program: HomeProgram) -> bool:
    """That a family reads a text which changes care is a treating therapist's to choose."""
    return places(user, program.child).is_treating


def may_change_flag_settings(user: User, clinic: Clinic) -> bool:
    """Numbers, hours, readers, and what is switched off: owners."""
    return Role.OWNER in roles_in(user, clinic)


def may_write_flag_text(user: User, clinic: Clinic) -> bool:
    """Word what families read: owners, and whoever may answer for it."""
    return may_change_flag_settings(user, clinic) or may_adopt_flag_text(user, clinic)


def may_adopt_flag_text(user: User, clinic: Clinic) -> bool:
    """Answer by name for what families read: whoever may adopt the library's wording."""
    return may_adopt_wording(user, clinic)


def _is_owner_reader(user: User, flag: Flag) -> bool:
    return ReaderKind.OWNER in flag.readers and flag.owner_reader_id in {None, user.pk}
