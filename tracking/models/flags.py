"""Flags: what asks for somebody's attention."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicMembership, ClinicRow, User
from clinic.vocabulary import Role
from tracking.vocabulary.concerns import FlagCode, Severity


class FlagQuerySet(models.QuerySet["Flag"]):
    def visible_to(self, user: User) -> FlagQuerySet:
        """Flags of children on one's team, and for owners those of the clinic's children, to act on them."""
        owned = ClinicMembership.objects.active().filter(user=user).with_role(Role.OWNER)
        return self.filter(
            Q(child__in=Child.objects.on_team_of(user).values("pk")) | Q(clinic__in=owned.values("clinic"))
        )

    def open(self) -> FlagQuerySet:
        return self.filter(closed_at__isnull=True)


class Flag(ClinicRow):
    """Something that asks for attention (domain, J); medical ones are never closed by software."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="flags")
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=20)
    detail = models.JSONField(default=dict, blank=True, help_text="codes and numbers the rule looked at")
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    close_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[Flag]] = models.Manager.from_queryset(FlagQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "child", "code", name="one_open_flag_per_code_and_child", condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(
                name="a_flag_is_of_a_known_code", condition=Q(code__in=[str(code) for code in FlagCode])
            ),
            models.CheckConstraint(
                name="a_flag_has_a_known_severity",
                condition=Q(severity__in=[str(severity) for severity in Severity]),
            ),
        ]
