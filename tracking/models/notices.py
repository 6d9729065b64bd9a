"""Notices: that something happened in a child's record, for the people concerned, without its words.

They use the same deliveries as reminders (`tracking/models/reminders.py`).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicRow, User


class NoticeKind(models.TextChoices):
    """What happened. `subject_id` of a notice names the row of that noun."""

    MESSAGE = "message"
    """A message in the child's thread: to the other side."""
    PROGRAM_VERSION = "program_version"
    """A program was published, or its next version: to the family."""
    REPORT_SHARED = "report_shared"
    """A report was shared with the family."""
    FLAG = "flag"
    """A flag was raised that can wait for clinic hours: to its first readers."""
    URGENT_FLAG = "urgent_flag"
    """An urgent flag was raised: to its first readers, at once."""
    FLAG_UNREAD = "flag_unread"
    """A flag lay unread and went on to the next reader: to them, at once."""


AT_ONCE = (NoticeKind.URGENT_FLAG, NoticeKind.FLAG_UNREAD)
"""Never made one message with what can wait."""


class Notice(ClinicRow):
    """Something to tell people of a child's family, or of its staff.

    `to` is one person, None everybody on that side whom it concerns. `planned_at` is when deliveries were
    made of it; None: not yet.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    is_to_staff = models.BooleanField(default=False)
    to = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_notice_is_of_a_known_kind", condition=Q(kind__in=NoticeKind.values)
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["made_at", "id"], name="notices_to_plan", condition=Q(planned_at__isnull=True)
            ),
        ]
