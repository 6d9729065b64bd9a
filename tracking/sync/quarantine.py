"""When an entry from somebody whose access ended is kept for the care team, and how its body is stored.

Our own rule (docs/adr/0035): it happened while they still cared for the child, and came within two weeks of
the end.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
import uuid
from decimal import Decimal
from typing import Any

from tracking.sync.bodies import BedtimeBody, EntryBody, EntryKind, ObservationBody, SessionBody
from tracking.sync.receipts import plain

KEPT_FOR = dt.timedelta(days=14)

BODIES: dict[str, type[EntryBody]] = {
    EntryKind.SESSION: SessionBody,
    EntryKind.BEDTIME: BedtimeBody,
    EntryKind.OBSERVATION: ObservationBody,
}
"""What may wait. Whether a tracked touch came up names a row its sender sees no longer."""


def is_for_the_team(*, happened_at: dt.datetime, ended_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a write is kept, by the time it can be believed to have happened."""
    return happened_at < ended_at and now - ended_at <= KEPT_FOR


def packed(body: EntryBody) -> dict[str, Any]:
    """The body as JSON."""
    return {field.name: plain(getattr(body, field.name)) for field in dataclasses.fields(body)}


def unpacked(kind: str, told: dict[str, Any]) -> EntryBody:
    """The body that was packed."""
    body: EntryBody = _read(BODIES[kind], told)
    return body


def _read(kind: Any, told: Any) -> Any:
    if told is None:
        return None
    if isinstance(kind, types.UnionType):
        (kind,) = [one for one in typing.get_args(kind) if one is not types.NoneType]
    if typing.get_origin(kind) is tuple:
        return tuple(_read(typing.get_args(kind)[0], one) for one in told)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{name: _read(hints[name], value) for name, value in told.items()})  # type: ignore[operator]  # a class
    if kind is dt.datetime:
        return dt.datetime.fromisoformat(told)
    return kind(told) if kind in (uuid.UUID, Decimal) else told
