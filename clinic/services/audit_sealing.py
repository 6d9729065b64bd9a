"""Sealing the audit: adding a clinic's rows to its hash chain, some time after they were written.

Rows are written without a lock, so none can know its predecessor. The sealer reads later, below every open
transaction, where no row can appear any more, and orders rows by transaction and id (docs/adr/0026).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q

from clinic import chain
from clinic.models import AuditEvent, AuditSeal
from clinic.models.audit import OldestOpen, TransactionIdField

JOB = "sealing"
"""The named job that reads every chain and writes seals, and nothing else."""

SEALED_AT_ONCE = 1000


class NextToBegin(models.Func):
    """The transaction that would begin next: no row of this database server is of it or a later one."""

    template = "pg_snapshot_xmax(pg_current_snapshot())"
    arity = 0
    output_field = TransactionIdField()


def chains() -> Iterator[uuid.UUID | None]:
    """Every clinic that has audit rows, and None for the rows of nobody's clinic; a statement each."""
    clinic_id = AuditEvent.objects.order_by("clinic_id").values_list("clinic_id", flat=True).first()
    while clinic_id is not None:
        yield clinic_id
        later = AuditEvent.objects.filter(clinic_id__gt=clinic_id)
        clinic_id = later.order_by("clinic_id").values_list("clinic_id", flat=True).first()
    yield None


def seal(*, clinic_id: uuid.UUID | None, now: dt.datetime, limit: int = SEALED_AT_ONCE) -> int:
    """How many rows of one chain were sealed, oldest first; 0 also where another sealer is at it.

    Sealing is repeatable: what is sealed stays as it is, and what is not is found again.
    """
    if not _begin(clinic_id):
        return 0
    last = end_of(clinic_id)
    position, digest = (last.position, last.digest) if last else (0, chain.BEGINNING)
    seals = []
    for event in _waiting(clinic_id, last, limit):
        position, digest = position + 1, chain.digest(row_of(event), digest)
        seals.append(
            AuditSeal(
                event_id=event.pk,
                clinic_id=clinic_id,
                position=position,
                digest=digest,
                written_in=event.written_in,
                sealed_at=now,
            )
        )
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


def end_of(clinic_id: uuid.UUID | None) -> AuditSeal | None:
    """The last seal of a chain; None where nothing is sealed."""
    return AuditSeal.objects.filter(of_clinic(clinic_id)).order_by("-position").first()


def row_of(event: AuditEvent) -> chain.Row:
    """An audit row as it is sealed."""
    return chain.Row(**{column: getattr(event, column) for column in chain.COLUMNS})


def of_clinic(clinic_id: uuid.UUID | None) -> Q:
    return Q(clinic_id__isnull=True) if clinic_id is None else Q(clinic_id=clinic_id)


def unsealed(clinic_id: uuid.UUID | None) -> models.QuerySet[AuditEvent]:
    """Every row of a chain that has no seal."""
    sealed = AuditSeal.objects.filter(event_id=OuterRef("pk"))
    return AuditEvent.objects.filter(of_clinic(clinic_id)).exclude(Exists(sealed))


def behind(end: AuditSeal) -> Q:
    """Rows that should have been sealed before the end of the chain was."""
    return Q(written_in__lt=end.written_in) | Q(written_in=end.written_in, id__lte=end.event_id)


def _waiting(clinic_id: uuid.UUID | None, end: AuditSeal | None, limit: int) -> list[AuditEvent]:
    """The next rows to seal, in order; never one that was put behind the end of the chain since.

    A database restored on another server counts its transactions anew. Rows brought along that were not
    sealed there have numbers from its future; they come first. After that the end is of this server again.
    """
    rows = unsealed(clinic_id).order_by("written_in", "id")
    if end is not None and not _is_brought_along(end):
        # What is not `behind` it, in words that an index understands.
        after = Q(written_in__gt=end.written_in) | Q(id__gt=end.event_id)
        rows = rows.filter(after, written_in__gte=end.written_in)
    brought_along = list(rows.filter(written_in__gte=NextToBegin())[:limit])
    return brought_along or list(rows.filter(written_in__lt=OldestOpen())[:limit])


def _is_brought_along(end: AuditSeal) -> bool:
    return AuditSeal.objects.filter(pk=end.pk, written_in__gte=NextToBegin()).exists()


def _begin(clinic_id: uuid.UUID | None) -> bool:
    """Take the chain until the transaction ends, if nobody has it."""
    with connection.cursor() as cursor:
        lock = f"chain of {clinic_id}"
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
        (is_free,) = cursor.fetchone()
    return bool(is_free)
