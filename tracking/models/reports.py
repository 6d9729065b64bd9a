"""Reports: asked for, worked on, ready or failed; a row from the start."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clinic.models import Child, ClinicRow, User
from clinic.models.clinics import FileNameField


class ReportState(models.TextChoices):
    ASKED = "asked"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> ReportQuerySet:
        """Reports of children on whose team one is; guardians read those shared with the family."""
        team = Child.objects.read_by_staff(user).values("pk")
        guarded = Child.objects.guarded_by(user).values("pk")
        return self.filter(Q(child__in=team) | Q(child__in=guarded, shared_at__isnull=False))

    def shared(self) -> ReportQuerySet:
        """Reports the family may read, as they were signed."""
        return self.filter(shared_at__isnull=False, state=ReportState.READY)


class Report(ClinicRow):
    """A progress report of one child over a period; its file lies behind `clinic.files`."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="reports")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    period_from = models.DateField()
    period_until = models.DateField()
    narrative = models.TextField(blank=True)
    language = models.CharField(max_length=16, default="en")
    state = models.CharField(max_length=20, default=ReportState.ASKED)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    failure_code = models.CharField(max_length=40, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    file_name = FileNameField(blank=True, help_text="the random name in storage")
    content_sha256 = models.CharField(max_length=64, blank=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Report]] = models.Manager.from_queryset(ReportQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_report_is_in_a_known_state", condition=Q(state__in=ReportState.values)
            ),
            models.CheckConstraint(
                name="a_report_covers_days_in_order", condition=Q(period_until__gte=F("period_from"))
            ),
            models.CheckConstraint(
                name="a_ready_report_has_a_file",
                condition=~Q(state=ReportState.READY) | (~Q(file_name="") & ~Q(content_sha256="")),
            ),
        ]
