"""Copies of the record: ask for one, make it in the worker, fetch it, let it expire."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import translation

from clinic import access, audit, files, jobs, rls
from clinic.errors import Conflict, DomainError, Forbidden, Unseen
from clinic.models import CaregiverGrant, Child, User
from clinic.policy import places
from clinic.rls import Now
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import CopyFor, ExportFormat, ExportState, RecordExport
from tracking.models.exports import UNDER_WAY
from tracking.readings.sight import sight_of
from tracking.reports.copies.archive import Archive
from tracking.reports.copies.kinds import COPIES
from tracking.reports.copies.packing import Pack
from tracking.reports.copies.tables import Taker

logger = logging.getLogger("littlefoot.exports")

MAKE_EXPORT = "tracking.tasks.make_export"
SYSTEM = "exports"
KEPT_FOR = dt.timedelta(days=7)
GIVE_UP_AFTER = dt.timedelta(minutes=20)
ASK_AGAIN_AFTER = dt.timedelta(minutes=1)
SWEPT_AT_ONCE = 100
MOST_KEPT = 5
"""Copies for the clinic that one person has at a time, whosever they are: the oldest goes. Our own."""

MAY_ASK = {
    CopyFor.FAMILY: policy.may_export_record,
    CopyFor.CLINIC: policy.may_export_whole_record,
}


class ExportNotReady(DomainError):
    """The archive does not exist yet, could not be made, or has expired."""

    code = "export_not_ready"
    status = 409


class OtherExportUnderWay(Conflict):
    """This person is already having another child's record copied; one at a time."""

    code = "other_export_under_way"


@transaction.atomic
def ask_export(
    *,
    by: User,
    child: Child,
    copy_for: CopyFor = CopyFor.FAMILY,
    language: str = "en",
    as_format: ExportFormat = ExportFormat.JSON,
    now: dt.datetime,
) -> RecordExport:
    """A new archive of what `by` may read of the child, for the worker to make; the one that is being made,
    whatever its format, where there is one. An archive from before goes: the new one is of today.

    Raises Forbidden, OtherExportUnderWay (409).
    """
    access.demand(MAY_ASK[copy_for], by, child)
    own = RecordExport.objects.filter(asked_by=by, copy_for=copy_for)
    fresh = RecordExport(
        clinic_id=child.clinic_id,
        child=child,
        asked_by=by,
        asked_at=now,
        copy_for=copy_for,
        language=language,
        file_format=as_format,
    )
    RecordExport.objects.bulk_create([fresh], ignore_conflicts=True)
    export = own.select_related("child").filter(child=child, state__in=UNDER_WAY).first()
    if export is None:
        raise OtherExportUnderWay
    if export.pk != fresh.pk:
        return export
    kept = list(own.filter(state=ExportState.READY).order_by("-asked_at", "-id"))
    of_others = [one for one in kept if one.child_id != child.pk]
    too_many = of_others[MOST_KEPT - 1 :] if copy_for == CopyFor.CLINIC else []
    for older in (*(one for one in kept if one.child_id == child.pk), *too_many):
        _expire(older, now)
    audit.record(
        AuditCode.ASKED_EXPORT, by=by, now=now, clinic_id=child.clinic_id, child=child, subject=export
    )
    jobs.enqueue(MAKE_EXPORT, export_id=export.pk)
    return export


def make_export(*, export_id: uuid.UUID) -> None:
    """Make the file of an asked export, as the person who asked: what they may not read is not in it.

    Harmless to run twice or at the same time: the row is claimed first. Each group of tables is read in a
    transaction of its own that asks about access anew; access that ended ends the export (`access_ended`).
    """
    with rls.acting_as(system=SYSTEM), transaction.atomic():
        export = (
            RecordExport.objects.select_for_update(skip_locked=True)
            .filter(pk=export_id, state=ExportState.ASKED)
            .first()
        )
        if export is None:
            return
        RecordExport.objects.filter(pk=export.pk).update(state=ExportState.WORKING, progress_percent=5)
    try:
        name, size, digest = _made(export)
    except (Unseen, Forbidden):
        _fail(export, "access_ended")
    except Exception:
        _fail(export, "not_made")
        raise
    else:
        is_ready = _settle(
            export,
            state=ExportState.READY,
            progress_percent=100,
            finished_at=Now(),
            expires_at=Now() + KEPT_FOR,
            file_name=name,
            byte_count=size,
            content_sha256=digest,
        )
        if not is_ready:
            files.delete(name)
        event = "export_ready" if is_ready else "export_stopped"
        logger.info("export", extra={"event": event, "export_id": str(export.pk)})


