"""Home programs and their immutable published versions."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from clinic.models import Child, ClinicRow, User
from clinic.models.clinics import codes_field, keeps_history, language_field
from tracking.models.library import StrokeVersion
from tracking.vocabulary.body import Contact, Side
from tracking.vocabulary.programs import (
    AmountKind,
    ChangeKind,
    FrequencyPer,
    Phase,
    ProductKind,
    Provider,
    StepKind,
)


class ProgramState(models.TextChoices):
    DRAFT = "draft"
    ACTIVE = "active"
    ENDED = "ended"


class HomeProgramQuerySet(models.QuerySet["HomeProgram"]):
    def visible_to(self, user: User) -> HomeProgramQuerySet:
        """Programs of the children this person treats or cares for.

        Only the team sees drafts; a log-only caregiver sees active programs. The office sees titles, which
        the faces query separately (docs/access.md).
        """
        return self.filter(
            Q(child__in=Child.objects.read_by_staff(user).values("pk"))
            | (Q(child__in=Child.objects.guarded_by(user).values("pk")) & ~Q(state=ProgramState.DRAFT))
            | (Q(child__in=Child.objects.cared_for_by(user).values("pk")) & Q(state=ProgramState.ACTIVE))
        )

    def active(self) -> HomeProgramQuerySet:
        return self.filter(state=ProgramState.ACTIVE)


@keeps_history
class HomeProgram(ClinicRow):
    """A child's home program; its published versions hold what is prescribed.

    `lock_version` increases with every change of the program, a draft or a pause. Clients send it as
    If-Match.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="programs")
    title = models.CharField(max_length=200)
    language = language_field()
    state = models.CharField(max_length=20, default=ProgramState.DRAFT)
    is_waitlist = models.BooleanField(default=False, help_text="diary only, nothing prescribed yet")
    current_version = models.ForeignKey(
        "ProgramVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lock_version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=40, blank=True)

    objects: ClassVar[models.Manager[HomeProgram]] = models.Manager.from_queryset(HomeProgramQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_program_is_in_a_known_state", condition=Q(state__in=ProgramState.values)
            ),
            models.CheckConstraint(
                name="an_active_program_has_a_published_version",
                condition=~Q(state=ProgramState.ACTIVE) | Q(current_version__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["child", "state"], name="programs_of_a_child")]


class ProgramVersion(ClinicRow):
    """What is prescribed from a day on. A draft has no `published_at`; a published version never changes."""

    program = models.ForeignKey(HomeProgram, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    change_kind = models.CharField(max_length=20, default=ChangeKind.FIRST)
    phase_number = models.PositiveSmallIntegerField(default=1, help_text="rises with each change")
    phase_name = models.CharField(max_length=120, blank=True)
    baseline_starts_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(help_text="first day of this program; week 1 begins here")
    effective_on = models.DateField(null=True, blank=True, help_text="first day this version applies")
    ends_on = models.DateField(null=True, blank=True, help_text="last day; empty: open")
    target_states = codes_field()
    product_kind = models.CharField(max_length=20, default=ProductKind.NONE)
    product_name = models.CharField(max_length=120, blank=True)
    product_patch_tested_on = models.DateField(null=True, blank=True)
    lights_out_within_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="from the first step of the routine to lights out"
    )
    note = models.TextField(blank=True, help_text="to the family")
    language = language_field()
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("program", "number", name="a_program_version_number_is_used_once"),
            models.UniqueConstraint(
                "program", name="one_draft_per_program", condition=Q(published_at__isnull=True)
            ),
            models.CheckConstraint(
                name="a_program_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="a_baseline_comes_before_the_program",
                condition=Q(baseline_starts_on__isnull=True) | Q(baseline_starts_on__lt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="a_change_is_first_correction_or_change",
                condition=Q(change_kind__in=[str(kind) for kind in ChangeKind]),
            ),
            models.CheckConstraint(
                name="a_product_is_of_a_known_kind",
                condition=Q(product_kind__in=[str(kind) for kind in ProductKind]),
            ),
        ]


class ProgramSchedule(ClinicRow):
    """How often one provider does the program: per day, per week or on named days, and for how long.

    `per` day: `count` slots a day. Week: `count` sessions a week (`most` is a desired maximum). Named days:
    once on each of `weekdays` (Monday is 0). `minutes` empty: no duration is prescribed.
    """

    version = models.ForeignKey(ProgramVersion, on_delete=models.CASCADE, related_name="schedules")
    provider = models.CharField(max_length=20, default=Provider.CAREGIVER)
    per = models.CharField(max_length=20)
    count = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    count_kind = models.CharField(max_length=20, default=AmountKind.TARGET)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes_kind = models.CharField(max_length=20, default=AmountKind.TARGET)
    phase = models.CharField(max_length=20, default=Phase.PROGRAM)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_schedule_counts_per_day_week_or_named_days",
                condition=Q(per__in=[str(per) for per in FrequencyPer]),
            ),
            models.CheckConstraint(
                name="a_schedule_is_for_a_caregiver_or_a_therapist",
                condition=Q(provider__in=[str(provider) for provider in Provider]),
            ),
            models.CheckConstraint(name="a_schedule_counts_1_to_28", condition=Q(count__range=(1, 28))),
            models.CheckConstraint(
                name="named_days_are_named",
                condition=(Q(per=FrequencyPer.NAMED_DAYS) & Q(weekdays__len__gt=0))
                | (~Q(per=FrequencyPer.NAMED_DAYS) & Q(weekdays__len=0)),
            ),
            models.CheckConstraint(
                name="prescribed_minutes_are_1_to_240",
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, 240)),
            ),
        ]


