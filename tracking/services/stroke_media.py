"""A clinic's own pictures and clips of strokes: added, ordered, described, re-encoded, removed."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from functools import partial
from pathlib import PurePosixPath

from django.db import transaction
from django.db.models import Max

from clinic import clips, files, jobs, rls
from clinic.errors import Conflict, DomainError, Forbidden, Invalid
from clinic.models import Clinic, User
from clinic.services import values
from clinic.vocabulary import FileKind
from tracking.models import MediaState, Stroke, StrokeMedia
from tracking.services.allowed import short_text
from tracking.services.library import check_may_change, tell_of

PREPARE_CLIP = "tracking.tasks.prepare_clip"
"""The task's name: it is sent by name and imported by nobody."""

ASK_AGAIN_AFTER = dt.timedelta(seconds=30)
GIVE_UP_AFTER = dt.timedelta(minutes=10)
"""Longer than any clip takes: whoever still works on one by then is gone."""

MOST_OF_A_STROKE = 12

logger = logging.getLogger("littlefoot.media")


class TooManyMedia(Conflict):
    """The stroke has the maximum of the clinic's own pictures and clips, `most`."""

    code = "too_many_media"


@transaction.atomic
def add_media(
    *,
    by: User,
    clinic: Clinic,
    stroke: Stroke,
    kind: str,
    content: bytes,
    alt_text: str,
    language: str = "",
    now: dt.datetime,
) -> StrokeMedia:
    """The clinic's own picture or clip of a stroke, built in or own, with words for those who cannot see it.

    It comes after those that are there. A picture is ready at once; a clip once the worker has drawn it anew.
    Raises FileTooLarge, NotThisKind, TooManyMedia, Invalid, Forbidden.
    """
    check_may_change(by, clinic)
    if kind not in (FileKind.PHOTO, FileKind.CLIP):
        raise Invalid(field="kind", allowed=[str(FileKind.PHOTO), str(FileKind.CLIP)])
    said = short_text("alt_text", alt_text, least=1, most=300)
    if stroke.clinic_id not in (None, clinic.pk):
        raise Forbidden
    there = StrokeMedia.objects.filter(clinic=clinic, stroke=stroke)
    if there.count() >= MOST_OF_A_STROKE:
        raise TooManyMedia(most=MOST_OF_A_STROKE)
    last: int | None = there.aggregate(last=Max("place"))["last"]
    name = files.save(FileKind(kind), content)
    is_ready = kind == FileKind.PHOTO
    media = StrokeMedia.objects.create(
        clinic=clinic,
        stroke=stroke,
        kind=kind,
        place=0 if last is None else last + 1,
        state=MediaState.READY if is_ready else MediaState.WAITING,
        file_name=name if is_ready else "",
        sent_file_name="" if is_ready else name,
        alt_text=said,
        language=values.written_in(language, by),
        uploaded_by=by,
        uploaded_at=now,
    )
    tell_of(by, clinic, media, now, "media_added")
    if not is_ready:
        jobs.enqueue(PREPARE_CLIP, media_id=media.pk)
    return media


@transaction.atomic
def describe_media(
    *, by: User, media: StrokeMedia, alt_text: str, language: str = "", now: dt.datetime
) -> StrokeMedia:
    """The same picture or clip with other words for it. Raises Invalid, Forbidden."""
    check_may_change(by, media.clinic)
    media.alt_text = short_text("alt_text", alt_text, least=1, most=300)
    media.language = values.written_in(language, by)
    media.save(update_fields=["alt_text", "language"])
    tell_of(by, media.clinic, media, now, "media_described")
    return media


@transaction.atomic
def move_media(*, by: User, media: StrokeMedia, is_earlier: bool, now: dt.datetime) -> None:
    """Show a picture or clip one place earlier or later; at the end of the row nothing moves.

    Raises Forbidden.
    """
    check_may_change(by, media.clinic)
    row = list(
        StrokeMedia.objects.select_for_update().filter(clinic=media.clinic, stroke=media.stroke_id).in_order()
    )
    at = next((place for place, one in enumerate(row) if one.pk == media.pk), None)
    if at is None:
        return
    to = min(max(at + (-1 if is_earlier else 1), 0), len(row) - 1)
    row.insert(to, row.pop(at))
    for place, one in enumerate(row):
        one.place = place
    StrokeMedia.objects.bulk_update(row, ["place"])
    tell_of(by, media.clinic, media, now, "media_moved")


@transaction.atomic
def remove_media(*, by: User, media: StrokeMedia, now: dt.datetime) -> None:
    """Take a picture or clip away, its files once the transaction is committed. Raises Forbidden."""
    check_may_change(by, media.clinic)
    tell_of(by, media.clinic, media, now, "media_removed")
    names = (media.file_name, media.sent_file_name)
    media.delete()
    for name in filter(None, names):
        transaction.on_commit(partial(files.delete, name))


# ---- clips ------------------------------------------------------------------------------------------------


def prepare_clip(*, media_id: uuid.UUID) -> None:
    """Draw a clip anew, so that it can be shown; one that cannot be fails with a code that says why.

    Harmless to run twice or at the same time: the row is claimed first. A clip that was taken away meanwhile
    leaves no file behind.
    """
    with rls.acting_as(system="media"), transaction.atomic():
        media = (
            StrokeMedia.objects.select_for_update(skip_locked=True)
            .filter(pk=media_id, state=MediaState.WAITING)
            .first()
        )
        if media is None:
            return
        media.state, media.claimed_at = MediaState.WORKING, rls.now()
        media.save(update_fields=["state", "claimed_at"])
    try:
        with files.open_stored(media.sent_file_name) as sent:
            content = sent.read()
        drawn = clips.drawn_anew(content, PurePosixPath(media.sent_file_name).suffix.removeprefix("."))
        name = files.save(FileKind.CLIP, drawn)
    except DomainError as error:
        _finish(media, state=MediaState.FAILED, failure_code=error.code)
    except Exception:
        _finish(media, state=MediaState.FAILED, failure_code="not_made")
        raise
    else:
        if not _finish(media, state=MediaState.READY, file_name=name):
            files.delete(name)


def sweep_clips(*, now: dt.datetime) -> int:
    """How many clips were found whose message or worker was lost; each is asked for again or given up."""
    waiting = StrokeMedia.objects.filter(
        state=MediaState.WAITING, uploaded_at__lt=now - ASK_AGAIN_AFTER
    ).order_by("uploaded_at", "id")[:100]
    for media in waiting:
        jobs.enqueue(PREPARE_CLIP, media_id=media.pk)
    abandoned = StrokeMedia.objects.filter(
        state=MediaState.WORKING, claimed_at__lt=now - GIVE_UP_AFTER
    ).order_by("claimed_at", "id")[:100]
    for media in abandoned:
        _finish(media, state=MediaState.FAILED, failure_code="not_made")
    return len(waiting) + len(abandoned)


def _finish(media: StrokeMedia, **values: str) -> bool:
    """Whether the clip was there unfinished, and is in its last state now; what was sent is gone."""
    with rls.acting_as(system="media"), transaction.atomic():
        unfinished = StrokeMedia.objects.filter(
            pk=media.pk, state__in=(MediaState.WAITING, MediaState.WORKING)
        )
        is_finished = bool(unfinished.update(sent_file_name="", **values))
        if is_finished:
            transaction.on_commit(partial(files.delete, media.sent_file_name))
    event = f"clip_{values['state']}" if is_finished else "clip_gone"
    logger.info("clip", extra={"event": event, "media_id": str(media.pk)})
    return is_finished
