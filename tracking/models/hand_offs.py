"""How far a caregiver has read what the others did."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clinic.models import Child, ClinicRow, User


class HandOffLook(ClinicRow):
    """Up to when a caregiver has been told what others did with a child."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    looked_until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "user", name="a_hand_off_is_looked_at_up_to_one_point"),
        ]
