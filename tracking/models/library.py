"""The library: strokes, presets, contraindications and texts, as versioned rows with words per language.

A built-in row has no clinic; a clinic's own row carries it. A published version never changes: a new text or
a new number is a new version (docs/architecture.md, rule 20).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from clinic.models import Clinic, ClinicRow, User
from clinic.models.clinics import FileNameField, codes_field, keeps_history_but, language_field, new_id


class LibraryRow(models.Model):
    """A row that is built in (no clinic) or a clinic's own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class StrokeQuerySet(models.QuerySet["Stroke"]):
    def offered_in(self, clinic: Clinic) -> StrokeQuerySet:
        """Built-in strokes and the clinic's own, without those it hides or has retired."""
        hidden = HiddenLibraryItem.objects.filter(clinic=clinic, stroke=OuterRef("pk"))
        return self.filter(Q(clinic__isnull=True) | Q(clinic=clinic), retired_at__isnull=True).exclude(
            Exists(hidden)
        )


class Stroke(LibraryRow):
    """A massage stroke; what it says and asks for stands in its versions."""

    slug = models.SlugField(max_length=60)
    current_version = models.ForeignKey(
        "StrokeVersion", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=True
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Stroke]] = models.Manager.from_queryset(StrokeQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "clinic", "slug", name="a_stroke_slug_is_used_once", nulls_distinct=False
            ),
        ]


class StrokeVersion(LibraryRow):
    """What a stroke asks for: region, pressure, seconds, repetitions, minimum age, conflicts.

    `conflicts` is a list of `{"code": contraindication code, "how": block | acknowledge | adapt}`.
    """

    stroke = models.ForeignKey(Stroke, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    order = models.PositiveSmallIntegerField(default=999)
    body_region = models.CharField(max_length=40)
    is_side_specific = models.BooleanField()
    pressure = models.CharField(max_length=20)
    contact = models.CharField(max_length=20)
    may_use_product = models.BooleanField()
    typical_seconds = models.PositiveSmallIntegerField(help_text="per side where side-specific, else in all")
    fewest_repetitions = models.PositiveSmallIntegerField()
    most_repetitions = models.PositiveSmallIntegerField()
    min_corrected_age_weeks = models.PositiveSmallIntegerField()
    gate = models.CharField(max_length=40, help_text="what the minimum age does: acknowledge or block")
    tags = codes_field()
    conflicts = models.JSONField(default=list, blank=True)
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("stroke", "number", name="a_stroke_version_number_is_used_once"),
            models.CheckConstraint(
                name="a_stroke_takes_5_to_600_seconds", condition=Q(typical_seconds__range=(5, 600))
            ),
            models.CheckConstraint(
                name="repetitions_are_a_range",
                condition=Q(fewest_repetitions__gte=1, most_repetitions__gte=F("fewest_repetitions")),
            ),
        ]

    @property
    def pass_seconds(self) -> int:
        """Seconds one pass takes, both sides of a side-specific stroke together."""
        return self.typical_seconds * (2 if self.is_side_specific else 1)


class StrokeWords(LibraryRow):
    """A stroke version in one language."""

    version = models.ForeignKey(StrokeVersion, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    also_known_as = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    position = models.CharField(max_length=200, blank=True)
    instruction = models.TextField()
    words_to_say = models.TextField(blank=True)
    precautions = ArrayField(models.TextField(), default=list, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("version", "language", name="a_stroke_version_has_one_text_a_language"),
        ]


class MediaState(models.TextChoices):
    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


class StrokeMediaQuerySet(models.QuerySet["StrokeMedia"]):
    def ready(self) -> StrokeMediaQuerySet:
        """What can be shown."""
        return self.filter(state=MediaState.READY)

    def in_order(self) -> StrokeMediaQuerySet:
        return self.order_by("place", "uploaded_at", "id")


@keeps_history_but("state", "claimed_at", "failure_code", "file_name", "sent_file_name")
class StrokeMedia(ClinicRow):
    """A clinic's own picture or clip of a stroke, stored behind `clinic.files`.

    A picture is ready at once. A clip waits until the worker has drawn it anew: until then `sent_file_name`
    is what was sent, which is shown to nobody, and `file_name` is empty.
    """

    stroke = models.ForeignKey(Stroke, on_delete=models.CASCADE, related_name="media")
    kind = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField(default=0, help_text="from the first to the last shown")
    state = models.CharField(max_length=20, default=MediaState.READY)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="when a worker began with it")
    failure_code = models.CharField(max_length=40, blank=True)
    file_name = FileNameField(blank=True, help_text="the random name in storage")
    sent_file_name = FileNameField(blank=True, help_text="as sent, until it is drawn anew")
    alt_text = models.CharField(max_length=300)
    language = language_field()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects: ClassVar[models.Manager[StrokeMedia]] = models.Manager.from_queryset(StrokeMediaQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="media_are_in_a_known_state", condition=Q(state__in=MediaState.values)
            ),
            models.CheckConstraint(
                name="ready_media_have_a_file", condition=~Q(state=MediaState.READY) | ~Q(file_name="")
            ),
        ]


