"""A child's notes as a reader may see them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from clinic.models import Child, User
from tracking.models import Note
from tracking.readings.sight import Byline, Sight


@dataclass(frozen=True, slots=True)
class SeenNote:
    """A note. `about_entry` is the client id of the entry it remarks on, None where it stands alone."""

    id: uuid.UUID
    by: Byline
    body: str
    language: str
    is_private: bool
    about_entry: uuid.UUID | None
    written_at: dt.datetime


@dataclass(frozen=True, slots=True)
class NotePage:
    """Notes newest first, and where the next page begins: (written at, row id), None at the end."""

    notes: tuple[SeenNote, ...]
    next_before: tuple[dt.datetime, uuid.UUID] | None


def page_of_notes(
    user: User,
    child: Child,
    sight: Sight,
    *,
    limit: int = 50,
    before: tuple[dt.datetime, uuid.UUID] | None = None,
) -> NotePage:
    """What `user` may read of a child's notes, in pages by key; one statement."""
    rows = Note.objects.visible_to(user).filter(child=child)
    if before is not None:
        written_at, row_id = before
        rows = rows.filter(written_at__lte=written_at).exclude(written_at=written_at, id__gte=row_id)
    taken = list(
        rows.order_by("-written_at", "-id").values(
            "id", "author_id", "author__name", "body", "language", "is_private", "about_entry", "written_at"
        )[: limit + 1]
    )
    shown = taken[:limit]
    return NotePage(
        notes=tuple(
            SeenNote(
                id=row["id"],
                by=sight.byline(reported_by_id=row["author_id"], name=row["author__name"]),
                body=row["body"],
                language=row["language"],
                is_private=row["is_private"],
                about_entry=row["about_entry"],
                written_at=row["written_at"],
            )
            for row in shown
        ),
        next_before=(shown[-1]["written_at"], shown[-1]["id"]) if len(taken) > limit else None,
    )
