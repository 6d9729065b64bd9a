"""Bedtimes: from lights out to sleep, and the night that followed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models.clinics import codes_field
from tracking.models.entries import Entry, EntryQuerySet, entry_constraints, entry_indexes


class Bedtime(Entry):
    """One evening. Latency is computed from the two instants (`tracking.sleep`), never stored.

    `local_day` is the evening's date: a night belongs to it until 11:59 the next day. `occurred_at` is
    lights out where known, else the first instant told. `about_minutes` is the fallback of a parent who
    knows only that.
    """

    routine_started_at = models.DateTimeField(null=True, blank=True)
    massage_ended_at = models.DateTimeField(null=True, blank=True)
    lights_out_at = models.DateTimeField(null=True, blank=True, help_text="in bed, lights out")
    asleep_at = models.DateTimeField(null=True, blank=True)
    still_awake_at = models.DateTimeField(null=True, blank=True, help_text="still awake when last seen")
    about_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    method = models.CharField(max_length=20, blank=True)
    resistance = models.PositiveSmallIntegerField(null=True, blank=True)
    call_out_count = models.PositiveSmallIntegerField(null=True, blank=True)
    location = models.CharField(max_length=20, blank=True)
    nap_ended_at = models.DateTimeField(null=True, blank=True)
    night_waking_count = models.PositiveSmallIntegerField(null=True, blank=True)
    night_waking_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    woke_at = models.DateTimeField(null=True, blank=True)
    confounders = codes_field()
    accuracy = models.CharField(max_length=20, blank=True)

    objects: ClassVar[models.Manager[Bedtime]] = models.Manager.from_queryset(EntryQuerySet)()

    class Meta:
        constraints: ClassVar = [
            *entry_constraints("a_bedtime"),
            models.CheckConstraint(
                name="bedtime_resistance_is_0_to_4",
                condition=Q(resistance__isnull=True) | Q(resistance__range=(0, 4)),
            ),
        ]
        indexes: ClassVar = entry_indexes("bedtime")
