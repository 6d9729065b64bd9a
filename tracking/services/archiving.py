"""Discharging a child and putting a child away, with the programs and reminders that end then."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit
from clinic.localtime import local_day
from clinic.models import Child, Episode, User
from clinic.services import closing
from clinic.vocabulary import AuditCode, DischargeReason
from tracking.models import HomeProgram, ProgramState, ReminderRule, SuppressedBecause
from tracking.reminders import planning
from tracking.vocabulary.reasons import EndReason


@transaction.atomic
def discharge_child(
    *, by: User, child: Child, reason: DischargeReason, now: dt.datetime, on: dt.date | None = None
) -> Episode:
    """The open episode ended; programs end with it and nobody is reminded any more.

    Entries, notes and reports stay readable, and another episode may be opened. Raises NoOpenEpisode (409),
    Invalid for the day.
    """
    episode = closing.discharge(by=by, child=child, reason=reason, on=on, now=now)
    ended_because = EndReason.DIED if reason == DischargeReason.DIED else EndReason.DISCHARGED
    _end_programs(by, child, ended_because, now)
    _silence(child, now)
    return episode


@transaction.atomic
def archive_child(*, by: User, child: Child, now: dt.datetime) -> None:
    """The child put away, out of every list of who is in care; the record stays. Once is enough."""
    closing.archive(by=by, child=child, now=now)
    _end_programs(by, child, EndReason.DISCHARGED, now)
    _silence(child, now)


def _end_programs(by: User, child: Child, reason: EndReason, now: dt.datetime) -> None:
    running = HomeProgram.objects.active().filter(child=child).select_for_update().order_by("id")
    for program in running:
        program.versions.filter(published_at__isnull=True).delete()
        program.state = ProgramState.ENDED
        program.ended_on = local_day(now, child.clinic.zone)
        program.end_reason = reason
        program.lock_version += 1
        program.save(update_fields=["state", "ended_on", "end_reason", "lock_version"])
        audit.record(
            AuditCode.ENDED_PROGRAM,
            by=by,
            now=now,
            clinic_id=child.clinic_id,
            child=child,
            subject=program,
            detail=reason,
        )


def _silence(child: Child, now: dt.datetime) -> None:
    ReminderRule.objects.filter(child=child).update(is_on=False, next_on=None, next_plan_at=None)
    planning.drop_deliveries(child=child, reason=SuppressedBecause.ENDED, now=now)
