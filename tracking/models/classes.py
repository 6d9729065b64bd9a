"""Group classes: their dates and rosters. A family knows only about its own place."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from clinic.models import Child, ClinicMembership, ClinicRow, User
from clinic.models.clinics import keeps_history
from clinic.vocabulary import ADMINISTRATIVE_ROLES
from tracking.models.contacts import LONGEST_CONTACT_MINUTES, ServiceLabel
from tracking.models.library import Preset


class GroupClassQuerySet(models.QuerySet["GroupClass"]):
    def visible_to(self, user: User) -> GroupClassQuerySet:
        """Classes of the clinic for its owner and office; else those one leads, or has a child in."""
        working = ClinicMembership.objects.active().filter(user=user)
        desks = working.with_role(*ADMINISTRATIVE_ROLES)
        own = ClassPlace.objects.open().filter(
            group_class=OuterRef("pk"), child__in=Child.objects.on_team_of(user).values("pk")
        )
        return self.filter(
            Q(clinic__in=desks.values("clinic"))
            | Q(led_by=user, clinic__in=working.values("clinic"))
            | Q(Exists(own))
        )


@keeps_history
class GroupClass(ClinicRow):
    """A class of several families; its title is for staff."""

    title = models.CharField(max_length=120)
    led_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    label = models.ForeignKey(ServiceLabel, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[GroupClass]] = models.Manager.from_queryset(GroupClassQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_class_takes_at_most_a_day",
                condition=Q(minutes__range=(1, LONGEST_CONTACT_MINUTES)),
            ),
        ]


@keeps_history
class ClassDate(ClinicRow):
    """One date of a class, with what is shown that week. Held, called off, or neither yet."""

    group_class = models.ForeignKey(GroupClass, on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField()
    preset = models.ForeignKey(Preset, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    held_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("group_class", "starts_at", name="a_class_is_once_at_a_time"),
            models.CheckConstraint(
                name="a_class_date_is_held_or_called_off",
                condition=Q(held_at__isnull=True) | Q(called_off_at__isnull=True),
            ),
        ]


class ClassPlaceQuerySet(models.QuerySet["ClassPlace"]):
    def open(self) -> ClassPlaceQuerySet:
        return self.filter(until_at__isnull=True)


class ClassPlace(ClinicRow):
    """A child's place in a class, from a moment until a moment."""

    group_class = models.ForeignKey(GroupClass, on_delete=models.CASCADE, related_name="places")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="class_places")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[ClassPlace]] = models.Manager.from_queryset(ClassPlaceQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "group_class",
                "child",
                name="a_child_has_one_place_in_a_class",
                condition=Q(until_at__isnull=True),
            ),
        ]
