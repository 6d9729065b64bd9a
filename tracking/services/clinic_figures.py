"""Making a clinic's monthly figures: once, when the month is over, by a system job."""

from __future__ import annotations

import datetime as dt
import uuid

from clinic.jobs import as_system
from clinic.localtime import local_day
from clinic.models import Clinic
from clinic.models.clinics import new_id
from tracking.models import ClinicMonth
from tracking.readings import clinic_months
from tracking.readings.clinic_weeks import weeks_ending_in

MADE_AFTER = dt.timedelta(days=3)
"""How long after a month its figures are made: what is told later than that is not in them. Our own."""


def months_due(*, now: dt.datetime) -> list[tuple[uuid.UUID, dt.date]]:
    """Each clinic whose last month is over and has no figures, and that month's first day."""
    due = []
    for clinic in Clinic.objects.order_by("id"):
        month_on = last_month(local_day(now - MADE_AFTER, clinic.zone))
        if local_day(clinic.created_at, clinic.zone) <= last_day(month_on):
            due.append((clinic.pk, month_on))
    made = set(ClinicMonth.objects.values_list("clinic_id", "month_on"))
    return [one for one in due if one not in made]


def last_month(day: dt.date) -> dt.date:
    """The first day of the month before a day's."""
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def last_day(month_on: dt.date) -> dt.date:
    """The last day of the month that began on this one."""
    return (month_on + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def make_month(*, clinic_id: uuid.UUID, month_on: dt.date, at_once: int) -> None:
    """Count the clinic's children, so many a transaction, and keep what may be read; the first made stays."""
    counted, after = clinic_months.Counted(), None
    while True:
        with as_system("outcomes"):
            children = clinic_months.children_after(clinic_id, after, limit=at_once)
            clinic_months.count(children, counted, last=last_day(month_on))
        if len(children) < at_once:
            break
        after = children[-1].pk
    with as_system("outcomes") as now:
        clinic = Clinic.objects.get(pk=clinic_id)
        before = [one for one in clinic_months.months_of(clinic, limit=None) if one.month_on < month_on]
        weeks = weeks_ending_in(clinic, first=month_on, last=last_day(month_on))
        month = ClinicMonth(
            id=new_id(),
            clinic_id=clinic_id,
            month_on=month_on,
            made_at=now,
            figures=clinic_months.figures(counted, weeks=weeks, earlier=before),
        )
        ClinicMonth.objects.bulk_create([month], ignore_conflicts=True)
