"""A clinic's retention periods, and what its nightly runs removed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import ClinicMembership, ClinicRow, User
from clinic.vocabulary import Role
from tracking.vocabulary.retention import Kept


class RetentionPeriod(ClinicRow):
    """A period as an owner adopted it, from then on; `amount` None: kept for good. The latest counts."""

    kept = models.CharField(max_length=20)
    amount = models.PositiveSmallIntegerField(null=True, blank=True, help_text="years or days, by what it is")
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_period_is_about_something_known", condition=Q(kept__in=[str(one) for one in Kept])
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["clinic", "kept", "-set_at", "-id"], name="latest_retention_period"),
        ]


class RetentionRunQuerySet(models.QuerySet["RetentionRun"]):
    def visible_to(self, user: User) -> RetentionRunQuerySet:
        """What was removed in clinics one owns."""
        owned = ClinicMembership.objects.active().with_role(Role.OWNER).filter(user=user).values("clinic")
        return self.filter(clinic__in=owned)


class RetentionRun(ClinicRow):
    """What one night removed of one kind in one clinic, and how much had to stay because it is held."""

    ran_on = models.DateField()
    kept = models.CharField(max_length=20)
    removed_count = models.PositiveIntegerField(default=0)
    held_count = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField()

    objects: ClassVar[models.Manager[RetentionRun]] = models.Manager.from_queryset(RetentionRunQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("clinic", "ran_on", "kept", name="one_report_a_night_and_kind"),
        ]
