"""Strategies that make a touch easier: in a clinic's library, and prescribed for a child."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicRow, User
from clinic.models.clinics import codes_field, keeps_history, language_field
from tracking.models.supervision import is_unsigned
from tracking.vocabulary.touch import Stimulus

IS_FOR_KNOWN_STIMULI = Q(stimuli__contained_by=[str(one) for one in Stimulus]) & Q(stimuli__len__gt=0)


@keeps_history
class Strategy(ClinicRow):
    """One of a clinic's own library, with the touches it is meant for. Nothing is built in."""

    name = models.CharField(max_length=120)
    text = models.TextField(help_text="to the family, in plain words")
    language = language_field()
    stimuli = codes_field()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="a_strategy_is_for_known_stimuli", condition=IS_FOR_KNOWN_STIMULI),
            models.CheckConstraint(name="a_strategy_has_a_name", condition=~Q(name="")),
        ]


class ChildStrategyQuerySet(models.QuerySet["ChildStrategy"]):
    def visible_to(self, user: User) -> ChildStrategyQuerySet:
        """Those of children on one's team; whoever cares for the child reads what needs no signature."""
        cared_for = Child.objects.cared_for_by(user).values("pk")
        return self.filter(
            Q(child__in=Child.objects.read_by_staff(user).values("pk"))
            | (Q(child__in=cared_for) & ~is_unsigned(ChildStrategy))
        )

    def current(self) -> ChildStrategyQuerySet:
        """Those prescribed now, in the order they were."""
        return self.filter(ended_at__isnull=True).order_by("prescribed_at", "id")


class ChildStrategy(ClinicRow):
    """A strategy prescribed for one child and one or more touches.

    `code` is the accommodation it is, empty for one of the clinic's own. Its words never change, for
    observations name it: other words are another prescription.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="strategies")
    client_id = models.UUIDField()
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120, blank=True, help_text="empty: what the code is called")
    text = models.TextField(blank=True, help_text="to the family, in plain words")
    language = language_field()
    stimuli = codes_field()
    prescribed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prescribed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[models.Manager[ChildStrategy]] = models.Manager.from_queryset(ChildStrategyQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "client_id", name="a_strategy_is_prescribed_once"),
            models.CheckConstraint(
                name="a_prescribed_strategy_is_for_known_stimuli", condition=IS_FOR_KNOWN_STIMULI
            ),
            models.CheckConstraint(
                name="a_prescribed_strategy_has_a_code_or_a_name", condition=~Q(code="", name="")
            ),
        ]
