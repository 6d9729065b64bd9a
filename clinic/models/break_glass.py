"""Emergency access: opening a child's record without being on the care team, for a limited time."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clinic.models.clinics import ClinicRow, language_field
from clinic.models.families import Child
from clinic.models.people import ClinicMembership, User
from clinic.rls import Now
from clinic.vocabulary import Role

LEAST_REASON = 20
LASTS = dt.timedelta(hours=4)


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    def open(self) -> BreakGlassQuerySet:
        """Those that open a record now: begun, not run out, not ended."""
        return self.filter(opened_at__lte=Now(), until_at__gt=Now(), ended_at__isnull=True)

    def visible_to(self, user: User) -> BreakGlassQuerySet:
        """One's own, those of children on whose team one is, and for an owner the clinic's."""
        owned = ClinicMembership.objects.active().filter(user=user).with_role(Role.OWNER)
        here = ClinicMembership.objects.active().filter(user=user)
        return self.filter(
            Q(opened_by=user, clinic__in=here.values("clinic"))
            | Q(clinic__in=owned.values("clinic"))
            | Q(child__in=Child.objects.on_team_of(user).values("pk"))
        )

    def unreviewed(self) -> BreakGlassQuerySet:
        return self.filter(reviewed_at__isnull=True)


class BreakGlass(ClinicRow):
    """Somebody of the clinic read a child's record without a place on its team, and said why.

    It ends by itself, without any job. `ended_at` is when its opener ended it earlier; None: not. It is
    listed until an owner has reviewed it.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="broken_glass")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    language = language_field()
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    review = models.TextField(blank=True)
    review_language = language_field()

    objects: ClassVar[models.Manager[BreakGlass]] = models.Manager.from_queryset(BreakGlassQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_broken_glass_has_a_reason", condition=Q(reason__regex=f".{{{LEAST_REASON},}}")
            ),
            models.CheckConstraint(
                name="a_broken_glass_lasts_four_hours_at_most",
                condition=Q(until_at__gt=F("opened_at")) & Q(until_at__lte=F("opened_at") + LASTS),
            ),
            models.CheckConstraint(
                name="a_review_is_somebodys_and_says_something",
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, review="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(review="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["opened_by", "until_at"], name="broken_glass_of_a_person"),
            models.Index(fields=["clinic", "opened_at", "id"], name="broken_glass_of_a_clinic"),
        ]

    def is_open(self, now: dt.datetime) -> bool:
        return self.ended_at is None and self.opened_at <= now < self.until_at
