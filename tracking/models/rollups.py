"""Daily counts of a clinic's entries, kept by triggers: no child, no words (docs/adr/0045)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import ClinicRow
from tracking.vocabulary.rollups import DayCount


class ClinicDay(ClinicRow):
    """A part of one count of a clinic's local day; readers sum the parts.

    Written only by triggers on the entry tables, in the transaction that changes the entry. A correction or
    an erasure adds a negative part, so `entry_count`, `child_count` (children
    with any such entry that day) and `minutes` (of those that were timed) may be negative. Parts are laid
    together (`tracking.services.rolling_up`), and a command compares them with the entries.
    """

    clinic = models.ForeignKey(
        "clinic.Clinic", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    local_day = models.DateField()
    counts = models.CharField(max_length=20)
    entry_count = models.IntegerField()
    child_count = models.IntegerField()
    minutes = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_clinic_day_counts_something_known",
                condition=Q(counts__in=[str(each) for each in DayCount]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["clinic", "local_day", "counts"],
                include=["entry_count", "child_count", "minutes"],
                name="days_of_a_clinic",
            ),
        ]
