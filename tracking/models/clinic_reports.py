"""Clinic reports, for its staff: monthly outcomes, and a therapist's caseload."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Count, F, Q

from clinic.models import Child, ClinicMembership, ClinicRow, User
from clinic.models.clinics import FileNameField
from clinic.vocabulary import TREATING_ROLES
from tracking.models.making import MadeFile
from tracking.models.report_schedules import ScheduleEnd


class ClinicReportKind(models.TextChoices):
    """The kinds of clinic reports; also the names of their templates."""

    OUTCOMES = "clinic_outcomes"
    CASELOAD = "caseload"


class OutcomesScheduleQuerySet(models.QuerySet["OutcomesSchedule"]):
    def running(self) -> OutcomesScheduleQuerySet:
        return self.filter(ended_at__isnull=True)


class OutcomesSchedule(ClinicRow):
    """An owner's wish to have the clinic's outcomes as a report each month."""

    wanted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=20, blank=True)

    objects: ClassVar[models.Manager[OutcomesSchedule]] = models.Manager.from_queryset(
        OutcomesScheduleQuerySet
    )()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="monthly_outcomes_end_for_a_reason",
                condition=Q(ended_at__isnull=True, ended_because="")
                | Q(
                    ended_at__isnull=False, ended_because__in=[ScheduleEnd.BY_HAND, ScheduleEnd.ACCESS_ENDED]
                ),
            ),
            models.UniqueConstraint(
                "clinic", name="one_monthly_paper_of_a_clinic", condition=Q(ended_at__isnull=True)
            ),
        ]


class ClinicReportQuerySet(models.QuerySet["ClinicReport"]):
    def visible_to(self, user: User) -> ClinicReportQuerySet:
        """Outcomes of clinics where one is an owner or therapist; of lists one's own, and for as long as one
        treats every child that is named in it.
        """
        working = ClinicMembership.objects.active().filter(user=user).with_role(*TREATING_ROLES)
        treated = Q(listed__child__in=Child.objects.treated_by(user).values("pk"))
        rows = self.filter(clinic__in=working.values("clinic")).alias(
            treated_count=Count("listed", filter=treated)
        )
        return rows.filter(
            Q(kind=ClinicReportKind.OUTCOMES) | Q(asked_by=user, treated_count=F("listed_count"))
        )


class ClinicReport(MadeFile):
    """One clinic report: the outcomes of the month starting on `month_on`, or the caseload of `asked_by`,
    kept until `kept_until`.

    `figures_at` is when its figures were counted or read.
    """

    kind = models.CharField(max_length=20)
    month_on = models.DateField(null=True, blank=True)
    schedule = models.ForeignKey(
        OutcomesSchedule,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="by which it was asked for; none: by hand",
    )
    language = models.CharField(max_length=16, default="en")
    figures_at = models.DateTimeField(null=True, blank=True)
    kept_until = models.DateTimeField(null=True, blank=True, help_text="when row and file are removed")
    listed_count = models.PositiveIntegerField(default=0, help_text="how many children its file names")

    objects: ClassVar[models.Manager[ClinicReport]] = models.Manager.from_queryset(ClinicReportQuerySet)()

    class Meta:
        constraints: ClassVar = [
            *MadeFile.Meta.constraints,
            models.CheckConstraint(
                name="a_clinics_report_is_of_a_month_or_kept_for_a_while",
                condition=Q(
                    kind=ClinicReportKind.OUTCOMES,
                    month_on__isnull=False,
                    kept_until__isnull=True,
                    listed_count=0,
                )
                | Q(
                    kind=ClinicReportKind.CASELOAD,
                    month_on__isnull=True,
                    kept_until__isnull=False,
                    schedule__isnull=True,
                ),
            ),
            models.UniqueConstraint(
                "clinic",
                "month_on",
                name="a_month_is_put_on_paper_by_itself_once",
                condition=Q(schedule__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["clinic", "asked_at"], name="reports_of_a_clinic"),
            models.Index(
                fields=["kept_until"], name="clinic_reports_over", condition=Q(kept_until__isnull=False)
            ),
        ]


class ListedChild(ClinicRow):
    """A child named in a report. Erasing the child also deletes the file, and a list is hidden once it has
    fewer of these rows than when it was made.
    """

    report = models.ForeignKey(ClinicReport, on_delete=models.CASCADE, related_name="listed")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    file_name = FileNameField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("report", "child", name="a_child_is_listed_once"),
        ]
