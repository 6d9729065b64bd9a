"""Monthly reports: set and end a schedule, and draft on its day. Never signed or sent automatically."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import access, audit
from clinic.errors import Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import Child, Episode, User
from clinic.vocabulary import OPEN_EPISODE_STATES, AuditCode
from tracking import policy
from tracking.models import ReportSchedule, ScheduleEnd
from tracking.models.report_schedules import LATEST_DAY
from tracking.services.reporting import ask_report

AT_ONCE = 50
"""Schedules a tick takes."""


@transaction.atomic
def schedule_reports(*, by: User, child: Child, day_of_month: int, now: dt.datetime) -> ReportSchedule:
    """A progress report drafted for `by` on this day of each month, in place of what was set before.

    Raises Forbidden, or Invalid for a day that not every month has.
    """
    access.demand(policy.may_ask_report, by, child)
    if not 1 <= day_of_month <= LATEST_DAY:
        raise Invalid(field="day_of_month", allowed="range", least=1, most=LATEST_DAY)
    Child.objects.select_for_update().get(pk=child.pk)
    _end(ReportSchedule.objects.running().filter(child=child).first(), ScheduleEnd.BY_HAND, now)
    today = local_day(now, child.clinic.zone)
    first = today.replace(day=day_of_month)
    schedule = ReportSchedule.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        therapist=by,
        day_of_month=day_of_month,
        next_on=first if first > today else _a_month_after(first),
        set_at=now,
    )
    audit.record(
        AuditCode.SCHEDULED_REPORTS,
        by=by,
        now=now,
        clinic_id=child.clinic_id,
        child=child,
        subject=schedule,
    )
    return schedule


@transaction.atomic
def end_schedule(*, by: User, child: Child, now: dt.datetime) -> None:
    """No more are drafted; what was drafted stays. Nothing where none was set. Raises Forbidden."""
    access.demand(policy.may_ask_report, by, child)
    schedule = ReportSchedule.objects.select_for_update().running().filter(child=child).first()
    if schedule is None:
        return
    _end(schedule, ScheduleEnd.BY_HAND, now)
    audit.record(
        AuditCode.ENDED_REPORT_SCHEDULE,
        by=by,
        now=now,
        clinic_id=child.clinic_id,
        child=child,
        subject=schedule,
    )


@transaction.atomic
def draft_due(*, now: dt.datetime, limit: int = AT_ONCE) -> int:
    """How many reports were asked for whose day has come where their clinic is, each as its therapist.

    Of a month that was slept through one is drafted, about the month up to its day. A schedule ends where
    care ended, the child died, or its therapist treats the child no more.
    """
    latest = (now + dt.timedelta(hours=14)).date()
    rows = ReportSchedule.objects.running().filter(next_on__lte=latest).order_by("next_on", "id")
    due = rows.select_for_update(skip_locked=True, of=("self",)).select_related("child__clinic", "therapist")
    return sum(_draft(one, now) for one in due[:limit])


def _draft(schedule: ReportSchedule, now: dt.datetime) -> bool:
    child, today = schedule.child, local_day(now, schedule.child.clinic.zone)
    if schedule.next_on > today:
        return False
    if not _is_in_care(child):
        _end(schedule, ScheduleEnd.CARE_ENDED, now)
        return False
    last = schedule.next_on - dt.timedelta(days=1)
    first = max(_a_month_before(schedule.next_on), child.born_on)
    try:
        ask_report(
            by=schedule.therapist,
            child=child,
            schedule=schedule,
            period_from=min(first, last),
            period_until=last,
            language=schedule.therapist.writes_in or "en",
            now=now,
        )
    except Forbidden:
        _end(schedule, ScheduleEnd.ACCESS_ENDED, now)
        return False
    while schedule.next_on <= today:
        schedule.next_on = _a_month_after(schedule.next_on)
    schedule.save(update_fields=["next_on"])
    return True


def _is_in_care(child: Child) -> bool:
    if child.died_on is not None or child.archived_at is not None:
        return False
    return Episode.objects.filter(child=child, state__in=OPEN_EPISODE_STATES).exists()


def _end(schedule: ReportSchedule | None, because: ScheduleEnd, now: dt.datetime) -> None:
    if schedule is None:
        return
    schedule.ended_at, schedule.ended_because = now, because
    schedule.save(update_fields=["ended_at", "ended_because"])


def _a_month_after(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=day.day)


def _a_month_before(day: dt.date) -> dt.date:
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=day.day)
