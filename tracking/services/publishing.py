"""Publishing: a draft becomes an immutable version. Also reasons for conflicts, and ending a program.

A version is published as a correction (the phase goes on) or as a change (a new, named phase). The team
drafts; a treating therapist acknowledges, publishes and ends.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, DomainError, Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import Child, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ConflictAcknowledgement, HomeProgram, ProgramState, ProgramVersion
from tracking.models.notices import NoticeKind
from tracking.readings.conflicts import conflicts_of, day_of_conflicts
from tracking.readings.prescriptions import propose_change_kind
from tracking.reminders.planning import keep_rules
from tracking.services.allowed import one_of, short_text
from tracking.services.drafts import (
    about_conflict,
    blocked,
    field_of,
    locked,
    locked_draft,
    reading_language,
    touched,
)
from tracking.services.telling import tell
from tracking.vocabulary.programs import ChangeKind, Phase
from tracking.vocabulary.reasons import ConflictHow, EndReason

LONGEST_REASON = 500


class Incomplete(DomainError):
    """A draft lacks what every program needs; `field` names it."""

    code = "incomplete_program"


class NeedsAcknowledgement(Conflict):
    """A conflict needs a therapist's reason; `field` names the step, `conflict` the code."""

    code = "needs_acknowledgement"


class NoSuchConflict(Conflict):
    """This is no conflict of the draft, or not one that a reason can lift."""

    code = "no_such_conflict"


class NeverPublished(Conflict):
    """A program that was never published cannot be ended; discard its draft."""

    code = "never_published"


@transaction.atomic
def acknowledge_conflict(
    *,
    by: User,
    program: HomeProgram,
    lock_version: int,
    stroke: str,
    code: str,
    reason: str,
    now: dt.datetime,
) -> HomeProgram:
    """Prescribe a step although a precaution asks for a reason: the reason, kept with the version.

    `stroke` is the slug, empty for a conflict of the whole program. Another reason replaces the first. Raises
    NoSuchConflict where the draft has none that a reason lifts, Invalid for an empty reason, Stale, NoDraft,
    Forbidden.
    """
    program, draft = locked_draft(by, program, lock_version)
    if not policy.may_acknowledge_conflict(by, program):
        raise Forbidden
    reason = short_text("reason", reason, least=1, most=LONGEST_REASON)
    day = local_day(now, program.clinic.zone)
    standing = conflicts_of(draft, program.child, on=day_of_conflicts(draft, day))
    liftable = {(one.stroke, one.code) for one in standing if one.how is ConflictHow.ACKNOWLEDGE}
    if (stroke, code) not in liftable:
        raise NoSuchConflict(field="code", stroke=stroke, conflict=code)
    ConflictAcknowledgement.objects.update_or_create(
        version=draft,
        stroke_slug=stroke,
        code=code,
        defaults={
            "clinic": program.clinic,
            "reason": reason,
            "language": by.writes_in,
            "by": by,
            "at": now,
        },
    )
    return touched(program)