class ProgramSlot(ClinicRow):
    """A place in the day where a session (or, in the baseline, a diary entry) belongs.

    `number` counts from 1 within the version. Entries and reminders refer to it, so a slot keeps its identity
    from version to version. `anchor` is a routine whose clock time the household sets.
    """

    version = models.ForeignKey(ProgramVersion, on_delete=models.CASCADE, related_name="slots")
    schedule = models.ForeignKey(ProgramSchedule, on_delete=models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField()
    anchor = models.CharField(max_length=40)
    anchor_name = models.CharField(max_length=80, blank=True, help_text="the family's word, for other")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("version", "number", name="a_slot_number_is_used_once"),
        ]


class ProgramStep(ClinicRow):
    """One step of the routine: a stroke, or something else in it (bath, story, lights out)."""

    version = models.ForeignKey(ProgramVersion, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, default=StepKind.STROKE)
    stroke_version = models.ForeignKey(
        StrokeVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120, blank=True, help_text="of a step that is not a stroke")
    side = models.CharField(max_length=10, default=Side.BOTH)
    seconds = models.PositiveSmallIntegerField(help_text="in all, both sides together")
    repetitions = models.PositiveSmallIntegerField(null=True, blank=True)
    contact = models.CharField(max_length=20, blank=True)
    words_to_say = models.TextField(blank=True, help_text="the family's own; empty: the library's")
    note = models.TextField(blank=True)
    opens_in_week = models.PositiveSmallIntegerField(null=True, blank=True)
    opens_when_taught = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("version", "order", name="steps_stand_in_one_order"),
            models.CheckConstraint(
                name="a_stroke_step_names_its_stroke",
                condition=(Q(kind=StepKind.STROKE) & Q(stroke_version__isnull=False))
                | (~Q(kind=StepKind.STROKE) & Q(stroke_version__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_step_is_on_a_known_side", condition=Q(side__in=[str(side) for side in Side])
            ),
            models.CheckConstraint(
                name="a_step_has_a_known_contact",
                condition=Q(contact__in=["", *(str(contact) for contact in Contact)]),
            ),
        ]


class ConflictAcknowledgement(ClinicRow):
    """A therapist's reason for prescribing despite a conflict for which the library asks for one."""

    version = models.ForeignKey(ProgramVersion, on_delete=models.CASCADE, related_name="acknowledgements")
    stroke_slug = models.SlugField(max_length=60, blank=True, help_text="empty: the whole program")
    code = models.CharField(max_length=40)
    reason = models.TextField()
    language = language_field()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("version", "stroke_slug", "code", name="a_conflict_is_acknowledged_once"),
            models.CheckConstraint(name="an_acknowledgement_gives_a_reason", condition=~Q(reason="")),
        ]


class ProgramPause(ClinicRow):
    """Days on which nothing is prescribed; a pause reported afterwards is kept and marked."""

    program = models.ForeignKey(HomeProgram, on_delete=models.CASCADE, related_name="pauses")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="last paused day; empty: until ended")
    reason = models.CharField(max_length=40)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    was_told_late = models.BooleanField(default=False)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_pause_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
        ]
