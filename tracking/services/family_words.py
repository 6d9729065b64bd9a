"""A household's own words and recordings: written, recorded, shared with the care team, removed."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import Q

from clinic import audit, files
from clinic.errors import Forbidden, Invalid
from clinic.models import Child, Family, User
from clinic.services import values
from clinic.vocabulary import AuditCode, FileKind
from tracking import policy
from tracking.models import FamilyWords, Stroke
from tracking.services.allowed import short_text
from tracking.vocabulary.body import BodyRegion

LONGEST_WORDS = 1000
VERSE = "verse_"
"""Slugs of strokes have no underscore, so no stroke is ever taken for a verse."""


@transaction.atomic
def keep_family_words(
    *,
    by: User,
    child: Child,
    family: Family,
    about: str,
    words: str = "",
    language: str = "",
    is_shared: bool = False,
    recording: bytes | None = None,
    drops_recording: bool = False,
    now: dt.datetime,
) -> FamilyWords:
    """What a household says with a stroke or sings for a region; what it does not say stays the library's.

    `about` is a stroke's slug or "verse_" and a region. `recording` is a file of 2 MB and half a minute at
    most, written anew; None: the one there is stays, unless `drops_recording`. Raises Forbidden, Invalid
    (naming the field), FileTooLarge, NotARecording, RecordingTooLong.
    """
    if not policy.may_change_family_words(by, child, family):
        raise Forbidden
    _known(child, about)
    words = short_text("words", words, most=LONGEST_WORDS)
    Child.objects.select_for_update(of=("self",), no_key=True).get(pk=child.pk)
    row = FamilyWords.objects.filter(child=child, family=family, about=about).first() or FamilyWords(
        clinic_id=child.clinic_id, child=child, family=family, about=about
    )
    before = row.recording
    if recording is not None:
        row.recording = files.save(FileKind.RECORDING, recording, field="recording")
    elif drops_recording:
        row.recording = ""
    if not words and not row.recording:
        raise Invalid(field="words", allowed="text")
    row.words, row.language = words, values.written_in(language, by)
    row.is_shared, row.by, row.at = is_shared, by, now
    row.save()
    if before and before != row.recording:
        transaction.on_commit(partial(files.delete, before))
    _tell(by, row, now, "kept")
    return row


@transaction.atomic
def give_up_family_words(*, by: User, words: FamilyWords, now: dt.datetime) -> None:
    """The library's words stand again, and the recording is gone. Raises Forbidden."""
    if not policy.may_change_family_words(by, words.child, words.family):
        raise Forbidden
    _tell(by, words, now, "given_up")
    if words.recording:
        transaction.on_commit(partial(files.delete, words.recording))
    words.delete()


def _known(child: Child, about: str) -> None:
    if about.startswith(VERSE):
        if about.removeprefix(VERSE) not in frozenset(BodyRegion):
            raise Invalid(field="about", allowed="stroke_or_verse")
    elif not Stroke.objects.filter(Q(clinic__isnull=True) | Q(clinic=child.clinic_id), slug=about).exists():
        raise Invalid(field="about", allowed="stroke_or_verse")


def _tell(by: User, words: FamilyWords, now: dt.datetime, detail: str) -> None:
    audit.record(
        AuditCode.CHANGED_WORDS,
        by=by,
        now=now,
        clinic_id=words.clinic_id,
        child=words.child,
        subject=words,
        detail=detail,
    )
