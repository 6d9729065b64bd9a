"""Weekly check-ins: how it was for a caregiver, read by them and the care team only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import CaregiverGrant, Child, ClinicRow, User
from clinic.models.clinics import language_field


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, user: User) -> CheckInQuerySet:
        """One's own while one cares for the child; its team reads all that were not taken back.

        Never another caregiver's, whatever the sharing mode says; never owner or office.
        """
        granted = CaregiverGrant.objects.filter(user=user).valid().values("child")
        return self.filter(
            Q(author=user, child__in=granted)
            | Q(child__in=Child.objects.on_team_of(user).values("pk"), withdrawn_at__isnull=True)
        )

    def counted(self) -> CheckInQuerySet:
        return self.filter(withdrawn_at__isnull=True)


class CheckIn(ClinicRow):
    """One answer for one week, or that it was left out (`is_left`), which needs no reason.

    `how_it_was` is 1 (easy) to 5 (too much), `how_sure` 1 (not at all) to 5 (very); None: no answer.
    `week_on` is the Monday of the local week it is about. `words` are read by people and by no program.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="check_ins")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField()
    week_on = models.DateField()
    how_it_was = models.PositiveSmallIntegerField(null=True, blank=True)
    how_sure = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    language = language_field()
    is_left = models.BooleanField(default=False)
    told_at = models.DateTimeField()
    received_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    body_hash = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[CheckIn]] = models.Manager.from_queryset(CheckInQuerySet)()

    class Meta:
        constraints: ClassVar = [
            # Unique for its author alone: nobody can ask by an id whether another has checked in.
            models.UniqueConstraint("child", "author", "client_id", name="a_check_in_is_told_once"),
            models.CheckConstraint(
                name="how_it_was_is_1_to_5",
                condition=Q(how_it_was__isnull=True) | Q(how_it_was__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="how_sure_is_1_to_5", condition=Q(how_sure__isnull=True) | Q(how_sure__range=(1, 5))
            ),
            models.CheckConstraint(
                name="a_check_in_left_out_says_nothing",
                condition=Q(is_left=False) | Q(how_it_was__isnull=True, how_sure__isnull=True, words=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["child", "author", "week_on", "id"], name="check_ins_by_author"),
        ]
