"""Locking a draft with its program, and the errors that prescribing and publishing share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language

from clinic.errors import Conflict, Forbidden, Stale
from clinic.models import Child, User
from tracking import policy
from tracking.models import HomeProgram, ProgramState, ProgramVersion
from tracking.readings.conflicts import StandingConflict, told
from tracking.vocabulary.reasons import ConflictReason


class NoDraft(Conflict):
    """There is no draft to change or publish; open the next one first."""

    code = "no_draft"


class DraftIsOpen(Conflict):
    """A draft of the next version is open already."""

    code = "draft_is_open"


class ProgramHasEnded(Conflict):
    """The program has ended; start a new one."""

    code = "program_has_ended"


class ChildNotInCare(Conflict):
    """The child's record is archived, or the child has died."""

    code = "child_not_in_care"


class BlockedByConflict(Conflict):
    """A precaution or the child's age rules out a step; `field` names it, `conflict` is the code."""

    code = "blocked_by_conflict"


def locked(by: User, program: HomeProgram, lock_version: int) -> HomeProgram:
    """The program, locked for this transaction, with child, clinic and current version.

    Raises Stale, Forbidden where `by` is not on the team, ProgramHasEnded.
    """
    row = (
        HomeProgram.objects.select_for_update(of=("self",))
        .select_related("child__clinic", "clinic", "current_version")
        .get(pk=program.pk)
    )
    if not policy.may_draft_program(by, row.child):
        raise Forbidden
    if row.lock_version != lock_version:
        raise Stale(current=row.lock_version)
    if row.state == ProgramState.ENDED:
        raise ProgramHasEnded
    return row


def locked_draft(by: User, program: HomeProgram, lock_version: int) -> tuple[HomeProgram, ProgramVersion]:
    """The locked program and its draft. Raises as `locked`, and NoDraft."""
    row = locked(by, program, lock_version)
    draft = row.versions.filter(published_at__isnull=True).first()
    if draft is None:
        raise NoDraft
    return row, draft


def touched(program: HomeProgram) -> HomeProgram:
    """The program saved, with the next `lock_version`."""
    program.lock_version += 1
    program.save()
    return program


def blocked(blocks: Sequence[StandingConflict], child: Child, on: dt.date) -> BlockedByConflict:
    """The refusal that names the first of `blocks`, and lists all."""
    said = [about_conflict(one, child, on) for one in blocks]
    return BlockedByConflict(field=field_of(blocks[0]), **said[0], conflicts=said)


def about_conflict(one: StandingConflict, child: Child, on: dt.date) -> dict[str, Any]:
    """A conflict as the parameters of an error."""
    return told(one, child.ages_on(on))


def field_of(one: StandingConflict) -> str:
    """The field of a draft that a conflict is about."""
    if one.orders:
        return f"steps.{one.orders[0] - 1}"
    return "product_name" if one.conflict.reason is ConflictReason.PRODUCT else "steps"


def reading_language() -> str:
    """The language names are said in to whoever asks."""
    return get_language() or "en"
