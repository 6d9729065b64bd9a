"""Schedules by which a child's progress report is drafted every month for a therapist."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicRow, User

LATEST_DAY = 28
"""The last day that every month has."""


class ScheduleEnd(models.TextChoices):
    """Why a schedule ended."""

    BY_HAND = "by_hand"
    CARE_ENDED = "care_ended"
    ACCESS_ENDED = "access_ended"


class ReportScheduleQuerySet(models.QuerySet["ReportSchedule"]):
    def visible_to(self, user: User) -> ReportScheduleQuerySet:
        """Of children whose record one reads as staff."""
        return self.filter(child__in=Child.objects.read_by_staff(user).values("pk"))

    def running(self) -> ReportScheduleQuerySet:
        return self.filter(ended_at__isnull=True)


class ReportSchedule(ClinicRow):
    """A draft on `day_of_month` of each month, next on the local day `next_on`; nobody is sent it."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    therapist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    day_of_month = models.PositiveSmallIntegerField()
    next_on = models.DateField()
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=20, blank=True)

    objects: ClassVar[models.Manager[ReportSchedule]] = models.Manager.from_queryset(ReportScheduleQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_monthly_report_is_on_a_day_of_every_month",
                condition=Q(day_of_month__range=(1, LATEST_DAY)),
            ),
            models.CheckConstraint(
                name="a_monthly_report_ends_for_a_reason",
                condition=Q(ended_at__isnull=True, ended_because="")
                | Q(ended_at__isnull=False, ended_because__in=ScheduleEnd.values),
            ),
            models.UniqueConstraint(
                "child", name="one_monthly_report_of_a_child", condition=Q(ended_at__isnull=True)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_on"], name="monthly_reports_due", condition=Q(ended_at__isnull=True)),
        ]
