"""Sign-in codes that the care team gives to people without an e-mail address."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models.clinics import ClinicRow
from clinic.models.families import Child
from clinic.models.people import User
from clinic.rls import Now


class SignInCodeQuerySet(models.QuerySet["SignInCode"]):
    def open(self) -> SignInCodeQuerySet:
        """Codes that can still be used."""
        return self.filter(used_at__isnull=True, ended_at__isnull=True, expires_at__gt=Now())


class SignInCode(ClinicRow):
    """One code, single use; only its hash is kept. Who gave it is told to its owner, and the row stays."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when a newer one took its place")

    objects: ClassVar[models.Manager[SignInCode]] = models.Manager.from_queryset(SignInCodeQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "user",
                "clinic",
                name="one_open_sign_in_code_a_person_and_clinic",
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
            ),
        ]
