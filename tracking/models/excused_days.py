"""Days excluded from what was asked, because nobody where the child was had been shown the routine."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicRow, Family, User


class ExcusedDay(ClinicRow):
    """One local day of a child, and the home it was spent at; taken back, it is asked for again."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="excused_days")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    excused_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    excused_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "child", "on", name="a_day_is_excused_once", condition=Q(taken_back_at__isnull=True)
            ),
            models.CheckConstraint(
                name="an_excuse_is_taken_back_by_somebody_at_some_time",
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]