def _made(export: RecordExport) -> tuple[str, int, str]:
    """The name under which its archive is kept, how many bytes it has, and their SHA-256."""
    with translation.override(export.language), Pack() as pack:
        copy_for = CopyFor(export.copy_for)
        groups = COPIES[copy_for].groups
        archive = Archive(pack, copy_for, ExportFormat(export.file_format))
        for number, tables in enumerate(groups, start=1):
            with _taking(export) as taker:
                archive.add_tables(tables, taker)
            _settle(export, progress_percent=5 + 90 * number // len(groups))
        with _taking(export) as taker:
            archive.add_files(taker)
            path = archive.finish(taker)
        with path.open("rb") as packed:
            name = files.save_archive(packed)
            packed.seek(0)
            return name, path.stat().st_size, hashlib.file_digest(packed, "sha256").hexdigest()


@contextmanager
def _taking(export: RecordExport) -> Iterator[Taker]:
    """A transaction as whoever asked. Raises Unseen or Forbidden once they may not have it any more."""
    with rls.acting_as(export.asked_by_id), transaction.atomic():
        asker = User.objects.get(pk=export.asked_by_id)
        copy_for = CopyFor(export.copy_for)
        child = access.fetch(
            Child.objects.select_related("clinic"), asker, pk=export.child_id, may=MAY_ASK[copy_for]
        )
        place = places(asker, child)
        guarding = CaregiverGrant.objects.valid().guardians().filter(user=asker, child=child)
        home = None
        if copy_for == CopyFor.FAMILY:
            home = guarding.select_related("family").earliest("id").family
        yield Taker(
            user=asker,
            child=child,
            place=place,
            sight=sight_of(asker, child, place=place),
            home=home,
            language=export.language,
            now=rls.now(),
        )


def sweep_exports(*, now: dt.datetime) -> int:
    """How many exports were found whose message or worker was lost, or whose time is over."""
    lost = RecordExport.objects.filter(state__in=UNDER_WAY, asked_at__lt=now - ASK_AGAIN_AFTER)
    over = RecordExport.objects.filter(state=ExportState.READY, expires_at__lte=now)
    found = [*lost.order_by("asked_at", "id")[:SWEPT_AT_ONCE], *over.order_by("id")[:SWEPT_AT_ONCE]]
    for export in found:
        if export.state == ExportState.READY:
            _expire(export, now)
        elif export.asked_at < now - GIVE_UP_AFTER:
            given_up = RecordExport.objects.filter(pk=export.pk, state=export.state)
            given_up.update(state=ExportState.FAILED, failure_code="not_made", finished_at=now)
        elif export.state == ExportState.ASKED:
            jobs.enqueue(MAKE_EXPORT, export_id=export.pk)
    return len(found)


def open_export(*, by: User, export: RecordExport, now: dt.datetime) -> str:
    """The name of the file, for somebody who takes it away now, which the audit tells.

    Raises ExportNotReady; access was checked at the door.
    """
    if not is_ready(export, now):
        raise ExportNotReady
    audit.record(
        AuditCode.EXPORTED_RECORD,
        by=by,
        now=now,
        clinic_id=export.clinic_id,
        child=export.child,
        subject=export,
    )
    return export.file_name


def is_ready(export: RecordExport, now: dt.datetime) -> bool:
    """Whether there is a file to take away: its time may be over before it was swept."""
    return export.state == ExportState.READY and export.expires_at is not None and export.expires_at > now


def stop_exports(*, of: User, child: Child, now: dt.datetime) -> int:
    """How many exports were stopped or removed: their asker may not have them any more."""
    with rls.helped_by(SYSTEM):  # an owner ends access, and reads nothing of any record
        own = RecordExport.objects.filter(asked_by=of, child=child)
        stopped = own.filter(state__in=UNDER_WAY).update(
            state=ExportState.FAILED, failure_code="access_ended", finished_at=now
        )
        ready = list(own.filter(state=ExportState.READY).order_by("id"))
        for export in ready:
            _expire(export, now)
    return stopped + len(ready)


def _expire(export: RecordExport, now: dt.datetime) -> None:
    name = export.file_name
    expired = RecordExport.objects.filter(pk=export.pk, state=ExportState.READY)
    expired.update(state=ExportState.EXPIRED, file_name="", expires_at=now)
    transaction.on_commit(lambda: files.delete(name))


def _settle(export: RecordExport, **values: object) -> bool:
    """Whether the export is still being made, and has these values now: it may have been stopped."""
    with rls.acting_as(system=SYSTEM), transaction.atomic():
        claimed = RecordExport.objects.filter(pk=export.pk, state=ExportState.WORKING)
        return bool(claimed.update(**values))


def _fail(export: RecordExport, code: str) -> None:
    _settle(export, state=ExportState.FAILED, failure_code=code, finished_at=Now())
    logger.warning("export", extra={"event": "export_failed", "export_id": str(export.pk), "code": code})
