"""Entries that arrived after their author's access ended: kept apart until the care team decides."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import CaregiverGrant, Child, ClinicRow, User
from clinic.models.clinics import language_field
from tracking.models.entries import EntryDoor


class Decision(models.TextChoices):
    """What the care team made of one."""

    ACCEPTED = "accepted"
    DISCARDED = "discarded"


class QuarantineQuerySet(models.QuerySet["QuarantinedEntry"]):
    def visible_to(self, user: User) -> QuarantineQuerySet:
        """Of children on one's team: nothing of it reaches a family before it is accepted."""
        return self.filter(child__in=Child.objects.on_team_of(user).values("pk"))

    def waiting(self) -> QuarantineQuerySet:
        return self.filter(decided_at__isnull=True)


class QuarantinedEntry(ClinicRow):
    """One write as it came: `body` holds what `tracking.sync.quarantine` packs, empty once it is an entry.

    `happened_at` is what can be believed of its time, before `grant` ended; `received_at` when it came, at
    most two weeks after.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    grant = models.ForeignKey(CaregiverGrant, on_delete=models.CASCADE, related_name="+")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    client_id = models.UUIDField()
    base_revision = models.PositiveIntegerField(default=0)
    door = models.CharField(max_length=20, choices=EntryDoor.choices)
    body = models.JSONField()
    body_hash = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    decision = models.CharField(max_length=20, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="why it was left out, for the team alone")
    language = language_field()

    objects: ClassVar[models.Manager[QuarantinedEntry]] = models.Manager.from_queryset(QuarantineQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "child",
                "sent_by",
                "client_id",
                "base_revision",
                "body_hash",
                name="a_late_write_waits_once",
            ),
            models.CheckConstraint(
                name="a_decision_says_by_whom_and_when",
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    decision__in=[str(one) for one in Decision],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="what_is_left_out_has_a_reason",
                condition=~Q(decision=Decision.DISCARDED.value) | ~Q(reason=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["clinic", "received_at", "id"],
                name="entries_that_wait",
                condition=Q(decided_at__isnull=True),
            ),
        ]
