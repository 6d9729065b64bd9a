"""The supervision log: what supervisor and supervised talked about, and for how long."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import ClinicMembership, ClinicRow, User
from clinic.models.clinics import language_field


class SupervisionQuerySet(models.QuerySet["Supervision"]):
    def visible_to(self, user: User) -> SupervisionQuerySet:
        """For the two of them, while they work in the clinic; an owner reads days and minutes elsewhere."""
        works = ClinicMembership.objects.active().filter(user=user).values("clinic")
        return self.filter(Q(clinic__in=works) & (Q(person=user) | Q(supervisor=user)))


class Supervision(ClinicRow):
    """One conversation. It is added and never changed; a mistake is put right by another."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    discussed = models.TextField(blank=True)
    language = language_field()
    written_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Supervision]] = models.Manager.from_queryset(SupervisionQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="nobody_supervises_themselves", condition=~Q(person=models.F("supervisor"))
            ),
            models.CheckConstraint(
                name="supervision_lasts_1_to_600_minutes", condition=Q(minutes__range=(1, 600))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["clinic", "person", "on", "id"], name="supervision_of_a_person"),
        ]
