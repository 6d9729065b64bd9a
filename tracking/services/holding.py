"""Putting a hold on a child's record: while it lasts, nothing of it is erased, by time or on request."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden
from clinic.models import Child, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import RecordHold
from tracking.services.allowed import short_text
from tracking.services.erasures import RecordIsHeld

SHORTEST_REASON = 10


class HoldIsOver(Conflict):
    """The hold was lifted already."""

    code = "hold_is_over"


@transaction.atomic
def hold_record(*, by: User, child: Child, reason: str, now: dt.datetime) -> RecordHold:
    """The record held from now on. Raises Forbidden, Invalid (`reason`), RecordIsHeld (409)."""
    if not policy.may_hold_record(by, child.clinic):
        raise Forbidden
    said = short_text("reason", reason, least=SHORTEST_REASON, most=300)
    Child.objects.select_for_update().get(pk=child.pk)
    if RecordHold.objects.open().filter(child=child).exists():
        raise RecordIsHeld
    hold = RecordHold.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        reason=said,
        language=by.writes_in,
        set_by=by,
        set_at=now,
    )
    _tell(by, hold, now, "held")
    return hold


@transaction.atomic
def lift_hold(*, by: User, hold: RecordHold, now: dt.datetime) -> RecordHold:
    """The record held no more; what waited meanwhile goes on. Raises Forbidden, HoldIsOver (409)."""
    if not policy.may_hold_record(by, hold.clinic):
        raise Forbidden
    held = RecordHold.objects.open().select_for_update().filter(pk=hold.pk).first()
    if held is None:
        raise HoldIsOver
    held.lifted_by = by
    held.lifted_at = now
    held.save(update_fields=["lifted_by", "lifted_at"])
    _tell(by, held, now, "lifted")
    return held


def _tell(by: User, hold: RecordHold, now: dt.datetime, what: str) -> None:
    audit.record(
        AuditCode.HELD_RECORD,
        by=by,
        now=now,
        clinic_id=hold.clinic_id,
        child_id=hold.child_id,
        subject=hold,
        detail=what,
    )