@transaction.atomic
def publish(
    *,
    by: User,
    program: HomeProgram,
    lock_version: int,
    now: dt.datetime,
    change_kind: str | None = None,
    phase_name: str | None = None,
) -> ProgramVersion:
    """The draft as a published version, which from then on never changes.

    `change_kind` of a later version is correction or change, None: as proposed by what differs. A change
    begins a new phase and is named by `phase_name` or the draft's. It applies from today, the first version
    from the first day of its diary or program. Raises Forbidden unless `by` treats the child, Incomplete,
    BlockedByConflict and NeedsAcknowledgement naming the first step at fault and all conflicts, Invalid for
    the phase's name, Stale, NoDraft.
    """
    program, draft = locked_draft(by, program, lock_version)
    if not policy.may_publish_program(by, program):
        raise Forbidden
    today = local_day(now, program.clinic.zone)
    has_program = _check_complete(program, draft, today)
    _check_conflicts(draft, program.child, today)
    current = program.current_version
    kind = _change_kind(draft, current, change_kind)
    if phase_name is not None:
        draft.phase_name = short_text("phase_name", phase_name)
    begins = min(filter(None, (draft.baseline_starts_on, draft.starts_on)))
    draft.change_kind = kind
    draft.phase_number = 1
    draft.effective_on = begins
    if current is not None:
        draft.phase_number = current.phase_number + (kind == ChangeKind.CHANGE)
        draft.effective_on = max(today, begins)
        if kind == ChangeKind.CHANGE and not draft.phase_name:
            raise Invalid(field="phase_name", allowed="length", least=1, most=120)
        if kind == ChangeKind.CORRECTION:
            draft.phase_name = current.phase_name
    draft.published_by, draft.published_at = by, now
    draft.save()
    program.current_version = draft
    program.state = ProgramState.ACTIVE
    program.is_waitlist = not has_program
    touched(program)
    keep_rules(program=program, now=now)
    audit.record(
        AuditCode.PUBLISHED_PROGRAM,
        by=by,
        now=now,
        clinic_id=program.clinic_id,
        child=program.child,
        subject=draft,
        detail=str(kind),
    )
    tell(
        kind=NoticeKind.PROGRAM_VERSION,
        clinic_id=program.clinic_id,
        child_id=program.child_id,
        subject_id=draft.pk,
        by=by,
        now=now,
    )
    return draft


@transaction.atomic
def end_program(
    *, by: User, program: HomeProgram, lock_version: int, reason: str, now: dt.datetime
) -> HomeProgram:
    """The program, ended today. An open draft goes; versions, entries and pauses stay as they are.

    Raises Forbidden unless `by` treats the child, ProgramHasEnded, NeverPublished,
    Invalid for the reason, Stale.
    """
    program = locked(by, program, lock_version)
    if not policy.may_end_program(by, program):
        raise Forbidden
    if program.state == ProgramState.DRAFT:
        raise NeverPublished
    one_of("reason", reason, EndReason)
    program.versions.filter(published_at__isnull=True).delete()
    program.state = ProgramState.ENDED
    program.ended_on = local_day(now, program.clinic.zone)
    program.end_reason = reason
    touched(program)
    keep_rules(program=program, now=now)
    audit.record(
        AuditCode.ENDED_PROGRAM,
        by=by,
        now=now,
        clinic_id=program.clinic_id,
        child=program.child,
        subject=program,
        detail=reason,
    )
    return program


def _check_complete(program: HomeProgram, draft: ProgramVersion, today: dt.date) -> bool:
    """Whether the draft prescribes massage, not a diary alone. Raises Incomplete, or Invalid for its end."""
    phases = set(draft.schedules.values_list("phase", flat=True))
    has_program = str(Phase.PROGRAM) in phases
    if not has_program and not (program.is_waitlist and phases):
        raise Incomplete(field="schedules", needs="schedule")
    if has_program and not draft.steps.exists():
        raise Incomplete(field="steps", needs="step")
    if draft.baseline_starts_on is not None and str(Phase.BASELINE) not in phases:
        raise Incomplete(field="schedules", needs="diary")
    if draft.ends_on is not None and draft.ends_on < today:
        raise Invalid(field="ends_on", allowed="not_before_today")
    return has_program


def _check_conflicts(draft: ProgramVersion, child: Child, today: dt.date) -> None:
    on = day_of_conflicts(draft, today)
    standing = [one for one in conflicts_of(draft, child, on=on, language=reading_language()) if one.is_open]
    blocks = [one for one in standing if one.is_block]
    if blocks:
        raise blocked(blocks, child, on)
    if standing:
        told = [about_conflict(one, child, on) for one in standing]
        raise NeedsAcknowledgement(field=field_of(standing[0]), **told[0], conflicts=told)


def _change_kind(draft: ProgramVersion, current: ProgramVersion | None, chosen: str | None) -> ChangeKind:
    if current is None:
        return ChangeKind.FIRST
    if chosen is None:
        return propose_change_kind(draft, current).kind
    allowed = (ChangeKind.CORRECTION, ChangeKind.CHANGE)
    if chosen not in allowed:
        raise Invalid(field="change_kind", allowed=[str(one) for one in allowed])
    return ChangeKind(chosen)
