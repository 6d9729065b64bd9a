"""Making files in the worker: claim a row, record the result, find lost messages, open the file."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from clinic import files, jobs, rls
from clinic.errors import DomainError, Forbidden, Unseen
from clinic.rls import Now
from clinic.vocabulary import FileKind
from tracking.models import ReportState
from tracking.models.making import MadeFile
from tracking.reports import pdf
from tracking.reports.writing import Written

logger = logging.getLogger("littlefoot.reports")

Made = TypeVar("Made", bound=MadeFile)

SYSTEM = "reports"
GIVE_UP_AFTER = dt.timedelta(minutes=10)
ASK_AGAIN_AFTER = dt.timedelta(minutes=1)
SWEPT_AT_ONCE = 100


class NotReady(DomainError):
    """The report's file does not exist yet."""

    code = "report_not_ready"
    status = 409


class NotMade(DomainError):
    """The file could not be made; request it again."""

    code = "report_not_made"
    status = 409


class NotFailed(DomainError):
    """The report is made already, or is being made."""

    code = "report_not_failed"
    status = 409


class FileAltered(Forbidden):
    """The stored file is not the one that was made, so it is not delivered."""

    code = "report_file_altered"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file is set from, by the template of this name; `columns` and the rows `beside` it, all of one
    table, which may name it, are kept with the file and only with it.
    """

    template: str
    written: Written
    columns: Mapping[str, object] = field(default_factory=dict)
    beside: Callable[[str], Sequence[Model]] | None = None


def claim(rows: QuerySet[Made], pk: uuid.UUID) -> Made | None:
    """The row that waits to be made, now this worker's; None where it is another's, or made."""
    with rls.acting_as(system=SYSTEM), transaction.atomic():
        waiting = rows.select_for_update(skip_locked=True).filter(pk=pk, state=ReportState.ASKED)
        made = waiting.select_related("asked_by").first()
        if made is not None:
            change(made, state=ReportState.WORKING, progress_percent=10)
        return made


def make_file(made: MadeFile, read: Callable[[], Draft]) -> None:
    """Make the file of a claimed row from what `read` gives, as whoever asked.

    Progress is committed on the way, so that a page can show it. Where `read` raises Unseen or Forbidden,
    access ended meanwhile (`access_ended`).
    """
    try:
        draft = read()
        settle(made, progress_percent=50)
        data = pdf.compile_pdf(draft.template, draft.written.data, charts=draft.written.charts)
    except (Unseen, Forbidden):
        _fail(made, "access_ended")
    except Exception:
        _fail(made, "not_made")
        raise
    else:
        name = files.save(FileKind.REPORT, data)
        is_ready = _keep(made, draft, name, hashlib.sha256(data).hexdigest())
        if not is_ready:
            files.delete(name)
        event = "report_ready" if is_ready else "report_asked_anew"
        logger.info("report", extra={"event": event, "report_id": str(made.pk)})


def _keep(made: MadeFile, draft: Draft, name: str, digest: str) -> bool:
    with rls.acting_as(system=SYSTEM), transaction.atomic():
        is_ready = settle(
            made,
            state=ReportState.READY,
            progress_percent=100,
            finished_at=Now(),
            file_name=name,
            content_sha256=digest,
            **draft.columns,
        )
        rows = draft.beside(name) if is_ready and draft.beside else ()
        if rows:
            type(rows[0])._base_manager.bulk_create(rows)
        return is_ready


def settle(made: MadeFile, **values: object) -> bool:
    """Whether the row is still the one that was claimed, and has these values now.

    Asked anew meanwhile, for other words or with a signature, it is the next worker's.
    """
    with rls.acting_as(system=SYSTEM), transaction.atomic():
        claimed = type(made)._base_manager.filter(
            pk=made.pk, state=ReportState.WORKING, asked_at=made.asked_at
        )
        return bool(claimed.update(**values))


def _fail(made: MadeFile, code: str) -> None:
    settle(made, state=ReportState.FAILED, failure_code=code, finished_at=Now())
    logger.warning("report", extra={"event": "report_failed", "report_id": str(made.pk), "code": code})


def sweep(rows: QuerySet[Made], task: str, *, now: dt.datetime) -> int:
    """How many rows were found whose message or worker was lost; each is asked again or given up."""
    lost = rows.filter(
        state__in=(ReportState.ASKED, ReportState.WORKING), asked_at__lt=now - ASK_AGAIN_AFTER
    ).order_by("asked_at", "id")[:SWEPT_AT_ONCE]
    for one in lost:
        if one.asked_at < now - GIVE_UP_AFTER:
            given_up = rows.filter(pk=one.pk, state=one.state, asked_at=one.asked_at)
            given_up.update(state=ReportState.FAILED, failure_code="not_made", finished_at=now)
        elif one.state == ReportState.ASKED:
            jobs.enqueue(task, report_id=one.pk)
    return len(lost)


def demand_ready(made: MadeFile) -> None:
    """Raises NotMade where the making failed, NotReady before it is done."""
    if made.state == ReportState.FAILED:
        raise NotMade
    if made.state != ReportState.READY:
        raise NotReady


def content(made: MadeFile) -> bytes:
    """The bytes of the file, for whoever may have them.

    Raises NotReady, NotMade, and FileAltered where the file is gone or is not the one that was made.
    """
    demand_ready(made)
    try:
        with files.open_stored(made.file_name) as file:
            data: bytes = file.read()
    except FileNotFoundError:
        data = b""
    if hashlib.sha256(data).hexdigest() != made.content_sha256:
        logger.error("report", extra={"event": "report_altered", "report_id": str(made.pk)})
        raise FileAltered
    return data


def hold(made: MadeFile) -> None:
    """Read the row anew and keep it until the transaction ends: what was read before may be over."""
    made.refresh_from_db(from_queryset=type(made)._base_manager.select_for_update())


def change(made: MadeFile, **values: object) -> None:
    """Write these columns and no others."""
    for name, value in values.items():
        setattr(made, name, value)
    made.save(update_fields=list(values))
