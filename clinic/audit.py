"""Writing the audit: ids and codes only, one statement, no lock."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from clinic import rls
from clinic.models import AuditEvent, Child, User
from clinic.models.clinics import new_id
from clinic.vocabulary import AuditCode


def record(
    code: AuditCode,
    *,
    by: User | None,
    now: dt.datetime,
    clinic_id: uuid.UUID | None,
    child: Child | None = None,
    child_id: uuid.UUID | None = None,
    subject: Any = None,
    detail: str = "",
) -> None:
    """Write that something was done. `subject` is the row it was done to, `detail` a code.

    `child_id` is for whoever does something about a child they cannot see, like accepting an invitation.
    """
    AuditEvent.objects.create(
        id=new_id(),
        clinic_id=clinic_id,
        at=now,
        actor_id=by.pk if by else None,
        code=code,
        child_id=child.pk if child else child_id,
        subject_kind=subject._meta.model_name if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        detail=detail,
    )


def record_many(code: AuditCode, subjects: Sequence[Any], *, by: User | None, now: dt.datetime) -> None:
    """Write that the same was done to several rows of children, each with its own code; one statement."""
    AuditEvent.objects.bulk_create(
        AuditEvent(
            id=new_id(),
            clinic_id=subject.clinic_id,
            at=now,
            actor_id=by.pk if by else None,
            code=code,
            child_id=subject.child_id,
            subject_kind=subject._meta.model_name,
            subject_id=subject.pk,
            detail=subject.code,
        )
        for subject in subjects
    )


def record_read(
    code: AuditCode, *, by: User, now: dt.datetime, clinic_id: uuid.UUID, child: Child | None = None
) -> None:
    """Write that a record was looked at: one row per actor, child, view and hour, however often."""
    record_reads(code, by=by, now=now, clinic_id=clinic_id, child_ids=[child.pk if child else None])


def record_reads(
    code: AuditCode,
    *,
    by: User,
    now: dt.datetime,
    clinic_id: uuid.UUID,
    child_ids: Iterable[uuid.UUID | None],
) -> None:
    """As `record_read`, for a page that shows something of several children; one statement."""
    AuditEvent.objects.bulk_create(
        [
            AuditEvent(
                id=new_id(),
                clinic_id=clinic_id,
                at=now,
                hour=now.replace(minute=0, second=0, microsecond=0),
                actor_id=by.pk,
                code=code,
                child_id=child_id,
            )
            for child_id in child_ids
        ],
        ignore_conflicts=True,
    )


def record_refusal(
    *, by: User, code: str, clinic_id: uuid.UUID | None = None, child_id: uuid.UUID | None = None
) -> None:
    """Write that something was refused, in a transaction of its own: call it once the other is rolled back.

    `code` is the refusal's. `clinic_id` is None for a thing out of sight, which may be nobody's.
    """
    with transaction.atomic():
        AuditEvent.objects.create(
            id=new_id(),
            clinic_id=clinic_id,
            at=rls.now(),
            actor_id=by.pk,
            code=AuditCode.REFUSED,
            child_id=child_id,
            detail=code[:60],
        )
