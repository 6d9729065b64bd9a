"""Safeguarding notes: read only by their author and the clinic's named leads."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicMembership, ClinicRow, User
from clinic.models.clinics import language_field
from clinic.rls import Now


class SafeguardingLeadQuerySet(models.QuerySet["SafeguardingLead"]):
    def active(self) -> SafeguardingLeadQuerySet:
        """Leads named today. Whoever stopped working in the clinic reads nothing by it any more."""
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=Now()))


class SafeguardingLead(ClinicRow):
    """Somebody of the staff whom an owner has named to read safeguarding notes, from a moment until one."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    until_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[models.Manager[SafeguardingLead]] = models.Manager.from_queryset(
        SafeguardingLeadQuerySet
    )()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "clinic", "user", name="a_lead_is_named_once", condition=Q(until_at__isnull=True)
            ),
        ]


class SafeguardingNoteQuerySet(models.QuerySet["SafeguardingNote"]):
    def visible_to(self, user: User) -> SafeguardingNoteQuerySet:
        """One's own, and for a named lead those of the clinic; for whoever works there still."""
        works = ClinicMembership.objects.active().filter(user=user).values("clinic")
        leads = SafeguardingLead.objects.active().filter(user=user).values("clinic")
        return self.filter(Q(clinic__in=works) & (Q(author=user) | Q(clinic__in=leads)))


class SafeguardingNote(ClinicRow):
    """What somebody saw or heard, as they wrote it. Nothing changes or removes it; more follows it.

    The database itself shows it to nobody else (`littlefoot_safeguarding_clinics`).
    """

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    language = language_field()
    written_at = models.DateTimeField()
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )

    objects: ClassVar[models.Manager[SafeguardingNote]] = models.Manager.from_queryset(
        SafeguardingNoteQuerySet
    )()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["clinic", "written_at", "id"], name="safeguarding_notes_of_a_clinic"),
        ]
