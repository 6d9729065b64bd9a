"""Touch observations, and the touches that are asked about daily."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicRow, User
from clinic.models.clinics import codes_field, language_field
from tracking.models.entries import Entry, EntryQuerySet, entry_constraints, entry_indexes
from tracking.models.supervision import is_unsigned


class TactileObservation(Entry):
    """One touch and the child's answer to it, "came up and was fine" (intensity 0) included.

    `recovery_minutes` is exact, `recovery_band` a code where it is not; `is_not_settled` means the child had
    not settled when last seen (right-censored). `tried` is a list of `{"code": accommodation or "", "helped":
    "yes" | "partly" | "no" | ""}`; where a prescribed one is named, `"strategy": {"id", "name", "language"}`
    tells how it was called then.
    """

    stimulus = models.CharField(max_length=40)
    stimulus_text = models.CharField(max_length=120, blank=True, help_text="what it was, for other")
    responses = codes_field()
    intensity = models.PositiveSmallIntegerField(null=True, blank=True)
    recovery_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    recovery_band = models.CharField(max_length=20, blank=True)
    is_not_settled = models.BooleanField(default=False)
    region = models.CharField(max_length=40, blank=True)
    expectedness = models.CharField(max_length=20, blank=True)
    touch_type = models.CharField(max_length=20, blank=True)
    setting = models.CharField(max_length=20, blank=True)
    people_present = models.CharField(max_length=200, blank=True)
    tried = models.JSONField(default=list, blank=True)
    confounders = codes_field()

    objects: ClassVar[models.Manager[TactileObservation]] = models.Manager.from_queryset(EntryQuerySet)()

    class Meta:
        constraints: ClassVar = [
            *entry_constraints("an_observation"),
            models.CheckConstraint(
                name="intensity_is_0_to_4",
                condition=Q(intensity__isnull=True) | Q(intensity__range=(0, 4)),
            ),
        ]
        indexes: ClassVar = entry_indexes("observation")


class TrackedStimulusQuerySet(models.QuerySet["TrackedStimulus"]):
    def visible_to(self, user: User) -> TrackedStimulusQuerySet:
        """Those of children this person is on the team of; signed ones of children they care for."""
        return self.filter(
            Q(child__in=Child.objects.read_by_staff(user).values("pk"))
            | Q(child__in=Child.objects.cared_for_by(user).values("pk")) & ~is_unsigned(TrackedStimulus)
        )

    def asked_on(self, day: dt.date) -> TrackedStimulusQuerySet:
        """Those the family is asked about on a local day: what is drafted, once it is signed."""
        return self.filter(~is_unsigned(TrackedStimulus), from_on__lte=day).filter(
            Q(until_on__isnull=True) | Q(until_on__gte=day)
        )

    def of_child(self, child: Child) -> TrackedStimulusQuerySet:
        """A child's, in the order they began."""
        return self.filter(child=child).order_by("from_on", "id")


class TrackedStimulus(ClinicRow):
    """A touch the family is asked about every day ("did it come up?"), so that a rate can be made."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="tracked_stimuli")
    stimulus = models.CharField(max_length=40)
    label = models.CharField(max_length=120, blank=True, help_text="the family's words for it")
    language = language_field()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[TrackedStimulus]] = models.Manager.from_queryset(
        TrackedStimulusQuerySet
    )()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "child",
                "stimulus",
                "label",
                name="a_stimulus_is_tracked_once_at_a_time",
                condition=Q(until_on__isnull=True),
            ),
        ]


class StimulusDay(Entry):
    """Whether a tracked stimulus came up on a day."""

    tracked_stimulus = models.ForeignKey(TrackedStimulus, on_delete=models.CASCADE, related_name="days")
    came_up = models.BooleanField()

    objects: ClassVar[models.Manager[StimulusDay]] = models.Manager.from_queryset(EntryQuerySet)()

    class Meta:
        constraints: ClassVar = entry_constraints("a_stimulus_day")
        indexes: ClassVar = entry_indexes("stimulus_day")
