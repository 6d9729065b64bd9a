"""Notes of the care team about a child, shared with the guardians or private to their author."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from clinic import audit
from clinic.errors import Forbidden, Invalid, Stale
from clinic.models import Child, User
from clinic.services import values
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Contact, Note
from tracking.services.cosigning import ask_for_cosigning, take_back_draft


@transaction.atomic
def write_note(
    *,
    by: User,
    child: Child,
    body: str,
    is_private: bool = False,
    language: str = "",
    about_entry: uuid.UUID | None = None,
    about_contact: Contact | None = None,
    now: dt.datetime,
) -> Note:
    """A new note; `about_entry` is the client id of the entry it remarks on, `about_contact` the child's.

    Raises Forbidden, Invalid. A shared one of an assistant or student waits for a signature before the family
    reads it. `language` empty: the one its author reads.
    """
    if not policy.may_write_note(by, child):
        raise Forbidden
    if not body.strip():
        raise Invalid(field="body", allowed="text")
    note = Note.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        author=by,
        is_private=is_private,
        body=body,
        language=values.written_in(language, by),
        about_entry=about_entry,
        about_contact=about_contact,
        written_at=now,
    )
    audit.record(AuditCode.WROTE_NOTE, by=by, now=now, clinic_id=child.clinic_id, child=child, subject=note)
    if not is_private:
        ask_for_cosigning(by=by, child=child, subject=note, now=now)
    return note


@transaction.atomic
def rewrite_note(
    *, by: User, note: Note, lock_version: int, body: str, is_private: bool | None = None, now: dt.datetime
) -> Note:
    """The note with another text; its author's alone to change. Raises Stale (412), Forbidden, Invalid."""
    if not policy.may_change_note(by, note):
        raise Forbidden
    if not body.strip():
        raise Invalid(field="body", allowed="text")
    locked = Note.objects.select_for_update().get(pk=note.pk)
    if locked.lock_version != lock_version:
        raise Stale(current=locked.lock_version)
    locked.body = body
    locked.language = by.writes_in
    if is_private is not None:
        locked.is_private = is_private
    locked.lock_version += 1
    locked.save(update_fields=["body", "language", "is_private", "lock_version"])
    audit.record(
        AuditCode.WROTE_NOTE,
        by=by,
        now=now,
        clinic_id=locked.clinic_id,
        child=note.child,
        subject=locked,
        detail="rewritten",
    )
    if locked.is_private:
        take_back_draft(subject=locked, now=now)
    else:
        ask_for_cosigning(by=by, child=note.child, subject=locked, now=now)
    return locked
