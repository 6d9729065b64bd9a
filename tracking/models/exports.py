"""Copies of a child's record as files: asked for, being made, ready, failed, or expired."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicRow, User
from clinic.models.clinics import FileNameField


class ExportState(models.TextChoices):
    ASKED = "asked"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


UNDER_WAY = (ExportState.ASKED, ExportState.WORKING)


class ExportFormat(models.TextChoices):
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


class CopyFor(models.TextChoices):
    """Whose copy it is, which decides its content: the family's, asked for by a guardian, or the clinic's."""

    FAMILY = "family"
    CLINIC = "clinic"


class RecordExportQuerySet(models.QuerySet["RecordExport"]):
    def visible_to(self, user: User) -> RecordExportQuerySet:
        """One's own: a family's of children one is a guardian of, the clinic's of children one treats."""
        guarded, treated = Child.objects.guarded_by(user), Child.objects.treated_by(user)
        return self.filter(
            Q(copy_for=CopyFor.FAMILY, child__in=guarded.values("pk"))
            | Q(copy_for=CopyFor.CLINIC, child__in=treated.values("pk")),
            asked_by=user,
        )


class RecordExport(ClinicRow):
    """One archive for one person; its file is kept through `clinic.files` until `expires_at`."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    copy_for = models.CharField(max_length=8, default=CopyFor.FAMILY)
    language = models.CharField(max_length=16, default="en")
    file_format = models.CharField(max_length=8, default=ExportFormat.JSON)
    state = models.CharField(max_length=20, default=ExportState.ASKED)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    failure_code = models.CharField(max_length=40, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="when the file is removed")
    file_name = FileNameField(blank=True, help_text="the random name in storage")
    byte_count = models.PositiveIntegerField(null=True, blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager[RecordExport]] = models.Manager.from_queryset(RecordExportQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_export_is_in_a_known_state", condition=Q(state__in=ExportState.values)
            ),
            models.CheckConstraint(
                name="an_export_has_a_known_format", condition=Q(file_format__in=ExportFormat.values)
            ),
            models.CheckConstraint(
                name="an_export_is_somebodys_copy", condition=Q(copy_for__in=CopyFor.values)
            ),
            models.CheckConstraint(
                name="a_ready_export_has_a_file_for_a_while",
                condition=~Q(state=ExportState.READY)
                | (~Q(file_name="") & ~Q(content_sha256="") & Q(expires_at__isnull=False)),
            ),
            models.UniqueConstraint(
                "child",
                "asked_by",
                "copy_for",
                name="one_export_is_made_at_a_time",
                condition=Q(state__in=UNDER_WAY),
            ),
            models.UniqueConstraint(
                "asked_by",
                name="one_clinic_copy_of_a_person_is_made_at_a_time",
                condition=Q(state__in=UNDER_WAY, copy_for=CopyFor.CLINIC),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["child", "asked_by", "asked_at"], name="exports_of_an_asker"),
        ]
