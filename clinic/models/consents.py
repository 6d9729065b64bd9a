"""What a guardian agreed to, in which words, and when they took it back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models.clinics import ClinicRow
from clinic.models.families import Child
from clinic.models.people import User
from clinic.vocabulary import ConsentKind


class Consent(ClinicRow):
    """A guardian's agreement; withdrawing it fills `withdrawn_at` and keeps the row."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="consents")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=20)
    wording_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_consent_is_of_a_known_kind",
                condition=Q(kind__in=[str(kind) for kind in ConsentKind]),
            ),
            models.UniqueConstraint(
                "child",
                "user",
                "kind",
                name="one_open_consent_of_a_kind",
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]
