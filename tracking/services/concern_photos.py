"""Photos of a concern: for the care team only, deleted after 90 days unless there is a reason to keep one."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from django.db import transaction

from clinic import audit, files
from clinic.errors import Conflict, Forbidden, IdAlreadyUsed
from clinic.models import Consent, User
from clinic.services import values
from clinic.vocabulary import AuditCode, ConsentKind, FileKind
from tracking import policy
from tracking.models import Concern, ConcernPhoto, PhotoKeeping
from tracking.readings.concerns import PHOTO_KEPT_FOR
from tracking.services.allowed import short_text
from tracking.services.locks import one_at_a_time

MOST_PHOTOS = 10
LONGEST_REASON = 300


class MediaRefused(Conflict):
    """A guardian has withdrawn consent to sharing photos and recordings; the words are kept."""

    code = "media_refused"


class TooManyPhotos(Conflict):
    """A concern cannot have more photos."""

    code = "too_many_photos"


@transaction.atomic
def send_photo(
    *, by: User, concern: Concern, client_id: uuid.UUID, content: bytes, now: dt.datetime
) -> ConcernPhoto:
    """A photo of the concern, drawn anew without place or camera; the same id and file again is a replay.

    Raises Forbidden unless `by` told the concern or is of the team, FileTooLarge (413), NotThisKind (400),
    TooManyPhotos, IdAlreadyUsed or MediaRefused (409).
    """
    if not policy.may_send_photo(by, concern):
        raise Forbidden
    digest = hashlib.sha256(content).hexdigest()
    one_at_a_time(concern.child)
    known = ConcernPhoto.objects.filter(child=concern.child_id, client_id=client_id).first()
    if known is not None:
        if (known.concern_id, known.sent_by_id, known.content_hash) != (concern.pk, by.pk, digest):
            raise IdAlreadyUsed(field="id")
        return known
    if Consent.objects.standing_withdrawals().filter(child=concern.child_id, kind=ConsentKind.MEDIA).exists():
        raise MediaRefused
    if concern.photos.count() >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    photo = ConcernPhoto.objects.create(
        clinic_id=concern.clinic_id,
        child=concern.child,
        concern=concern,
        client_id=client_id,
        file_name=files.save(FileKind.PHOTO, content, field="photo"),
        content_hash=digest,
        sent_by=by,
        sent_at=now,
    )
    _tell(AuditCode.RAISED_CONCERN, by, photo, now)
    return photo


@transaction.atomic
def look_at_photo(*, by: User, photo: ConcernPhoto, now: dt.datetime) -> str:
    """The name of its file (`clinic.files`), once the look is written down. Raises Forbidden."""
    if not policy.may_view_photo(by, photo):
        raise Forbidden
    _tell(AuditCode.VIEWED_PHOTO, by, photo, now)
    return photo.file_name


@transaction.atomic
def keep_photo(
    *, by: User, photo: ConcernPhoto, reason: str, language: str = "", now: dt.datetime
) -> PhotoKeeping:
    """Keep a photo beyond its 90 days; the first reason stands. Raises Forbidden, Invalid (`reason`)."""
    if not policy.may_keep_photo(by, photo):
        raise Forbidden
    said = short_text("reason", reason, least=1, most=LONGEST_REASON)
    ConcernPhoto.objects.select_for_update().get(pk=photo.pk)
    keeping, is_new = PhotoKeeping.objects.get_or_create(
        photo=photo,
        ended_at=None,
        defaults={
            "clinic_id": photo.clinic_id,
            "by": by,
            "at": now,
            "reason": said,
            "language": values.written_in(language, by),
        },
    )
    if is_new:
        _tell(AuditCode.KEPT_PHOTO, by, photo, now)
    return keeping


@transaction.atomic
def keep_photo_no_longer(*, by: User, photo: ConcernPhoto, now: dt.datetime) -> None:
    """The photo goes after its 90 days again; one that is older, the next night, unless it is kept anew.

    Raises Forbidden.
    """
    if not policy.may_keep_photo(by, photo):
        raise Forbidden
    ConcernPhoto.objects.select_for_update().get(pk=photo.pk)
    if PhotoKeeping.objects.filter(photo=photo, ended_at__isnull=True).update(ended_by=by, ended_at=now):
        _tell(AuditCode.KEPT_PHOTO, by, photo, now, detail="no_longer")


@transaction.atomic
def remove_old_photos(*, now: dt.datetime, limit: int) -> int:
    """How many photos were removed, row and file, of the first `limit` that are older than 90 days.

    The file goes first: a row left behind by a crash is found again by the next night, a file would not be.
    """
    old = (
        ConcernPhoto.objects.sent_before(now - PHOTO_KEPT_FOR).order_by("sent_at", "id").values("pk")[:limit]
    )
    locked = list(ConcernPhoto.objects.filter(pk__in=old).select_for_update(skip_locked=True).values("pk"))
    # Asked again under the lock: somebody may have kept one in the meantime.
    held = ConcernPhoto.objects.filter(pk__in=[row["pk"] for row in locked])
    going = held.sent_before(now - PHOTO_KEPT_FOR)
    for photo in (removed := list(going)):
        files.delete(photo.file_name)
        photo.delete()
    return len(removed)


def _tell(code: AuditCode, by: User, photo: ConcernPhoto, now: dt.datetime, *, detail: str = "photo") -> None:
    audit.record(
        code,
        by=by,
        now=now,
        clinic_id=photo.clinic_id,
        child=photo.child,
        subject=photo,
        detail=detail,
    )
