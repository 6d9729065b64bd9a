"""Receipts of writes: a repeated write gets the same answer (docs/adr/0005)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from clinic.models import Child
from clinic.prepared import Prepared
from tracking.models import WriteReceipt
from tracking.sync.bodies import EntryBody

NOT_COMPARED = frozenset({"sent_at"})


@dataclass(frozen=True, slots=True)
class Receipts:
    """Every write received under one id of a child."""

    kept: tuple[WriteReceipt, ...]

    def of(self, *, body_hash: str, base_revision: int) -> WriteReceipt | None:
        """The receipt of exactly this write, if it came before."""
        for receipt in self.kept:
            if receipt.body_hash == body_hash and receipt.base_revision == base_revision:
                return receipt
        return None

    def is_of_another_kind(self, kind: str) -> bool:
        return any(receipt.kind != kind for receipt in self.kept)


def receipts_of(child: Child, client_id: uuid.UUID) -> Receipts:
    """The receipts of one id, in one statement."""
    return Receipts(tuple(_receipts(child=child.pk, client_id=client_id)))


def _kept(child: uuid.UUID, client_id: uuid.UUID) -> QuerySet[WriteReceipt]:
    return WriteReceipt.objects.filter(child=child, client_id=client_id).order_by("id")


_receipts = Prepared(_kept)


def keep_receipt(
    *,
    child: Child,
    kind: str,
    client_id: uuid.UUID,
    base_revision: int,
    body_hash: str,
    revision: int,
    now: dt.datetime,
) -> WriteReceipt:
    """Store the receipt beside its effect, in the same transaction."""
    return WriteReceipt.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        kind=kind,
        client_id=client_id,
        base_revision=base_revision,
        body_hash=body_hash,
        revision=revision,
        received_at=now,
    )


def body_hash(kind: str, body: EntryBody) -> str:
    """SHA-256 of what a body says, in hexadecimal; instants are compared whatever their offset."""
    return digest_of(kind, body)


def digest_of(kind: str, body: Any) -> str:
    """SHA-256 of what a dataclass of any kind of write says, in hexadecimal."""
    told = {
        field.name: plain(getattr(body, field.name))
        for field in dataclasses.fields(body)
        if field.name not in NOT_COMPARED
    }
    return _digest({"kind": kind, **told})


def verb_hash(verb: str) -> str:
    """The hash of a write without a body, such as a withdrawal."""
    return _digest({"verb": verb})


def _digest(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as JSON has it, the same for the same instant or number however it was written."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize() + 0)
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value
