"""Retention: periods set by a clinic's owner, and the nightly runs that apply them."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from clinic import audit, files
from clinic.errors import Forbidden
from clinic.localtime import local_day
from clinic.models import Clinic, Invitation, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import (
    Erasure,
    Notice,
    ReminderDelivery,
    ReminderOccurrence,
    Report,
    RetentionPeriod,
    RetentionRun,
)
from tracking.readings.retention import due_of, periods_of
from tracking.retention import ALWAYS_IN_FORCE, PROPOSALS
from tracking.services.allowed import in_range, one_of
from tracking.vocabulary.erasure import ErasureBecause, ErasureOf
from tracking.vocabulary.retention import Kept

REMOVED = (Kept.RECORD, Kept.UNSIGNED_REPORT, Kept.REMINDER, Kept.INVITATION)
"""What a night removes, in this order; both periods of a record are looked at together."""


@transaction.atomic
def set_period(
    *, by: User, clinic: Clinic, kept: Kept, amount: int | None, now: dt.datetime
) -> RetentionPeriod:
    """The period in force from the next night on; `amount` None keeps for good.

    Raises Forbidden, Invalid for an amount outside its bounds, or none for the wait before an erasure.
    """
    if not policy.may_change_retention(by, clinic):
        raise Forbidden
    one_of("kept", kept, Kept)
    proposal = PROPOSALS[Kept(kept)]
    if amount is None and kept in ALWAYS_IN_FORCE:
        in_range("amount", -1, proposal.least, proposal.most)
    in_range("amount", amount, proposal.least, proposal.most)
    made = RetentionPeriod.objects.create(clinic=clinic, kept=kept, amount=amount, set_by=by, set_at=now)
    audit.record(
        AuditCode.CHANGED_RETENTION, by=by, now=now, clinic_id=clinic.pk, subject=made, detail=str(kept)
    )
    return made


def clinics_with_periods() -> list[uuid.UUID]:
    """The clinics whose owners adopted a period; asked as the job that erases."""
    adopted = RetentionPeriod.objects.exclude(kept=Kept.ERASURE_WAIT)
    return sorted(set(adopted.values_list("clinic_id", flat=True)))


@transaction.atomic
def remove_some(*, clinic_id: uuid.UUID, kept: Kept, now: dt.datetime, limit: int) -> int:
    """How many rows of one kind were removed, `limit` at most; added to the night's report.

    A child's record is not removed here: an erasing of it begins its wait, in which an owner may call it off.
    """
    clinic = Clinic.objects.get(pk=clinic_id)
    periods = periods_of(clinic)
    amounts = {one: period.amount if period.is_in_force else None for one, period in periods.items()}
    due = due_of(clinic, kept, amounts, now=now, limit=limit)
    match kept:
        case Kept.RECORD:
            _begin_erasing(clinic, due.keys, amounts[Kept.ERASURE_WAIT] or 0, now)
        case Kept.UNSIGNED_REPORT:
            unsigned = Report.objects.filter(pk__in=due.keys)
            # The file goes first: a row left behind is found again the next night, a file would not be.
            for name in unsigned.exclude(file_name="").values_list("file_name", flat=True):
                files.delete(name)
            unsigned.delete()
        case Kept.REMINDER:
            going = Q(occurrence__in=due.keys) | Q(notice__in=due.keys)
            ReminderDelivery.objects.filter(going).delete()
            ReminderOccurrence.objects.filter(pk__in=due.keys).delete()
            Notice.objects.filter(pk__in=due.keys).delete()
        case Kept.INVITATION:
            Invitation.objects.filter(pk__in=due.keys).delete()
    if due.keys or due.held_count:
        _report(clinic, kept, due.count, due.held_count, now)
    return due.count


def _begin_erasing(clinic: Clinic, children: tuple[uuid.UUID, ...], wait_days: int, now: dt.datetime) -> None:
    for child in children:
        made = Erasure.objects.create(
            clinic=clinic,
            subject=ErasureOf.CHILD,
            subject_id=child,
            because=ErasureBecause.TIME_IS_OVER,
            asked_at=now,
            confirmed_at=now,
            due_at=now + dt.timedelta(days=wait_days),
        )
        audit.record(
            AuditCode.CHANGED_ERASURE,
            by=None,
            now=now,
            clinic_id=clinic.pk,
            child_id=child,
            subject=made,
            detail="time_is_over",
        )


def _report(clinic: Clinic, kept: Kept, removed: int, held: int, now: dt.datetime) -> None:
    night, _ = RetentionRun.objects.select_for_update().get_or_create(
        clinic=clinic, ran_on=local_day(now, clinic.zone), kept=kept, defaults={"finished_at": now}
    )
    night.removed_count += removed
    night.held_count = held
    night.finished_at = now
    night.save(update_fields=["removed_count", "held_count", "finished_at"])
