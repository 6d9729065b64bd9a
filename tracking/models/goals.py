"""Goals on a five-level ladder, and totals of standard instruments."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicRow, User
from clinic.models.clinics import keeps_history, language_field, new_id
from tracking.models.supervision import is_unsigned
from tracking.vocabulary.outcomes import Outcome
from tracking.vocabulary.programs import Instrument


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, user: User) -> GoalQuerySet:
        """Goals of children in one's care; one that is only drafted is the team's."""
        team = Child.objects.read_by_staff(user).values("pk")
        guarded = Child.objects.guarded_by(user).values("pk")
        return self.filter(Q(child__in=team) | Q(child__in=guarded) & ~is_unsigned(Goal))

    def signed(self) -> GoalQuerySet:
        """Without drafts that nobody has signed yet."""
        return self.filter(~is_unsigned(Goal))


@keeps_history
class Goal(ClinicRow):
    """A goal with its ladder: five texts for levels -2 to +2, written before the program.

    `importance` and `difficulty` are 0-3, their product the weight; both None: unweighted. It has one primary
    outcome at the most, and the day it was named: after the program began, it is a look back.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="goals")
    client_id = models.UUIDField(default=new_id, db_default=RandomUUID(), help_text="its sender's")
    title = models.CharField(max_length=200)
    own_words = models.TextField(blank=True, help_text="as the parent said it")
    own_words_language = language_field()
    ladder = ArrayField(models.TextField(), size=5, help_text="texts of levels -2, -1, 0, +1, +2")
    language = language_field()
    baseline_level = models.SmallIntegerField(default=-1)
    importance = models.PositiveSmallIntegerField(null=True, blank=True)
    difficulty = models.PositiveSmallIntegerField(null=True, blank=True)
    primary_outcome = models.CharField(max_length=40, blank=True)
    outcome_named_on = models.DateField(null=True, blank=True)
    is_open = models.BooleanField(default=True)
    set_on = models.DateField()
    lock_version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Goal]] = models.Manager.from_queryset(GoalQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "client_id", name="a_goal_is_set_once"),
            models.CheckConstraint(
                name="a_goal_begins_at_minus_1_or_minus_2", condition=Q(baseline_level__in=[-2, -1])
            ),
            models.CheckConstraint(name="a_ladder_has_five_levels", condition=Q(ladder__len=5)),
            models.CheckConstraint(
                name="importance_and_difficulty_are_0_to_3",
                condition=(Q(importance__isnull=True) | Q(importance__range=(0, 3)))
                & (Q(difficulty__isnull=True) | Q(difficulty__range=(0, 3))),
            ),
            models.CheckConstraint(
                name="a_primary_outcome_is_known_and_was_named_on_a_day",
                condition=Q(primary_outcome="", outcome_named_on__isnull=True)
                | Q(primary_outcome__in=[str(one) for one in Outcome], outcome_named_on__isnull=False),
            ),
        ]


class GoalRating(ClinicRow):
    """Where on the ladder the child was on a day, and who says so."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ratings")
    client_id = models.UUIDField(default=new_id, db_default=RandomUUID(), help_text="its sender's")
    level = models.SmallIntegerField()
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    language = language_field()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("goal", "client_id", name="a_rating_is_told_once"),
            models.CheckConstraint(name="a_level_is_minus_2_to_2", condition=Q(level__range=(-2, 2))),
        ]


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User) -> AssessmentQuerySet:
        """Of children in one's care; one that is only drafted is the team's."""
        team = Child.objects.read_by_staff(user).values("pk")
        guarded = Child.objects.guarded_by(user).values("pk")
        return self.filter(Q(child__in=team) | Q(child__in=guarded) & ~is_unsigned(Assessment))


class Assessment(ClinicRow):
    """A standard instrument's totals and bands; never its items, which are copyrighted.

    A total may also tell what it can be: `{"value", "band", "least", "most"}`, all but the value where told.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="assessments")
    client_id = models.UUIDField(default=new_id, db_default=RandomUUID(), help_text="its sender's")
    instrument = models.CharField(max_length=40)
    on = models.DateField()
    totals = models.JSONField(default=dict, help_text="score name -> {value, band}")
    respondent = models.CharField(max_length=120, blank=True)
    language = language_field()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Assessment]] = models.Manager.from_queryset(AssessmentQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "client_id", name="an_assessment_is_entered_once"),
            models.CheckConstraint(
                name="an_assessment_is_by_a_known_instrument",
                condition=Q(instrument__in=[str(instrument) for instrument in Instrument]),
            ),
        ]
