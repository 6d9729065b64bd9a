"""Massage sessions: done, stopped, declined by the child, or not today."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clinic.models import Child, ClinicRow, User
from tracking.models.contacts import Contact
from tracking.models.entries import Entry, EntryQuerySet, entry_constraints, entry_indexes
from tracking.models.programs import HomeProgram, ProgramVersion
from tracking.vocabulary.programs import Provider, SessionOutcome


class MassageSession(Entry):
    """One massage that was offered, or "not today" with a reason.

    `minutes` is None if nobody timed it. `steps` is a list of `{"step": program step id or None,
    "stroke": slug, "is_done": bool, "seconds": int or None}` in the order given; `cues` of
    `{"code": cue, "moment": "during" | "after", "at_seconds": int or None}`. Unknown codes are kept and the
    entry is flagged.
    """

    program = models.ForeignKey(
        HomeProgram, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    program_version = models.ForeignKey(
        ProgramVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="given at a visit",
    )
    slot_number = models.PositiveSmallIntegerField(null=True, blank=True)
    provider = models.CharField(max_length=20, default=Provider.CAREGIVER)
    outcome = models.CharField(max_length=20)
    ended_by = models.CharField(max_length=20, blank=True)
    not_today_reason = models.CharField(max_length=40, blank=True)
    minutes = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    state_before = models.CharField(max_length=40, blank=True)
    state_after = models.CharField(max_length=40, blank=True)
    steps = models.JSONField(default=list, blank=True)
    cues = models.JSONField(default=list, blank=True)
    product_kind = models.CharField(max_length=20, blank=True)
    product_name = models.CharField(max_length=120, blank=True)

    objects: ClassVar[models.Manager[MassageSession]] = models.Manager.from_queryset(EntryQuerySet)()

    class Meta:
        constraints: ClassVar = [
            *entry_constraints("a_session"),
            models.CheckConstraint(
                name="a_session_has_a_known_outcome",
                condition=Q(outcome__in=[str(outcome) for outcome in SessionOutcome]),
            ),
            models.CheckConstraint(
                name="a_session_takes_no_negative_time", condition=Q(minutes__isnull=True) | Q(minutes__gte=0)
            ),
        ]
        indexes: ClassVar = entry_indexes("session")


class ApartAnswer(ClinicRow):
    """An answer that two possible duplicates were two sessions; the ids are client ids of entries."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="apart_answers")
    one = models.UUIDField()
    other = models.UUIDField(help_text="the larger id of the two")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "one", "other", name="two_sessions_are_told_apart_once"),
            models.CheckConstraint(
                name="two_sessions_are_told_apart_in_order", condition=Q(one__lt=F("other"))
            ),
        ]
