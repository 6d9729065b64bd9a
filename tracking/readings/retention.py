"""A clinic's retention periods, set or proposed, and what its runs removed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet

from clinic import rls
from clinic.localtime import local_day
from clinic.models import Child, Clinic, Episode, Invitation
from tracking.models import (
    Erasure,
    Notice,
    RecordHold,
    ReminderOccurrence,
    Report,
    RetentionPeriod,
    RetentionRun,
)
from tracking.retention import ALWAYS_IN_FORCE, PROPOSALS, Proposal, record_goes_on
from tracking.vocabulary.erasure import ErasureBecause
from tracking.vocabulary.retention import Kept

OF_THE_RECORD = frozenset({Kept.RECORD, Kept.RECORD_OF_AGE})
CALLED_OFF_FOR = dt.timedelta(days=90)
"""How long a record whose erasing by time was called off is left alone."""

RUNS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class PeriodInForce:
    """What is in force: `amount` None keeps for good. While nobody adopted it, a proposal is in force nowhere
    (`is_in_force` False), the wait before an erasure excepted.
    """

    kept: Kept
    proposal: Proposal
    amount: int | None
    is_in_force: bool
    set_by: str = ""
    set_at: dt.datetime | None = None


def periods_of(clinic: Clinic) -> Mapping[Kept, PeriodInForce]:
    """Every period of a clinic, in the order they are shown; one statement."""
    latest = {
        Kept(row.kept): row
        for row in RetentionPeriod.objects.filter(clinic=clinic)
        .select_related("set_by")
        .order_by("kept", "-set_at", "-id")
        .distinct("kept")
    }
    return {kept: _in_force(kept, latest.get(kept)) for kept in Kept}


def amount_of(clinic: Clinic, kept: Kept) -> int | None:
    """How many years or days are in force; None: kept for good. One statement."""
    period = periods_of(clinic)[kept]
    return period.amount if period.is_in_force else None


def runs_of(clinic: Clinic) -> list[RetentionRun]:
    """What the last nights removed, newest first; one statement."""
    return list(RetentionRun.objects.filter(clinic=clinic).order_by("-ran_on", "kept", "id")[:RUNS_SHOWN])


@dataclass(frozen=True, slots=True)
class Due:
    """What is over: rows (of a record: children) that go, and those that stay because the record is held."""

    keys: tuple[uuid.UUID, ...]
    held_count: int

    @property
    def count(self) -> int:
        return len(self.keys)


def would_remove(clinic: Clinic, kept: Kept, amount: int | None, *, now: dt.datetime) -> int:
    """How many rows, or children with all of their record, a period would remove at once if it were set.

    Of a record's two periods the other is taken as it is in force, else as it is proposed.
    """
    if amount is None or kept in ALWAYS_IN_FORCE:
        return 0
    amounts = {one: period.amount for one, period in periods_of(clinic).items()} | {kept: amount}
    with rls.helped_by(rls.ERASING):
        return due_of(clinic, kept, amounts, now=now).count


def due_of(
    clinic: Clinic,
    kept: Kept,
    amounts: Mapping[Kept, int | None],
    *,
    now: dt.datetime,
    limit: int | None = None,
) -> Due:
    """What is over of one kind by these periods, `limit` at most; asked as the job that erases."""
    if kept in OF_THE_RECORD:
        return _due_records(clinic, amounts, now)
    amount = amounts[kept]
    if amount is None:
        return Due((), 0)
    before = now - dt.timedelta(days=amount)
    held = Exists(RecordHold.objects.open().filter(child=OuterRef("child")))
    keys: list[uuid.UUID] = []
    held_count = 0
    for rows in _over(clinic, kept, before):
        left = None if limit is None else limit - len(keys)
        keys += rows.exclude(held).order_by("pk").values_list("pk", flat=True)[:left]
        held_count += rows.filter(held).count()
    return Due(tuple(keys), held_count)


def _over(clinic: Clinic, kept: Kept, before: dt.datetime) -> list[QuerySet[Any]]:
    """What ended before an instant, held or not, a table each."""
    match kept:
        case Kept.UNSIGNED_REPORT:
            return [Report.objects.filter(clinic=clinic, signed_at__isnull=True, asked_at__lt=before)]
        case Kept.REMINDER:
            return [
                ReminderOccurrence.objects.filter(clinic=clinic, expires_at__lt=before),
                Notice.objects.filter(clinic=clinic, made_at__lt=before),
            ]
        case Kept.INVITATION:
            return [Invitation.objects.filter(clinic=clinic, expires_at__lt=before)]
        case _:
            return []


def _due_records(clinic: Clinic, amounts: Mapping[Kept, int | None], now: dt.datetime) -> Due:
    """Children whose record is over; whose erasing waits, or was called off lately, are left out."""
    after_care, of_age = amounts[Kept.RECORD], amounts[Kept.RECORD_OF_AGE]
    if after_care is None or of_age is None:
        return Due((), 0)
    today = local_day(now, clinic.zone)
    waiting = Erasure.objects.filter(subject_id=OuterRef("pk"))
    lately = waiting.filter(because=ErasureBecause.TIME_IS_OVER, called_off_at__gt=now - CALLED_OFF_FOR)
    over = (
        Child.objects.filter(clinic=clinic)
        .exclude(Exists(Episode.objects.open().filter(child=OuterRef("pk"))))
        .exclude(Exists(waiting.open()))
        .exclude(Exists(lately))
        .annotate(last_on=Max("episodes__ended_on"))
        .order_by("pk")
        .values_list("pk", "born_on", "created_at", "last_on")
    )
    going = {
        pk
        for pk, born_on, created_at, last_on in over
        if record_goes_on(
            born_on=born_on,
            ended_on=last_on or local_day(created_at, clinic.zone),
            after_care_years=after_care,
            after_coming_of_age_years=of_age,
        )
        <= today
    }
    held = set(
        RecordHold.objects.open().filter(clinic=clinic, child__in=going).values_list("child_id", flat=True)
    )
    return Due(tuple(sorted(going - held)), len(held))


def _in_force(kept: Kept, row: RetentionPeriod | None) -> PeriodInForce:
    proposal = PROPOSALS[kept]
    if row is None:
        return PeriodInForce(kept, proposal, proposal.amount, is_in_force=kept in ALWAYS_IN_FORCE)
    return PeriodInForce(
        kept, proposal, row.amount, is_in_force=True, set_by=row.set_by.name, set_at=row.set_at
    )
