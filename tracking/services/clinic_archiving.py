"""A whole clinic's archive, for its operator: every child is read with the access of a care team."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import translation

from clinic import access, audit, rls
from clinic.errors import Unseen
from clinic.jobs import as_system
from clinic.models import CareTeam, Child, Clinic, ClinicMembership, User
from clinic.policy import places
from clinic.vocabulary import AuditCode, Role
from tracking import policy
from tracking.models import ExportFormat
from tracking.readings.sight import sight_of
from tracking.reports.copies.clinic_archive import ClinicArchive
from tracking.reports.copies.packing import Folder
from tracking.reports.copies.tables import Taker

logger = logging.getLogger("littlefoot.exports")

SYSTEM = "archiving"


def archive_clinic(*, clinic: Clinic, folder: Path, as_format: ExportFormat = ExportFormat.CSV) -> Path:
    """Where the archive lies: the folder that was named, which appears when it is whole.

    A child is read in a transaction of its own, by a reader who is on its care team for as long as that
    lasts (`_reader_of`). One that was erased meanwhile is named in `left_out`. Raises FileExistsError
    where something lies there, and OSError where there is no room or no such place.
    """
    if folder.exists():
        raise FileExistsError(folder)
    with as_system(SYSTEM) as now:
        audit.record(AuditCode.EXPORTED_CLINIC, by=None, now=now, clinic_id=clinic.pk, subject=clinic)
        children = list(Child.objects.filter(clinic=clinic).order_by("id").values_list("pk", flat=True))
    with translation.override(clinic.locale), Folder(folder) as place:
        archive = ClinicArchive(place, as_format)
        with _reader_of(clinic) as reader:
            staff = ClinicMembership.objects.filter(clinic=clinic).exclude(user=reader)
            archive.add_clinic(clinic, staff.select_related("user").order_by("started_at", "id"))
        for child in children:
            try:
                with _reader_of(clinic, child=child) as reader:
                    archive.add_child(partial(_taker, reader, child, clinic.locale))
            except Unseen:
                archive.leave_out(child)
        whole = archive.finish(clinic=clinic, made_at=now.isoformat(), language=clinic.locale)
    logger.info("export", extra={"event": "clinic_archived", "clinic_id": str(clinic.pk)})
    return whole


@contextmanager
def _reader_of(clinic: Clinic, *, child: uuid.UUID | None = None) -> Iterator[User]:
    """A transaction as somebody who was never anybody: a therapist of the clinic, on the team of one child.

    Both walls let them read what a care team reads, with no note that is private and none about safeguarding;
    all is taken back at the end, so that nobody joined and nothing was written.
    """
    with as_system(SYSTEM) as now:
        reader = User.objects.create(name="")
        ClinicMembership.objects.create(
            clinic=clinic, user=reader, roles=[str(Role.THERAPIST)], started_at=now
        )
        if child is not None:
            CareTeam.objects.create(clinic=clinic, child_id=child, therapist=reader, from_at=now)
        with rls.acting_as(reader):
            yield reader
        transaction.set_rollback(True)


def _taker(reader: User, child_id: uuid.UUID, language: str) -> Taker:
    child = access.fetch(
        Child.objects.select_related("clinic"), reader, pk=child_id, may=policy.may_export_whole_record
    )
    place = places(reader, child)
    return Taker(
        user=reader,
        child=child,
        place=place,
        sight=sight_of(reader, child, place=place),
        home=None,
        language=language,
        now=rls.now(),
    )
