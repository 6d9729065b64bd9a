"""A caregiver's weekly check-in: how it was, how sure they felt, a few words; or skipped."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from clinic import audit
from clinic.errors import Forbidden, IdAlreadyUsed, Invalid
from clinic.localtime import monday_of
from clinic.models import CaregiverGrant, Child, User
from clinic.services import values
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import CheckIn
from tracking.readings.checkins import own_week
from tracking.services import flagging
from tracking.services.allowed import in_range, short_text
from tracking.services.locks import one_at_a_time
from tracking.services.recording import TooLateToRevise
from tracking.sync import receipts
from tracking.sync.arrival import place
from tracking.vocabulary.programs import Precision

LONGEST_WORDS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInBody:
    """What somebody says about themselves. `occurred_at` is aware, by the device's clock.

    Numbers are 1 to 5, None: no answer. `is_left`: not this week, and then nothing else is said.
    """

    occurred_at: dt.datetime
    how_it_was: int | None = None
    how_sure: int | None = None
    words: str = ""
    language: str = ""
    is_left: bool = False


@dataclass(frozen=True, slots=True)
class CheckedIn:
    row: CheckIn
    is_replay: bool


@transaction.atomic
def check_in(
    *, by: User, child: Child, client_id: uuid.UUID, told: CheckInBody, now: dt.datetime
) -> CheckedIn:
    """The check-in, kept as told; the same again is a replay. Two weeks of strain raise their flag at once.

    Raises Forbidden unless `by` cares for the child, Invalid (naming the field), IdAlreadyUsed (409).
    """
    grants = CaregiverGrant.objects.valid().filter(child=child, user=by).select_related("family")
    grant = grants.order_by("id").first()
    if grant is None:
        raise Forbidden
    words = short_text("words", told.words, most=LONGEST_WORDS)
    in_range("how_it_was", told.how_it_was, 1, 5)
    in_range("how_sure", told.how_sure, 1, 5)
    says_something = bool(words) or told.how_it_was is not None or told.how_sure is not None
    if told.is_left == says_something:
        raise Invalid(field="is_left", allowed="left_or_told")
    digest = receipts.digest_of("check_in", told)
    one_at_a_time(child)
    kept = CheckIn.objects.filter(child=child, author=by, client_id=client_id).first()
    if kept is not None:
        if kept.body_hash != digest:
            raise IdAlreadyUsed(field="id")
        return CheckedIn(kept, is_replay=True)
    at = place(
        told.occurred_at,
        precision=Precision.MINUTE,
        zone=grant.family.zone,
        sent_at=None,
        now=now,
        first_received_at=now,
        born_on=child.born_on,
    )
    row = CheckIn.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        author=by,
        client_id=client_id,
        week_on=monday_of(at.local_day),
        how_it_was=told.how_it_was,
        how_sure=told.how_sure,
        words=words,
        language=values.written_in(told.language, by) if words else "",
        is_left=told.is_left,
        told_at=at.occurred_at,
        received_at=now,
        body_hash=digest,
    )
    _tell(AuditCode.CHECKED_IN, row, by, now)
    strain = own_week(by, child, on=at.local_day).strain
    if row.how_it_was is not None and strain is not None:
        flagging.raise_flags({child.pk: [strain]}, clinics={child.pk: child.clinic_id}, now=now)
    return CheckedIn(row, is_replay=False)


@transaction.atomic
def withdraw_check_in(*, by: User, check_in: CheckIn, now: dt.datetime) -> CheckIn:
    """Taken back: only its author reads it from now on, and it counts nowhere.

    A flag it raised stays until somebody of the team closes it. Raises TooLateToRevise (403), Forbidden.
    """
    if check_in.author_id != by.pk or not policy.may_check_in(by, check_in.child):
        raise Forbidden
    if not policy.may_withdraw_check_in(by, check_in, now):
        raise TooLateToRevise
    if check_in.withdrawn_at is None:
        check_in.withdrawn_at = now
        check_in.save(update_fields=["withdrawn_at"])
        _tell(AuditCode.WITHDREW_ENTRY, check_in, by, now)
    return check_in


def _tell(code: AuditCode, row: CheckIn, by: User, now: dt.datetime) -> None:
    audit.record(
        code, by=by, now=now, clinic_id=row.clinic_id, child=row.child, subject=row, detail="check_in"
    )
