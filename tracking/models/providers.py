"""The state of each message provider, shared by all workers, so that one finding is enough."""

from __future__ import annotations

from django.db import models

from clinic.models.clinics import new_id


class ProviderStanding(models.Model):
    """How often a provider failed in a row, and until when it is left alone (`tracking.reminders.breakers`).

    `provider` is a channel, with the host behind it where a channel has several. A provider that never failed
    has no row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.CharField(max_length=120, unique=True)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True, blank=True)
    probed_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"provider standing {self.pk}"
