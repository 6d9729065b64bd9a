"""Files made in the background: a row from the moment of asking, then making, ready or failed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import ClinicRow, User
from clinic.models.clinics import FileNameField


class ReportState(models.TextChoices):
    ASKED = "asked"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


class MadeFile(ClinicRow):
    """What all files made by the worker share; the file is stored through `clinic.files` once it is ready.

    `asked_at` also identifies the attempt: after asking again, an earlier worker no longer owns the row.
    """

    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, default=ReportState.ASKED)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    failure_code = models.CharField(max_length=40, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    file_name = FileNameField(blank=True, help_text="the random name in storage")
    content_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_%(class)s_is_in_a_known_state", condition=Q(state__in=ReportState.values)
            ),
            models.CheckConstraint(
                name="a_ready_%(class)s_has_a_file",
                condition=~Q(state=ReportState.READY) | (~Q(file_name="") & ~Q(content_sha256="")),
            ),
        ]
