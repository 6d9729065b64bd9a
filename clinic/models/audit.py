"""Who did what and who saw whom: ids and event codes, never words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models.clinics import new_id
from clinic.vocabulary import AuditCode


class AuditEvent(models.Model):
    """One thing that happened. Append-only: the application may insert and read, a trigger refuses more.

    Ids are plain columns, not foreign keys: the audit outlives what it speaks of and is written without a
    lock on it. A read is one row per actor, child, view and hour; `hour` is null for everything else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clinic_id = models.UUIDField(null=True, help_text="empty: nobody's clinic (a refused stranger)")
    at = models.DateTimeField()
    hour = models.DateTimeField(null=True)
    actor_id = models.UUIDField(null=True)
    code = models.CharField(max_length=40)
    child_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True)
    detail = models.CharField(max_length=60, blank=True, help_text="a code, never a word of anybody's")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_audit_event_is_of_a_known_code",
                condition=Q(code__in=[str(code) for code in AuditCode]),
            ),
            models.UniqueConstraint(
                "actor_id",
                "child_id",
                "code",
                "hour",
                name="a_read_is_one_row_an_hour",
                condition=Q(hour__isnull=False),
                nulls_distinct=False,
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["clinic_id", "at", "id"], name="audit_of_a_clinic"),
            models.Index(fields=["child_id", "at", "id"], name="audit_of_a_child"),
        ]

    def __str__(self) -> str:
        return f"audit event {self.pk}"
