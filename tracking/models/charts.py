"""The optional charts a therapist chose for a child."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicRow, User
from clinic.models.clinics import codes_field
from tracking.vocabulary.charts import ChosenChart


class ChartChoiceQuerySet(models.QuerySet["ChartChoice"]):
    def visible_to(self, user: User) -> ChartChoiceQuerySet:
        """Choices for children whose record this person reads as staff; families see no optional chart."""
        return self.filter(child__in=Child.objects.read_by_staff(user).values("pk"))

    def of(self, child: Any) -> ChartChoiceQuerySet:
        """A child's choices, the current one first."""
        return self.filter(child=child).order_by("-chosen_at", "-id")


class ChartChoice(ClinicRow):
    """The charts drawn from a moment on, until a later choice; an empty list chooses none."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="chart_choices")
    charts = codes_field()
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    objects: ClassVar[models.Manager[ChartChoice]] = models.Manager.from_queryset(ChartChoiceQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_chart_choice_names_known_charts",
                condition=Q(charts__contained_by=[str(one) for one in ChosenChart]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["child", "chosen_at", "id"], name="chart_choices_of_a_child")
        ]
