"""A clinic's outcomes put on paper every month: set by an owner, ended, and asked for once they are made."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef

from clinic import access, audit
from clinic.errors import Forbidden
from clinic.models import Clinic, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ClinicMonth, ClinicReport, ClinicReportKind, OutcomesSchedule, ScheduleEnd
from tracking.services.clinic_reporting import ask_clinic_report

AT_ONCE = 50
"""Clinics a tick takes."""


@transaction.atomic
def schedule_outcomes(*, by: User, clinic: Clinic, now: dt.datetime) -> OutcomesSchedule:
    """The outcomes of each month made from now on are put on paper; as it is, where that is so already.

    Raises Forbidden.
    """
    access.demand(policy.may_schedule_outcomes, by, clinic)
    fresh = OutcomesSchedule(clinic=clinic, wanted_by=by, set_at=now)
    OutcomesSchedule.objects.bulk_create([fresh], ignore_conflicts=True)
    schedule = OutcomesSchedule.objects.running().get(clinic=clinic)
    if schedule.pk == fresh.pk:
        audit.record(AuditCode.SCHEDULED_OUTCOMES, by=by, now=now, clinic_id=clinic.pk, subject=schedule)
    return schedule


@transaction.atomic
def end_outcomes_schedule(*, by: User, clinic: Clinic, now: dt.datetime) -> None:
    """No more are put on paper by themselves; what is there stays. Raises Forbidden."""
    access.demand(policy.may_schedule_outcomes, by, clinic)
    schedule = OutcomesSchedule.objects.select_for_update().running().filter(clinic=clinic).first()
    if schedule is None:
        return
    _end(schedule, ScheduleEnd.BY_HAND, now)
    audit.record(AuditCode.ENDED_OUTCOMES_SCHEDULE, by=by, now=now, clinic_id=clinic.pk, subject=schedule)


@transaction.atomic
def draft_due(*, now: dt.datetime, limit: int = AT_ONCE) -> int:
    """How many months were asked for that were made since a clinic wished it, each as its owner and once.

    It ends where who wished it is no owner or therapist there any more.
    """
    drafted = ClinicReport.objects.filter(
        schedule__isnull=False, clinic=OuterRef("clinic"), month_on=OuterRef("month_on")
    )
    wished = OutcomesSchedule.objects.running().filter(
        clinic=OuterRef("clinic"), set_at__lt=OuterRef("made_at")
    )
    months = ClinicMonth.objects.filter(Exists(wished)).exclude(Exists(drafted))
    return sum(_draft(month, now) for month in months.order_by("made_at", "id")[:limit])


def _draft(month: ClinicMonth, now: dt.datetime) -> bool:
    running = OutcomesSchedule.objects.running().filter(clinic=month.clinic_id)
    locked = running.select_for_update(skip_locked=True, of=("self",))
    schedule = locked.select_related("clinic", "wanted_by").first()
    if schedule is None:
        return False
    try:
        ask_clinic_report(
            by=schedule.wanted_by,
            clinic=schedule.clinic,
            kind=ClinicReportKind.OUTCOMES,
            month_on=month.month_on,
            language=schedule.wanted_by.writes_in or schedule.clinic.locale,
            schedule=schedule,
            now=now,
        )
    except Forbidden:
        _end(schedule, ScheduleEnd.ACCESS_ENDED, now)
        return False
    return True


def _end(schedule: OutcomesSchedule, because: ScheduleEnd, now: dt.datetime) -> None:
    schedule.ended_at, schedule.ended_because = now, because
    schedule.save(update_fields=["ended_at", "ended_because"])
