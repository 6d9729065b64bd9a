"""Receipts: the answer to each write, kept in the same transaction as its effect."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clinic.models import Child, ClinicRow


class WriteReceipt(ClinicRow):
    """A write that was accepted: same child, id and body again is a replay; another body is a conflict."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    client_id = models.UUIDField()
    base_revision = models.PositiveIntegerField(default=0, help_text="the revision the sender had; 0: new")
    body_hash = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "child", "client_id", "body_hash", "base_revision", name="a_write_is_received_once"
            ),
        ]
