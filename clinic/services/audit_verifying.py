"""Verifying a chain of the audit against its rows, and against heads kept elsewhere."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min

from clinic import chain
from clinic.chain import Fault, Finding, Head, Link
from clinic.errors import Invalid
from clinic.models import AuditEvent, AuditSeal
from clinic.services.audit_sealing import behind, end_of, of_clinic, row_of, unsealed

READ_AT_ONCE = 2000
MOST_FINDINGS = 100


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of a look at a chain. `findings` are at most a hundred, by position.

    `unsealed` rows wait for the sealer, the oldest since `unsealed_since` (None: none does).
    """

    clinic_id: uuid.UUID | None
    head: Head
    findings: tuple[Finding, ...]
    unsealed: int
    unsealed_since: dt.datetime | None


@dataclass(frozen=True, slots=True)
class KeptHead:
    """The head of a clinic's chain as it was exported, to be kept where nobody of this server can write."""

    clinic_id: uuid.UUID | None
    head: Head
    at: dt.datetime

    def told(self) -> dict[str, Any]:
        """As it is exported; `kept_heads` reads it again."""
        return {
            "clinic": str(self.clinic_id) if self.clinic_id else None,
            "position": self.head.position,
            "digest": self.head.digest,
            "at": self.at.isoformat(),
        }


def verify(clinic_id: uuid.UUID | None, *, kept: Iterable[KeptHead] = ()) -> Verified:
    """Look at every row of a chain, and at the heads of it among `kept`. Reads only."""
    heads = [one.head for one in kept if one.clinic_id == clinic_id]
    findings = list(itertools.islice(chain.faults(links(clinic_id), kept=heads), MOST_FINDINGS))
    end = end_of(clinic_id)
    waiting = unsealed(clinic_id)
    if end:
        findings += _put_behind(clinic_id, end)
        waiting = waiting.exclude(behind(end))
    tail = waiting.aggregate(count=Count("pk"), since=Min("at"))
    return Verified(clinic_id, _head(end), tuple(findings[:MOST_FINDINGS]), tail["count"], tail["since"])


def head(clinic_id: uuid.UUID | None, *, now: dt.datetime) -> KeptHead:
    """How far a chain has come."""
    return KeptHead(clinic_id, _head(end_of(clinic_id)), now)


def kept_heads(text: str) -> list[KeptHead]:
    """Heads as they were exported, one JSON object a line. Raises Invalid for anything else."""
    try:
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        return [
            KeptHead(
                uuid.UUID(line["clinic"]) if line["clinic"] else None,
                Head(int(line["position"]), str(line["digest"])),
                dt.datetime.fromisoformat(line["at"]),
            )
            for line in lines
        ]
    except (ValueError, TypeError, KeyError):
        raise Invalid(field="heads", allowed="exported") from None


def _head(end: AuditSeal | None) -> Head:
    return Head(end.position, end.digest) if end else Head(0, chain.BEGINNING)


def links(clinic_id: uuid.UUID | None) -> Iterator[Link]:
    """Every place of a chain by position, two statements for each two thousand."""
    seals = AuditSeal.objects.filter(of_clinic(clinic_id)).order_by("position")
    batch = list(seals[:READ_AT_ONCE])
    while batch:
        events = AuditEvent.objects.in_bulk([seal.event_id for seal in batch])
        for seal in batch:
            event = events.get(seal.event_id)
            row = row_of(event) if event else None
            yield Link(seal.position, seal.digest, seal.event_id, row)
        batch = list(seals.filter(position__gt=batch[-1].position)[:READ_AT_ONCE])


def _put_behind(clinic_id: uuid.UUID | None, end: AuditSeal) -> Iterator[Finding]:
    """Rows without a seal that say they were written before the end of the chain was."""
    for event in unsealed(clinic_id).filter(behind(end)).order_by("written_in", "id")[:MOST_FINDINGS]:
        earlier = AuditSeal.objects.filter(of_clinic(clinic_id), written_in__lte=event.written_in)
        before = earlier.order_by("-position").values_list("position", flat=True).first()
        yield Finding(Fault.INSERTED, before or 0, event.pk)
