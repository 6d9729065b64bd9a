"""Reports of a child, one kind or another, for the record or to be taken along."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clinic.models import Child, User
from tracking.models.making import MadeFile, ReportState


class ReportKind(models.TextChoices):
    """What a report is for. How each is written is told once, in `tracking.reports.kinds`."""

    PROGRESS = "progress"
    PARENT = "parent"
    LETTER = "letter"
    HANDOUT = "handout"
    PAPER_WEEK = "paper_week"
    SLEEP_PROTOCOL = "sleep_protocol"
    VISIT = "visit"


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> ReportQuerySet:
        """Reports of children on whose team one is; guardians read those shared with the family."""
        team = Child.objects.read_by_staff(user).values("pk")
        guarded = Child.objects.guarded_by(user).values("pk")
        return self.filter(Q(child__in=team) | Q(child__in=guarded, shared_at__isnull=False))

    def shared(self) -> ReportQuerySet:
        """Reports the family may read, as they were signed where their kind is."""
        return self.filter(shared_at__isnull=False, state=ReportState.READY)


class Report(MadeFile):
    """One report of a child over a period."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=20, default=ReportKind.PROGRESS)
    period_from = models.DateField()
    period_until = models.DateField()
    narrative = models.TextField(blank=True)
    language = models.CharField(max_length=16, default="en")
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Report]] = models.Manager.from_queryset(ReportQuerySet)()

    class Meta:
        constraints: ClassVar = [
            *MadeFile.Meta.constraints,
            models.CheckConstraint(
                name="a_report_is_of_a_known_kind", condition=Q(kind__in=ReportKind.values)
            ),
            models.CheckConstraint(
                name="a_report_covers_days_in_order", condition=Q(period_until__gte=F("period_from"))
            ),
        ]
