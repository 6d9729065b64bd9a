"""Who did what and who saw whom: ids and event codes, never words."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from clinic.models.clinics import new_id


class TransactionIdField(models.BigIntegerField):  # type: ignore[type-arg]  # not generic when it runs
    """The transaction that wrote a row: PostgreSQL's 64-bit counter.

    Whatever is below `pg_snapshot_xmin(pg_current_snapshot())` has ended: nothing can turn up among it later.
    """

    def db_type(self, connection: Any) -> str:  # noqa: ARG002  # Django's signature
        return "xid8"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        told = super().get_db_prep_value(value, connection, prepared)
        return str(told) if isinstance(told, int) else told

    def from_db_value(self, value: Any, *_: Any) -> int | None:
        return None if value is None else int(value)


class ThisTransaction(models.Func):
    """The id of the transaction that runs this."""

    function = "pg_current_xact_id"
    arity = 0
    output_field = TransactionIdField()


class OldestOpen(models.Func):
    """The oldest transaction that is still open; every one before it has ended."""

    template = "pg_snapshot_xmin(pg_current_snapshot())"
    arity = 0
    output_field = TransactionIdField()


class AuditEvent(models.Model):
    """One thing that happened. Append-only: the application may insert and read, a trigger refuses more.

    Ids are plain columns, not foreign keys: the audit outlives what it speaks of and is written without a
    lock on it. A read is one row per actor, child, view and hour; `hour` is null for everything else.

    A new column changes how rows are sealed: `clinic.chain` says how. That `code` is an AuditCode is held by
    a constraint of the database alone, to which a migration adds (`clinic.migrating.know_audit_codes`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clinic_id = models.UUIDField(null=True, help_text="empty: nobody's clinic (a refused stranger)")
    at = models.DateTimeField()
    hour = models.DateTimeField(null=True)
    actor_id = models.UUIDField(null=True)
    code = models.CharField(max_length=40)
    child_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True)
    detail = models.CharField(max_length=60, blank=True, help_text="a code, never a word of anybody's")
    # Not a default of the database alone: Django would ask for what it became, and whoever writes a row may
    # not be among those who read it.
    written_in = TransactionIdField(default=ThisTransaction, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "actor_id",
                "child_id",
                "code",
                "hour",
                name="a_read_is_one_row_an_hour",
                condition=Q(hour__isnull=False),
                nulls_distinct=False,
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["clinic_id", "at", "id"], name="audit_of_a_clinic"),
            models.Index(fields=["child_id", "at", "id"], name="audit_of_a_child"),
            models.Index(fields=["clinic_id", "written_in", "id"], name="audit_as_it_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"audit event {self.pk}"


class AuditSeal(models.Model):
    """That an audit row is a place of its clinic's chain, and its hash there (`clinic.chain`). Append-only.

    Apart from the row, which is never touched again. Rows of nobody's clinic have a chain of their own.
    """

    event_id = models.UUIDField(primary_key=True, editable=False)
    clinic_id = models.UUIDField(null=True)
    position = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    written_in = TransactionIdField(help_text="the row's own, so that the chain's end knows its place")
    sealed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "clinic_id", "position", name="a_chain_has_one_row_at_a_place", nulls_distinct=False
            ),
            models.CheckConstraint(name="a_chain_begins_at_1", condition=Q(position__gte=1)),
        ]

    def __str__(self) -> str:
        return f"audit seal {self.pk}"
