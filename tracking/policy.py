"""May this person do this to programs, entries, notes, goals, reports and the library? (trust, section 1)

Like `clinic.policy`, each predicate asks the database once, through `places`. "The team" is whoever is on
the child's care team today; of them, the treating publish and sign, the supervised draft. An owner who is on
no team reads nothing clinical, a therapist who is on no team sees no child at all.
"""

from __future__ import annotations

import datetime as dt

from clinic.models import CareTeam, Child, Clinic, User
from clinic.policy import may_log_for, places, roles_in
from clinic.vocabulary import Role, SharingMode
from tracking.models import (
    Entry,
    Flag,
    Goal,
    HomeProgram,
    Note,
    ProgramPause,
    ProgramState,
    Report,
    TrackedStimulus,
)

GUARDIANS_REVISE_FOR = dt.timedelta(days=7)
CAREGIVERS_REVISE_FOR = dt.timedelta(hours=48)
"""How long after it first arrived an entry may be revised or withdrawn by its author."""


# ---- precautions ----------------------------------------------------------------------------------------


def may_view_precautions(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_team or p.is_caregiver


def may_record_precaution(user: User, child: Child) -> bool:
    """Team and guardians: who learns of a fever first says so."""
    p = places(user, child)
    return p.is_team or p.is_guardian


def may_change_precaution(user: User, child: Child) -> bool:
    """Change or end one that stands: what somebody recorded is a treating therapist's to lift."""
    return places(user, child).is_treating


# ---- programs -------------------------------------------------------------------------------------------


def may_view_program(user: User, program: HomeProgram) -> bool:
    """Agrees with `HomeProgram.objects.visible_to(user)` for everybody."""
    p = places(user, program.child)
    return (
        p.is_team
        or (p.is_guardian and program.state != ProgramState.DRAFT)
        or (p.is_caregiver and program.state == ProgramState.ACTIVE)
    )


def may_view_draft(user: User, child: Child) -> bool:
    """What is being drafted is the team's alone, also for a program the family already reads."""
    return places(user, child).is_team


def may_view_program_titles(user: User, child: Child) -> bool:
    """The office reads titles, to speak about a program on the phone; nothing of what is in it."""
    p = places(user, child)
    return p.is_team or p.is_office or p.is_caregiver


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


# ---- entries --------------------------------------------------------------------------------------------


def may_view_entry(user: User, entry: Entry) -> bool:
    """Agrees with `visible_to` of every kind of entry."""
    p = places(user, entry.child)
    is_own = entry.reported_by_id == user.pk
    return (
        p.is_team
        or (p.is_guardian and (is_own or entry.child.sharing_mode != SharingMode.OWN_ONLY))
        or (p.is_caregiver and is_own)
    )


def may_record_entry(user: User, child: Child) -> bool:
    """Log for a child one cares for, or on a family's behalf as its team or the office."""
    return may_log_for(user, child)


def may_revise_entry(user: User, entry: Entry, now: dt.datetime) -> bool:
    """Revise or withdraw: one's own only, for a while after it first arrived; nobody edits another's."""
    if entry.reported_by_id != user.pk:
        return False
    p = places(user, entry.child)
    if p.is_guardian or p.is_team or p.is_office:
        return now - entry.first_received_at <= GUARDIANS_REVISE_FOR
    return p.is_caregiver and now - entry.first_received_at <= CAREGIVERS_REVISE_FOR


def may_annotate_entry(user: User, entry: Entry) -> bool:
    """Write a clinician's remark beside an entry, never into it."""
    return places(user, entry.child).is_team


def may_view_tracked_stimulus(user: User, tracked: TrackedStimulus) -> bool:
    """Agrees with `TrackedStimulus.objects.visible_to(user)`: whoever logs is asked about it."""
    p = places(user, tracked.child)
    return p.is_team or p.is_caregiver


def may_track_stimulus(user: User, child: Child) -> bool:
    """Choose what the family is asked about every day."""
    return places(user, child).is_team


def may_view_flag(user: User, flag: Flag) -> bool:
    """Agrees with `Flag.objects.visible_to(user)`."""
    p = places(user, flag.child)
    return p.is_team or p.is_owner


def may_act_on_flag(user: User, flag: Flag) -> bool:
    """Acknowledge or close: the care team, and an owner so that none is left lying."""
    p = places(user, flag.child)
    return p.is_team or p.is_owner


# ---- notes, goals, messages -----------------------------------------------------------------------------


def may_view_shared_notes(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_team or p.is_guardian


def may_view_note(user: User, note: Note) -> bool:
    """Agrees with `Note.objects.visible_to(user)`: a private one is its author's alone."""
    p = places(user, note.child)
    if note.is_private:
        return p.is_team and note.author_id == user.pk
    return p.is_team or p.is_guardian


def may_write_note(user: User, child: Child) -> bool:
    """Shared or private; what the supervised write is co-signed."""
    return places(user, child).is_team


def may_change_note(user: User, note: Note) -> bool:
    return note.author_id == user.pk and places(user, note.child).is_team


def may_view_goals(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_team or p.is_guardian


def may_set_goal(user: User, child: Child) -> bool:
    return places(user, child).is_treating


def may_draft_goal(user: User, child: Child) -> bool:
    return places(user, child).is_team


def may_change_goal(user: User, goal: Goal) -> bool:
    return places(user, goal.child).is_treating


def may_record_assessment(user: User, child: Child) -> bool:
    return places(user, child).is_team


def may_view_messages(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_team or p.is_guardian


def may_send_message(user: User, child: Child) -> bool:
    p = places(user, child)
    return p.is_team or p.is_guardian


# ---- reports --------------------------------------------------------------------------------------------


def may_ask_report(user: User, child: Child) -> bool:
    return places(user, child).is_treating


def may_view_report(user: User, report: Report) -> bool:
    """Agrees with `Report.objects.visible_to(user)`."""
    p = places(user, report.child)
    return p.is_team or (p.is_guardian and report.shared_at is not None)


def may_download_report(user: User, report: Report) -> bool:
    """A supervised member reads the page but takes no file away; a guardian what was shared with them."""
    p = places(user, report.child)
    return p.is_treating or (p.is_guardian and report.shared_at is not None)


def may_sign_report(user: User, report: Report) -> bool:
    return places(user, report.child).is_treating


# ---- reminders ------------------------------------------------------------------------------------------


def may_change_reminders(user: User, child: Child) -> bool:
    """When and whether a household is reminded is its guardian's to say, of their own household."""
    return places(user, child).is_guardian


def may_mute_reminders(user: User, child: Child) -> bool:
    return places(user, child).is_caregiver


# ---- the library ----------------------------------------------------------------------------------------


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
