"""Flags: what needs somebody's attention, and what was done about it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from clinic.models import Child, ClinicMembership, ClinicRow, User
from clinic.models.clinics import language_field
from clinic.rls import Now
from clinic.vocabulary import Role
from tracking.models.programs import HomeProgram
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.flags import (
    CHANGES_CARE,
    CloseHow,
    EscalationBecause,
    ReaderKind,
)


def usual_readers() -> list[str]:
    return [str(kind) for kind in ReaderKind]


class FlagQuerySet(models.QuerySet["Flag"]):
    def visible_to(self, user: User) -> FlagQuerySet:
        """Flags of children on one's team; for an owner those whose reader they are, head row only, and
        those of a child for whom they broke the glass.
        """
        owned = ClinicMembership.objects.active().filter(user=user).with_role(Role.OWNER)
        is_their_reader = Q(readers__contains=[ReaderKind.OWNER]) & (
            Q(owner_reader__isnull=True) | Q(owner_reader=user)
        )
        return self.filter(
            Q(child__in=Child.objects.on_team_of(user).values("pk"))
            | Q(clinic__in=owned.values("clinic"))
            & (is_their_reader | Q(child__in=Child.objects.read_by_staff(user).values("pk")))
        )

    def open(self) -> FlagQuerySet:
        return self.filter(closed_at__isnull=True)

    def awake(self) -> FlagQuerySet:
        """Open, and not put off until later."""
        return self.open().filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=Now()))


class Flag(ClinicRow):
    """Something that asks for attention; medical ones are never closed by software.

    `readers` is the order in which it goes from one to the next, as the clinic had set it when it was raised;
    `asked_count` how many of them it has come to. `due_at` is when the first had to have looked, None where
    the clinic does not open; `escalates_at` when it goes on, None once somebody has looked or nobody is left.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="flags")
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=20)
    detail = models.JSONField(default=dict, blank=True, help_text="codes and numbers the rule looked at")
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    readers = ArrayField(models.CharField(max_length=20), default=usual_readers)
    owner_reader = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the owner who reads it; none: every owner",
    )
    asked_count = models.PositiveSmallIntegerField(default=1)
    escalates_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_how = models.CharField(max_length=20, blank=True)
    close_reason = models.CharField(max_length=200, blank=True)
    language = language_field()

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
            models.CheckConstraint(
                name="a_flag_goes_to_known_readers",
                condition=Q(readers__contained_by=[str(kind) for kind in ReaderKind]),
            ),
            models.CheckConstraint(
                name="a_flag_ends_in_a_known_way",
                condition=Q(closed_how__in=["", *(str(how) for how in CloseHow)]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["escalates_at", "id"],
                name="flags_that_may_go_on",
                condition=Q(closed_at__isnull=True, escalates_at__isnull=False),
            ),
        ]


class FlagAcknowledgement(ClinicRow):
    """Somebody has looked at a flag, and says what they will do."""

    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="acknowledgements")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    will_do = models.CharField(max_length=300, blank=True)
    language = language_field()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("flag", "by", name="a_person_acknowledges_a_flag_once"),
        ]


class FlagSnooze(ClinicRow):
    """A flag put off until a time, and why."""

    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="snoozes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    language = language_field()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="a_snooze_ends_later", condition=Q(until_at__gt=F("at"))),
        ]


class FlagEscalation(ClinicRow):
    """A flag went on to somebody, because it lay unread. That they are told is a notice (`Notice`)."""

    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="escalations")
    step = models.PositiveSmallIntegerField(help_text="its place in the order of readers, from 1")
    kind = models.CharField(max_length=20)
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=20, default=EscalationBecause.UNREAD)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("flag", "step", "to", name="a_flag_goes_to_a_person_once_a_step"),
            models.CheckConstraint(
                name="an_escalation_goes_to_a_known_reader",
                condition=Q(kind__in=[str(kind) for kind in ReaderKind]),
            ),
        ]


class ChosenAdviceQuerySet(models.QuerySet["ChosenAdvice"]):
    def active(self) -> ChosenAdviceQuerySet:
        return self.filter(ended_at__isnull=True)


class ChosenAdvice(ClinicRow):
    """A therapist's choice that the family of a program reads a text that changes care, from then on."""

    program = models.ForeignKey(HomeProgram, on_delete=models.CASCADE, related_name="chosen_advice")
    code = models.CharField(max_length=40)
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[ChosenAdvice]] = models.Manager.from_queryset(ChosenAdviceQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "program",
                "code",
                name="advice_is_chosen_once_for_a_program",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="advice_that_is_chosen_changes_care",
                condition=Q(code__in=sorted(str(code) for code in CHANGES_CARE)),
            ),
        ]
