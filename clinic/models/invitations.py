"""Invitations to care for a child."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models.clinics import ClinicRow
from clinic.models.families import Child, Family
from clinic.models.people import User
from clinic.rls import Now
from clinic.vocabulary import GrantKind


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Invitations that can still be accepted."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=Now())


class Invitation(ClinicRow):
    """An offer of access to one child, single use; only hashes of its token and typed code are kept."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="invitations")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    relationship = models.CharField(max_length=60, blank=True)
    email = models.EmailField(null=True, blank=True, help_text="bound to this address where given")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Invitation]] = models.Manager.from_queryset(InvitationQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_invitation_is_to_a_guardian_or_a_caregiver",
                condition=Q(kind__in=[str(kind) for kind in GrantKind]),
            ),
        ]
