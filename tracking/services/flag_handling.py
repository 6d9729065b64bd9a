"""Handling flags: acknowledge, postpone, close, and choose what a family reads."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import User
from clinic.services import values
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ChosenAdvice, Flag, FlagAcknowledgement, FlagSnooze, HomeProgram
from tracking.services.allowed import short_text
from tracking.services.flagging import end_flag
from tracking.vocabulary.concerns import MEDICAL_FLAGS, FlagCode
from tracking.vocabulary.flags import CHANGES_CARE, CloseHow

MEDICAL_SNOOZE = dt.timedelta(hours=4)
LONGEST_SNOOZE = dt.timedelta(days=30)
"""Our own: a medical flag is put off within a working day, the others for a month at most."""

LONGEST_REASON = 300
LONGEST_CLOSING = 200


class AlreadyClosed(Conflict):
    """The flag is closed already."""

    code = "already_closed"


@transaction.atomic
def acknowledge_flag(
    *, by: User, flag: Flag, now: dt.datetime, will_do: str = "", language: str = ""
) -> Flag:
    """Say that one has looked at it, and what one will do; the first to do so has it.

    Each person's first word stays: told again it changes nothing. It goes on to nobody else. Raises
    Forbidden, AlreadyClosed (409), Invalid (`will_do`, `language`).
    """
    locked = _locked(by, flag)
    will_do = short_text("will_do", will_do, most=LONGEST_REASON)
    _, is_new = FlagAcknowledgement.objects.get_or_create(
        flag=locked,
        by=by,
        defaults={
            "clinic_id": locked.clinic_id,
            "at": now,
            "will_do": will_do,
            "language": values.written_in(language, by),
        },
    )
    if locked.acknowledged_at is None:
        locked.acknowledged_at, locked.acknowledged_by, locked.escalates_at = now, by, None
        locked.save(update_fields=["acknowledged_at", "acknowledged_by", "escalates_at"])
    if is_new:
        audit.record_many(AuditCode.ACKNOWLEDGED_FLAG, [locked], by=by, now=now)
    return locked


@transaction.atomic
def snooze_flag(
    *, by: User, flag: Flag, until_at: dt.datetime, reason: str, language: str = "", now: dt.datetime
) -> Flag:
    """Put it off until a time, with a reason. Nobody has to have looked before; one nobody has goes on then.

    Raises Forbidden, AlreadyClosed (409), Invalid (`until_at`, at most 4 hours for a medical one; `reason`).
    """
    locked = _locked(by, flag)
    reason = short_text("reason", reason, least=1, most=LONGEST_REASON)
    is_medical = FlagCode(locked.code) in MEDICAL_FLAGS
    most = MEDICAL_SNOOZE if is_medical else LONGEST_SNOOZE
    if not now < until_at <= now + most:
        hours = int(most / dt.timedelta(hours=1))
        raise Invalid(field="until_at", allowed="within_hours_from_now", most=hours)
    FlagSnooze.objects.create(
        clinic_id=locked.clinic_id,
        flag=locked,
        by=by,
        at=now,
        until_at=until_at,
        reason=reason,
        language=values.written_in(language, by),
    )
    locked.snoozed_until = until_at
    if locked.escalates_at is not None:
        locked.escalates_at = until_at
    locked.save(update_fields=["snoozed_until", "escalates_at"])
    audit.record_many(AuditCode.SNOOZED_FLAG, [locked], by=by, now=now)
    return locked


@transaction.atomic
def close_flag(*, by: User, flag: Flag, reason: str, language: str = "", now: dt.datetime) -> Flag:
    """Close it, with what was done about it. Raises Forbidden, AlreadyClosed (409), Invalid (`reason`)."""
    locked = _locked(by, flag)
    reason = short_text("reason", reason, least=1, most=LONGEST_CLOSING)
    written_in = values.written_in(language, by)
    end_flag(locked, by=by, now=now, how=CloseHow.BY_HAND, reason=reason, language=written_in)
    return locked


@transaction.atomic
def choose_advice(*, by: User, program: HomeProgram, code: str, now: dt.datetime) -> ChosenAdvice:
    """From now on the family of this program reads the clinic's text about `code`, when such a flag is up.

    Choosing again changes nothing. Raises Invalid for a text that changes no care, Forbidden.
    """
    if not policy.may_choose_advice(by, program):
        raise Forbidden
    if code not in CHANGES_CARE:
        raise Invalid(field="code", allowed=sorted(CHANGES_CARE))
    HomeProgram.objects.select_for_update().get(pk=program.pk)
    row, is_new = ChosenAdvice.objects.active().get_or_create(
        program=program,
        code=code,
        ended_at=None,
        defaults={"clinic_id": program.clinic_id, "chosen_by": by, "chosen_at": now},
    )
    if is_new:
        _tell(by, row, now, "chosen")
    return row


@transaction.atomic
def end_advice(*, by: User, program: HomeProgram, code: str, now: dt.datetime) -> None:
    """The family of this program reads that text no more. Raises Forbidden."""
    if not policy.may_choose_advice(by, program):
        raise Forbidden
    for row in ChosenAdvice.objects.active().filter(program=program, code=code).select_for_update():
        row.ended_by, row.ended_at = by, now
        row.save(update_fields=["ended_by", "ended_at"])
        _tell(by, row, now, "ended")


def _tell(by: User, row: ChosenAdvice, now: dt.datetime, what: str) -> None:
    audit.record(
        AuditCode.CHANGED_FLAG_RULES,
        by=by,
        now=now,
        clinic_id=row.clinic_id,
        child=row.program.child,
        subject=row,
        detail=f"{row.code}_{what}",
    )


def _locked(by: User, flag: Flag) -> Flag:
    if not policy.may_act_on_flag(by, flag):
        raise Forbidden
    locked = Flag.objects.select_for_update().get(pk=flag.pk)
    if locked.closed_at is not None:
        raise AlreadyClosed
    return locked
