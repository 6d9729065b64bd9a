"""Copies of a child's record as their taker sees them: progress and expiry."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from clinic.models import Child, User
from tracking.models import CopyFor, ExportFormat, ExportState, RecordExport
from tracking.wording import labels

SHOWN = 5


@dataclass(frozen=True, slots=True)
class SeenExport:
    """One copy. `percent` is how much of it is made, 0-100; `expires_at` None until it is made."""

    id: uuid.UUID
    copy_for: CopyFor
    asked_at: dt.datetime
    file_format: ExportFormat
    state: ExportState
    percent: int
    failure_code: str
    finished_at: dt.datetime | None
    expires_at: dt.datetime | None
    byte_count: int | None

    @property
    def written_as(self) -> str:
        """Its format in words."""
        return labels.label(ExportFormat, self.file_format)

    @property
    def is_under_way(self) -> bool:
        return self.state in (ExportState.ASKED, ExportState.WORKING)

    @property
    def is_ready(self) -> bool:
        return self.state == ExportState.READY

    @property
    def is_expired(self) -> bool:
        return self.state == ExportState.EXPIRED


def exports_of(
    user: User, child: Child, *, copy_for: CopyFor | None = None, now: dt.datetime
) -> tuple[SeenExport, ...]:
    """One's own latest copies, of one kind or (None) of both, newest first; one statement."""
    rows = RecordExport.objects.visible_to(user).filter(child=child).order_by("-asked_at", "-id")
    if copy_for is not None:
        rows = rows.filter(copy_for=copy_for)
    return tuple(seen_export(row, now=now) for row in rows[:SHOWN])


def seen_export(row: RecordExport, *, now: dt.datetime) -> SeenExport:
    """What there is of it now: the time of one that is ready may be over before it was swept."""
    is_over = row.state == ExportState.READY and row.expires_at is not None and row.expires_at <= now
    return SeenExport(
        id=row.pk,
        copy_for=CopyFor(row.copy_for),
        asked_at=row.asked_at,
        file_format=ExportFormat(row.file_format),
        state=ExportState.EXPIRED if is_over else ExportState(row.state),
        percent=row.progress_percent,
        failure_code=row.failure_code,
        finished_at=row.finished_at,
        expires_at=row.expires_at,
        byte_count=row.byte_count,
    )
