"""Notices: a row beside what happened, in the same transaction.

Recipients, channel and time are planned later (`tracking.reminders.noticing`), so that no writer waits for
it, and something that was taken back is never announced.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from clinic import jobs
from clinic.models import User
from tracking.models import Flag, FlagEscalation, Notice
from tracking.models.notices import AT_ONCE, NoticeKind
from tracking.vocabulary.concerns import Severity
from tracking.vocabulary.flags import NEEDS_A_READER

PLAN_NOTICES = "tracking.tasks.plan_notices"


def tell(
    *,
    kind: NoticeKind,
    clinic_id: uuid.UUID,
    child_id: uuid.UUID,
    subject_id: uuid.UUID,
    is_to_staff: bool = False,
    by: User,
    now: dt.datetime,
) -> None:
    """Tell the child's family, or its staff, of what `by` has just done; `by` is told nothing."""
    _write(
        Notice(
            clinic_id=clinic_id,
            child_id=child_id,
            kind=kind,
            subject_id=subject_id,
            is_to_staff=is_to_staff,
            by=by,
            made_at=now,
        )
    )


def tell_readers(*, flags: Iterable[Flag], now: dt.datetime) -> None:
    """Tell those who read these flags first, whoever wrote what raised them: at once of urgent ones."""
    _write(
        *(
            _of_flag(
                flag,
                NoticeKind.URGENT_FLAG if Severity(flag.severity) in NEEDS_A_READER else NoticeKind.FLAG,
                now,
            )
            for flag in flags
        )
    )


def tell_next_readers(*, escalations: Iterable[FlagEscalation], now: dt.datetime) -> None:
    """Tell each person whom a flag went on to."""
    _write(*(_of_flag(one.flag, NoticeKind.FLAG_UNREAD, now, to=one.to_id) for one in escalations))


def _of_flag(flag: Flag, kind: NoticeKind, now: dt.datetime, to: uuid.UUID | None = None) -> Notice:
    return Notice(
        clinic_id=flag.clinic_id,
        child_id=flag.child_id,
        kind=kind,
        subject_id=flag.pk,
        is_to_staff=True,
        to_id=to,
        made_at=now,
    )


def _write(*notices: Notice) -> None:
    Notice.objects.bulk_create(notices)
    if any(notice.kind in AT_ONCE for notice in notices):
        jobs.enqueue(PLAN_NOTICES)
