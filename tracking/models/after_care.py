"""What a family is given when an episode of care ends: words to go on with, and a day for a follow-up."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicRow, Episode, User
from clinic.models.clinics import keeps_history, language_field
from tracking.models.programs import HomeProgram


class AfterCareQuerySet(models.QuerySet["AfterCare"]):
    def visible_to(self, user: User) -> AfterCareQuerySet:
        """For the team, and for everybody who cares for the child: they go on with it."""
        team = Child.objects.read_by_staff(user).values("pk")
        cared_for = Child.objects.cared_for_by(user).values("pk")
        return self.filter(Q(child__in=team) | Q(child__in=cared_for))

    def to_follow_up(self) -> AfterCareQuerySet:
        """Those with a day to look again that nobody has looked at yet."""
        return self.filter(follow_up_on__isnull=False, followed_up_at__isnull=True)


@keeps_history
class AfterCare(ClinicRow):
    """`words` are the maintenance plan, for whoever cares; `summary` is for guardians and the team.

    `program`: an ended one whose steps may go on, unscheduled and without reminders; None: none of them.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    episode = models.OneToOneField(Episode, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    language = language_field()
    program = models.ForeignKey(
        HomeProgram, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    follow_up_on = models.DateField(null=True, blank=True, help_text="the day the clinic looks again")
    followed_up_at = models.DateTimeField(null=True, blank=True)
    followed_up_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager[AfterCare]] = models.Manager.from_queryset(AfterCareQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="only_a_day_to_look_again_is_looked_at",
                condition=Q(followed_up_at__isnull=True) | Q(follow_up_on__isnull=False),
            ),
        ]
