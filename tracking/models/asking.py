"""What a child's family is asked, from a day on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from clinic.models import Child, ClinicRow, User
from clinic.models.clinics import codes_field
from tracking.models.supervision import Cosigning, is_unsigned
from tracking.vocabulary.asking import Question
from tracking.vocabulary.states import StateScale


class AskPlanQuerySet(models.QuerySet["AskPlan"]):
    def visible_to(self, user: User) -> AskPlanQuerySet:
        """Plans of children this person is on the team of; signed ones of children they care for."""
        return self.filter(
            Q(child__in=Child.objects.read_by_staff(user).values("pk"))
            | Q(child__in=Child.objects.cared_for_by(user).values("pk")) & ~is_unsigned(AskPlan)
        )

    def in_force(self) -> AskPlanQuerySet:
        """Those that hold, with `signed_at`: a draft does once it is signed; None: it never was one."""
        signed = Cosigning.objects.filter(
            subject_kind=AskPlan._meta.model_name, subject_id=OuterRef("pk"), signed_at__isnull=False
        )
        latest = signed.order_by("-signed_at", "-id").values("signed_at")[:1]
        return self.filter(~is_unsigned(AskPlan)).annotate(signed_at=Subquery(latest))

    def of(self, child: Any, day: Any) -> AskPlanQuerySet:
        """The choice that holds for a child on a day, first: for a subquery by child."""
        return self.in_force().filter(child=child, from_on__lte=day).order_by("-chosen_at", "-id")

    def in_order(self) -> AskPlanQuerySet:
        """As they were chosen: of those that have begun on a day, the last one holds."""
        return self.order_by("chosen_at", "id")


class AskPlan(ClinicRow):
    """Which questions are asked from a local day on, until a later choice; without one, those of the age.

    `follows_age`: back to what the age suggests, day by day; `questions` is empty then. `state_scale` empty:
    so does the scale. The touches asked about daily are rows of their own (`TrackedStimulus`).
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="ask_plans")
    from_on = models.DateField()
    questions = codes_field()
    follows_age = models.BooleanField(default=False)
    state_scale = models.CharField(max_length=20, blank=True)
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    objects: ClassVar[models.Manager[AskPlan]] = models.Manager.from_queryset(AskPlanQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_ask_plan_asks_known_questions",
                condition=Q(questions__contained_by=[str(one) for one in Question]),
            ),
            models.CheckConstraint(
                name="an_ask_plan_by_age_lists_nothing",
                condition=Q(follows_age=False) | Q(questions=[]),
            ),
            models.CheckConstraint(
                name="an_ask_plan_names_a_known_scale",
                condition=Q(state_scale__in=["", *(str(one) for one in StateScale)]),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["child", "chosen_at", "id"], name="ask_plans_of_a_child")]
