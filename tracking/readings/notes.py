"""A child's notes as a reader may see them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from clinic.models import Child, User
from tracking.models import Note
from tracking.models.notes import NoteQuerySet
from tracking.models.supervision import is_unsigned
from tracking.readings.sight import Byline, Sight


@dataclass(frozen=True, slots=True)
class SeenNote:
    """A note. `about_entry` is the client id of the entry it remarks on, `about_contact` the visit it is
    about; both None where it stands alone. One that `is_draft` waits for a signature.
    """

    id: uuid.UUID
    by: Byline
    body: str
    language: str
    is_private: bool
    is_draft: bool
    about_entry: uuid.UUID | None
    about_contact: uuid.UUID | None
    lock_version: int
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
    rows = notes_in_sight(user).filter(child=child)
    if before is not None:
        written_at, row_id = before
        rows = rows.filter(written_at__lte=written_at).exclude(written_at=written_at, id__gte=row_id)
    taken = list(rows.order_by("-written_at", "-id")[: limit + 1])
    shown = taken[:limit]
    return NotePage(
        notes=tuple(seen_note(row, sight) for row in shown),
        next_before=(shown[-1].written_at, shown[-1].pk) if len(taken) > limit else None,
    )


def notes_in_sight(user: User) -> NoteQuerySet:
    """What `user` may read, as `seen_note` needs it."""
    return Note.objects.visible_to(user).annotate(is_draft=is_unsigned(Note)).select_related("author")


def seen_note(note: Note, sight: Sight) -> SeenNote:
    """One of `notes_in_sight` in the reader's sight."""
    return SeenNote(
        id=note.pk,
        by=sight.byline(reported_by_id=note.author_id, name=note.author.name),
        body=note.body,
        language=note.language,
        is_private=note.is_private,
        is_draft=vars(note)["is_draft"],
        about_entry=note.about_entry,
        about_contact=note.about_contact_id,
        lock_version=note.lock_version,
        written_at=note.written_at,
    )
