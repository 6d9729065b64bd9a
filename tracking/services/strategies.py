"""Strategies: kept in a clinic's library, prescribed for a child and certain touches, ended."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from clinic import audit
from clinic.errors import Forbidden, IdAlreadyUsed, Invalid
from clinic.models import Child, Clinic, User
from clinic.services import values
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ChildStrategy, Strategy
from tracking.services.allowed import one_of, short_text
from tracking.services.cosigning import ask_for_cosigning, take_back_draft
from tracking.vocabulary.touch import Accommodation, Stimulus

LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class Prescribed:
    """The strategy, and whether it had been prescribed before."""

    strategy: ChildStrategy
    is_known: bool


@transaction.atomic
def add_strategy(
    *,
    by: User,
    clinic: Clinic,
    name: str,
    text: str,
    stimuli: Sequence[str],
    language: str = "",
    now: dt.datetime,
) -> Strategy:
    """One more in the clinic's library. Raises Forbidden, Invalid (naming the field)."""
    if not policy.may_change_library(by, clinic):
        raise Forbidden
    strategy = Strategy.objects.create(
        clinic=clinic,
        name=short_text("name", name, least=1, most=120),
        text=short_text("text", text, least=1, most=LONGEST_TEXT),
        language=values.written_in(language, by),
        stimuli=_stimuli(stimuli),
        created_by=by,
        created_at=now,
    )
    audit.record(AuditCode.CHANGED_LIBRARY, by=by, now=now, clinic_id=clinic.pk, subject=strategy)
    return strategy


@transaction.atomic
def retire_strategy(*, by: User, strategy: Strategy, now: dt.datetime) -> Strategy:
    """No longer offered; what was prescribed from it stays. Raises Forbidden."""
    if not policy.may_change_library(by, strategy.clinic):
        raise Forbidden
    strategy.retired_at = strategy.retired_at or now
    strategy.save(update_fields=["retired_at"])
    audit.record(
        AuditCode.CHANGED_LIBRARY,
        by=by,
        now=now,
        clinic_id=strategy.clinic_id,
        subject=strategy,
        detail="retired",
    )
    return strategy


@transaction.atomic
def prescribe_strategy(
    *,
    by: User,
    child: Child,
    client_id: uuid.UUID,
    stimuli: Sequence[str],
    code: str = "",
    name: str = "",
    text: str = "",
    language: str = "",
    now: dt.datetime,
) -> Prescribed:
    """A strategy for these touches: an accommodation by its `code`, or one of the clinic's own by its `name`.

    The same under its id again is the same. What an assistant or student prescribes waits for a signature
    before the family reads it. Raises Forbidden, Invalid (naming the field), IdAlreadyUsed (409).
    """
    if not policy.may_prescribe_strategy(by, child):
        raise Forbidden
    if code:
        one_of("code", code, Accommodation)
    told = {
        "code": code,
        "name": short_text("name", name, least=0 if code else 1, most=120),
        "text": short_text("text", text, most=LONGEST_TEXT),
        "stimuli": _stimuli(stimuli),
    }
    Child.objects.select_for_update(of=("self",), no_key=True).get(pk=child.pk)
    known = ChildStrategy.objects.filter(child=child, client_id=client_id).first()
    if known is not None:
        if any(getattr(known, field) != value for field, value in told.items()):
            raise IdAlreadyUsed(field="id")
        return Prescribed(known, is_known=True)
    strategy = ChildStrategy.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        client_id=client_id,
        language=values.written_in(language, by),
        prescribed_by=by,
        prescribed_at=now,
        **told,
    )
    _tell(by, strategy, now, "prescribed")
    ask_for_cosigning(by=by, child=child, subject=strategy, now=now)
    return Prescribed(strategy, is_known=False)


@transaction.atomic
def end_strategy(*, by: User, strategy: ChildStrategy, now: dt.datetime) -> ChildStrategy:
    """No longer prescribed; what was logged with it stays. Raises Forbidden."""
    if not policy.may_prescribe_strategy(by, strategy.child):
        raise Forbidden
    row = ChildStrategy.objects.select_for_update().select_related("child").get(pk=strategy.pk)
    if row.ended_at is None:
        row.ended_at, row.ended_by = now, by
        row.save(update_fields=["ended_at", "ended_by"])
        take_back_draft(subject=row, now=now)
        _tell(by, row, now, "ended")
    return row


def _stimuli(told: Sequence[str]) -> list[str]:
    known = [str(one) for one in Stimulus]
    chosen = [code for code in known if code in told]
    if not chosen or set(told) - set(known):
        raise Invalid(field="stimuli", allowed=known if set(told) - set(known) else "at_least_one_touch")
    return chosen


def _tell(by: User, strategy: ChildStrategy, now: dt.datetime, detail: str) -> None:
    audit.record(
        AuditCode.CHANGED_STRATEGIES,
        by=by,
        now=now,
        clinic_id=strategy.clinic_id,
        child=strategy.child,
        subject=strategy,
        detail=detail,
    )
