"""A clinic's flag settings: thresholds, texts, opening hours, readers; the latest row counts."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from clinic.models import ClinicRow, User
from clinic.models.clinics import language_field
from tracking.thresholds import SETTINGS
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.flags import SAID_TO_FAMILIES, ReaderKind


class FlagThreshold(ClinicRow):
    """One number of the rules as a clinic set it, from then on; `value` None is the default again."""

    name = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_threshold_is_of_a_known_name", condition=Q(name__in=sorted(SETTINGS))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["clinic", "name", "-set_at", "-id"], name="latest_flag_threshold"),
        ]


class FlagSwitch(ClinicRow):
    """A rule switched off, or on again, in a clinic; with the reason, which a medical one always has."""

    code = models.CharField(max_length=40)
    is_on = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    language = language_field()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_flag_switch_is_of_a_known_code",
                condition=Q(code__in=[str(code) for code in FlagCode]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["clinic", "code", "-set_at", "-id"], name="latest_flag_switch"),
        ]


class FlagText(ClinicRow):
    """What the family reads about a flag, in a clinic's words; it speaks once somebody has adopted it.

    A version is never changed but by its adoption: by name, credential and day. The latest adopted one of a
    language counts.
    """

    code = models.CharField(max_length=40)
    language = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    text = models.TextField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    adopted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    adopted_name = models.CharField(max_length=200, blank=True)
    adopted_credential = models.CharField(max_length=60, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)

    words_about: ClassVar = {"adopted_by": ("adopted_name",)}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "clinic", "code", "language", "number", name="a_flag_text_version_is_used_once"
            ),
            models.CheckConstraint(
                name="a_flag_text_is_said_to_families",
                condition=Q(code__in=sorted(str(code) for code in SAID_TO_FAMILIES)),
            ),
            models.CheckConstraint(
                name="an_adoption_has_name_credential_and_day",
                condition=Q(
                    adopted_at__isnull=True,
                    adopted_by__isnull=True,
                    adopted_name="",
                    adopted_credential="",
                )
                | (
                    Q(adopted_at__isnull=False, adopted_by__isnull=False)
                    & ~Q(adopted_name="")
                    & ~Q(adopted_credential="")
                ),
            ),
        ]


class FlagResponse(ClinicRow):
    """How soon a severity is looked at, in minutes of clinic hours, and by whom in which order."""

    severity = models.CharField(max_length=20)
    within_minutes = models.PositiveIntegerField()
    readers = ArrayField(models.CharField(max_length=20))
    owner = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the owner who reads; none: every owner",
    )
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_response_is_of_a_known_severity",
                condition=Q(severity__in=[str(severity) for severity in Severity]),
            ),
            models.CheckConstraint(
                name="a_response_names_known_readers",
                condition=Q(readers__contained_by=[str(kind) for kind in ReaderKind]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["clinic", "severity", "-set_at", "-id"], name="latest_flag_response"),
        ]


class ClinicHours(ClinicRow):
    """The clinic is open on a weekday (Monday is 0) between two wall times of its zone."""

    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="hours_are_of_a_weekday", condition=Q(weekday__range=(0, 6))),
            models.CheckConstraint(name="a_clinic_closes_later", condition=Q(closes__gt=F("opens"))),
        ]


class ClinicClosure(ClinicRow):
    """Days on which the clinic is closed, both ends included."""

    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=120, blank=True)
    language = language_field()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="a_closure_ends_no_earlier", condition=Q(until_on__gte=F("from_on"))),
        ]


class ReaderGap(ClinicRow):
    """Since when nobody reads the urgent flags of some child; whoever tells the owner moves `told_at` along.

    `child_count` is how many children were without a reader when it was found.
    """

    found_at = models.DateTimeField()
    child_count = models.PositiveIntegerField()
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clinic"], name="one_open_reader_gap_a_clinic", condition=Q(ended_at__isnull=True)
            ),
        ]
