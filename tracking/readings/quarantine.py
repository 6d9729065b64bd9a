"""Entries that arrived after their author's access ended, for the care team."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from clinic.localtime import local_wall
from clinic.models import Clinic, User
from clinic.vocabulary import GrantKind
from tracking.models import QuarantinedEntry
from tracking.sync.bodies import EntryKind
from tracking.sync.quarantine import unpacked
from tracking.sync.rereading import instants_of

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class LateEntry:
    """One that waits. `told` is its body as it was sent, `happened` what the wall showed where it happened.

    `ended_at` is when its author's access ended; `instants` what else it tells of times, by name.
    """

    id: uuid.UUID
    child: uuid.UUID
    child_name: str
    kind: EntryKind
    sent_by: str
    sent_as: GrantKind
    relationship: str
    happened: dt.datetime
    received_at: dt.datetime
    ended_at: dt.datetime
    told: dict[str, Any]
    instants: dict[str, dt.datetime]
    language: str


def waiting_count(user: User, clinic: Clinic) -> int:
    """How many wait in a clinic for this person's team; one statement."""
    return QuarantinedEntry.objects.visible_to(user).waiting().filter(clinic=clinic).count()


def waiting(user: User, clinic: Clinic) -> list[LateEntry]:
    """Everything that waits in a clinic for this person's team, the oldest first; one statement."""
    rows = (
        QuarantinedEntry.objects.visible_to(user)
        .waiting()
        .filter(clinic=clinic)
        .select_related("child", "grant__family", "sent_by")
        .order_by("received_at", "id")
    )
    return [_late(row, clinic) for row in rows[:MOST_SHOWN]]


def _late(row: QuarantinedEntry, clinic: Clinic) -> LateEntry:
    body, grant = unpacked(row.kind, row.body), row.grant
    zone = body.zone or grant.family.zone or clinic.zone
    return LateEntry(
        id=row.pk,
        child=row.child_id,
        child_name=f"{row.child.first_name} {row.child.last_name}".strip(),
        kind=EntryKind(row.kind),
        sent_by=row.sent_by.name,
        sent_as=GrantKind(grant.kind),
        relationship=grant.relationship,
        happened=local_wall(row.happened_at, zone),
        received_at=row.received_at,
        ended_at=min(one for one in (grant.revoked_at, grant.valid_until) if one is not None),
        told={name: value for name, value in row.body.items() if value not in (None, "", [])},
        instants={name: local_wall(one, zone) for name, one in instants_of(body).items()},
        language=body.language or row.sent_by.writes_in,
    )
