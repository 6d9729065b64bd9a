"""Reports about a child, of any kind."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from clinic.models import CaregiverGrant, Child, ClinicRow, Family, User
from clinic.models.clinics import language_field
from tracking.models.making import MadeFile, ReportState
from tracking.models.report_schedules import ReportSchedule


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
        """Reports of children on whose team one is; guardians read those shared with the family.

        Of one that was made for a home, the guardians of that home alone.
        """
        team = Child.objects.read_by_staff(user).values("pk")
        guarding = CaregiverGrant.objects.filter(user=user, child=OuterRef("child")).valid().guardians()
        of_home = Q(family__isnull=True) | Q(Exists(guarding.filter(family=OuterRef("family"))))
        return self.filter(Q(child__in=team) | (Q(Exists(guarding), shared_at__isnull=False) & of_home))

    def shared(self) -> ReportQuerySet:
        """Reports the family may read, as they were signed where their kind is."""
        return self.filter(shared_at__isnull=False, state=ReportState.READY)


class Report(MadeFile):
    """One report of a child over a period; `family` is the home it was made for, None: for none of them.

    What is signed is what was read: the file is set once more from `content`, with the signature, and from
    then on a trigger keeps the row and the hash of its file as they are. What is learned later is added
    (`ReportAddendum`).
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="reports")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, default=ReportKind.PROGRESS)
    schedule = models.ForeignKey(
        ReportSchedule,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="by which it was drafted; none: asked for by hand",
    )
    period_from = models.DateField()
    period_until = models.DateField()
    addressee = models.CharField(max_length=200, blank=True, help_text="whom a letter goes to")
    question = models.TextField(blank=True, help_text="what a letter asks its reader")
    narrative = models.TextField(blank=True)
    language = models.CharField(max_length=16, default="en")
    content = models.JSONField(null=True, blank=True, help_text="what is set, until it is signed and made")
    for_chart = models.TextField(blank=True, help_text="its sentences as plain text, for a chart elsewhere")
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


class ReportAddendumQuerySet(models.QuerySet["ReportAddendum"]):
    def visible_to(self, user: User) -> ReportAddendumQuerySet:
        """Whoever reads the report reads what was added to it."""
        return self.filter(report__in=Report.objects.visible_to(user).values("pk"))


class ReportAddendum(ClinicRow):
    """Something added to a signed report, signed by whoever wrote it; never changed, never taken away."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="addenda")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()
    language = language_field()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects: ClassVar[models.Manager[ReportAddendum]] = models.Manager.from_queryset(ReportAddendumQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="an_addendum_says_something", condition=~Q(words="")),
        ]
        indexes: ClassVar = [models.Index(fields=["report", "written_at"], name="addenda_of_a_report")]
