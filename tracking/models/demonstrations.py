"""What caregivers were shown, and how far each of them got. Rows are added; the latest counts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from clinic.models import CaregiverGrant, Child, ClinicRow, Family, User
from clinic.models.clinics import language_field
from tracking.models.contacts import Contact
from tracking.models.supervision import is_unsigned
from tracking.vocabulary.teaching import ShownWith, TaughtLevel, Teachable


class DemonstrationQuerySet(models.QuerySet["Demonstration"]):
    def visible_to(self, user: User) -> DemonstrationQuerySet:
        """The team reads all; a guardian what was shown in their own household, once it is signed."""
        team = Child.objects.read_by_staff(user).values("pk")
        of_household = (
            CaregiverGrant.objects.valid()
            .guardians()
            .filter(user=user, child=OuterRef("child"), family=OuterRef("family"))
        )
        return self.filter(Q(child__in=team) | Q(Exists(of_household)) & ~is_unsigned(Demonstration))

    def signed(self) -> DemonstrationQuerySet:
        """Those that count for a family: no draft of somebody supervised."""
        return self.filter(~is_unsigned(Demonstration))


class Demonstration(ClinicRow):
    """One thing shown to one caregiver, who has a grant or only a name; `family` is their household."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="demonstrations")
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="demonstrations"
    )
    grant = models.ForeignKey(
        CaregiverGrant, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    caregiver_name = models.CharField(max_length=120, blank=True, help_text="of somebody without an account")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=20)
    stroke_slug = models.SlugField(max_length=60, blank=True)
    shown_with = models.CharField(max_length=10)
    level = models.CharField(max_length=10)
    language = language_field()
    shown_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    shown_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Demonstration]] = models.Manager.from_queryset(DemonstrationQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_demonstration_is_to_a_caregiver_by_grant_or_name",
                condition=Q(grant__isnull=False, caregiver_name="")
                | Q(grant__isnull=True) & ~Q(caregiver_name=""),
            ),
            models.CheckConstraint(
                name="a_demonstration_of_a_stroke_names_it",
                condition=Q(what=Teachable.STROKE) & ~Q(stroke_slug="")
                | ~Q(what=Teachable.STROKE) & Q(stroke_slug=""),
            ),
            models.CheckConstraint(
                name="a_demonstration_shows_something_known",
                condition=Q(what__in=[str(what) for what in Teachable]),
            ),
            models.CheckConstraint(
                name="a_demonstration_is_on_child_doll_or_video",
                condition=Q(shown_with__in=[str(one) for one in ShownWith]),
            ),
            models.CheckConstraint(
                name="a_demonstration_is_at_a_known_level",
                condition=Q(level__in=[str(level) for level in TaughtLevel]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["child", "shown_at", "id"], name="demonstrations_of_a_child")
        ]