class PresetQuerySet(models.QuerySet["Preset"]):
    def offered_in(self, clinic: Clinic) -> PresetQuerySet:
        hidden = HiddenLibraryItem.objects.filter(clinic=clinic, preset=OuterRef("pk"))
        return self.filter(Q(clinic__isnull=True) | Q(clinic=clinic), retired_at__isnull=True).exclude(
            Exists(hidden)
        )


class Preset(LibraryRow):
    """A ready-made order of strokes to begin a program from."""

    slug = models.SlugField(max_length=60)
    number = models.PositiveIntegerField(default=1, help_text="version, raised when its content changes")
    stroke_slugs = ArrayField(models.SlugField(max_length=60), help_text="in order; one may come twice")
    contact = models.CharField(max_length=20, blank=True)
    tags = codes_field()
    content_hash = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager[Preset]] = models.Manager.from_queryset(PresetQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "clinic", "slug", name="a_preset_slug_is_used_once", nulls_distinct=False
            ),
        ]


class PresetWords(LibraryRow):
    """A preset's words in one language."""

    preset = models.ForeignKey(Preset, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("preset", "language", name="a_preset_has_one_text_a_language"),
        ]


class Contraindication(models.Model):
    """A contraindication's rule, built in and versioned; its words are `LibraryText` rows.

    `how` is block, acknowledge or adapt; `applies_to` all, region, product, listed or computed; `needs`
    names the fields a precaution row of this code must carry (strokes.json, `contraindications`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField(default=1)
    order = models.PositiveSmallIntegerField(default=0)
    how = models.CharField(max_length=20)
    applies_to = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    needs = codes_field()
    is_of_the_moment = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("code", "number", name="a_contraindication_version_is_used_once"),
            models.UniqueConstraint(
                "code", name="one_current_contraindication_a_code", condition=Q(is_current=True)
            ),
        ]

    def __str__(self) -> str:
        return f"contraindication {self.code}"


class LibraryText(LibraryRow):
    """A clinical sentence by its code: stop rule, safe-sleep line, verses, contraindications, pressures.

    `code` is dotted: `stop_rule`, `safe_sleep_line`, `verse.legs`, `contraindication.fever`,
    `pressure.firm`. A built-in text is draft wording until a clinic adopts it (`WordingAdoption`).
    """

    code = models.CharField(max_length=80)
    language = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    text = models.TextField()
    source = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict, blank=True, help_text="the rule's numbers, where the text has any")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "clinic",
                "code",
                "language",
                "number",
                name="a_library_text_version_is_used_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                "clinic",
                "code",
                "language",
                name="one_current_library_text",
                condition=Q(is_current=True),
                nulls_distinct=False,
            ),
        ]


class HiddenLibraryItem(ClinicRow):
    """A built-in stroke or preset that a clinic does not offer."""

    stroke = models.ForeignKey(Stroke, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    preset = models.ForeignKey(Preset, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    hidden_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_hidden_item_is_a_stroke_or_a_preset",
                condition=Q(stroke__isnull=False, preset__isnull=True)
                | Q(stroke__isnull=True, preset__isnull=False),
            ),
            models.UniqueConstraint(
                "clinic", "stroke", "preset", name="an_item_is_hidden_once", nulls_distinct=False
            ),
        ]


class WordingAdoption(ClinicRow):
    """A clinic's signature under draft wording: who, with which credential, when."""

    library_version = models.CharField(max_length=20)
    adopted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    credential = models.CharField(max_length=60)
    adopted_at = models.DateTimeField()

    words_about: ClassVar = {"adopted_by": ("name",)}
