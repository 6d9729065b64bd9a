"""Permissions on home programs, their drafts and pauses (docs/access.md)."""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places
from tracking.models import HomeProgram, ProgramPause, ProgramState


def may_view_program(user: User, program: HomeProgram) -> bool:
    """Agrees with `HomeProgram.objects.visible_to(user)` for everybody."""
    p = places(user, program.child)
    return (
        p.is_reading
        or (p.is_guardian and program.state != ProgramState.DRAFT)
        or (p.is_caregiver and program.state == ProgramState.ACTIVE)
    )


def may_view_draft(user: User, child: Child) -> bool:
    """What is being drafted is the team's alone, also for a program the family already reads."""
    return places(user, child).is_team


def may_view_program_titles(user: User, child: Child) -> bool:
    """The office reads titles, to speak about a program on the phone; nothing of what is in it."""
    p = places(user, child)
    return p.is_reading or p.is_office or p.is_caregiver


def may_draft_program(user: User, child: Child) -> bool:
    """Start a program and change its draft; what the supervised draft, the treating publish."""
    return places(user, child).is_team


def may_publish_program(user: User, program: HomeProgram) -> bool:
    return places(user, program.child).is_treating


def may_acknowledge_conflict(user: User, program: HomeProgram) -> bool:
    """A reason for prescribing in spite of a precaution is a treating therapist's to give."""
    return places(user, program.child).is_treating


def may_end_program(user: User, program: HomeProgram) -> bool:
    return places(user, program.child).is_treating


def may_pause_program(user: User, program: HomeProgram) -> bool:
    """Anybody who cares for or treats the child: a pause for illness is one tap."""
    p = places(user, program.child)
    return p.is_team or p.is_caregiver


def may_end_pause(user: User, pause: ProgramPause) -> bool:
    """A log-only caregiver may say "ill today", but not that it is over."""
    p = places(user, pause.program.child)
    return p.is_team or p.is_guardian
