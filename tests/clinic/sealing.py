"""Writing to the audit, sealing it, and what somebody with every right over the database could do to it."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
from django.db import connection, transaction

from clinic import audit, chain, rls, tasks
from clinic.jobs import as_system
from clinic.models import AuditEvent, Clinic, User
from clinic.services import audit_sealing, audit_verifying
from clinic.services.audit_verifying import KeptHead, Verified
from clinic.vocabulary import AuditCode
from tests import database


def write(by: User, clinic: Clinic | None, *, rows: int = 1, code: AuditCode = AuditCode.INVITED) -> None:
    """Write audit rows in a transaction of their own."""
    with rls.acting_as(by), transaction.atomic():
        for _ in range(rows):
            audit.record(code, by=by, now=rls.now(), clinic_id=clinic.pk if clinic else None)


def seal() -> None:
    """What the worker does once a minute."""
    tasks.seal_audit()


def verified(clinic: Clinic | None, *kept: KeptHead) -> Verified:
    with as_system(audit_sealing.JOB):
        return audit_verifying.verify(clinic.pk if clinic else None, kept=kept)


def head(clinic: Clinic | None) -> KeptHead:
    with as_system(audit_sealing.JOB) as now:
        return audit_verifying.head(clinic.pk if clinic else None, now=now)


@contextlib.contextmanager
def above_all_rules() -> Iterator[psycopg.Cursor]:
    """A cursor of the tables' owner, with the triggers of the audit off."""
    tables = ("clinic_auditevent", "clinic_auditseal")
    with database.as_owner() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def seal_anew(cursor: psycopg.Cursor, clinic: Clinic) -> None:
    """Write every seal of a chain anew over its rows as they are now, as a forger would."""
    cursor.execute(
        "SELECT event_id FROM clinic_auditseal WHERE clinic_id = %s ORDER BY position", [clinic.pk]
    )
    order = [event_id for (event_id,) in cursor.fetchall()]
    before, position = chain.BEGINNING, 0
    for event_id in order:
        cursor.execute(f"SELECT {', '.join(chain.COLUMNS)} FROM clinic_auditevent WHERE id = %s", [event_id])
        found = cursor.fetchone()
        if found is None:
            cursor.execute("DELETE FROM clinic_auditseal WHERE event_id = %s", [event_id])
            continue
        row = chain.Row(**dict(zip(chain.COLUMNS, found, strict=True)) | {"written_in": int(found[-1])})
        position, before = position + 1, chain.digest(row, before)
        cursor.execute(
            "UPDATE clinic_auditseal SET position = %s, digest = %s WHERE event_id = %s",
            [position, before, event_id],
        )


def at_place(position: int, clinic: Clinic) -> uuid.UUID:
    """The row at a place of a chain."""
    with database.as_owner() as cursor:
        cursor.execute(
            "SELECT event_id FROM clinic_auditseal WHERE clinic_id = %s AND position = %s",
            [clinic.pk, position],
        )
        found = cursor.fetchone()
    assert found is not None
    return found[0]


def in_threads(*jobs: Callable[[], None]) -> None:
    """Run jobs at once, each with a connection of its own; what one of them raises is raised here."""

    def run(job: Callable[[], None]) -> None:
        try:
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(jobs)) as threads:
        running = [threads.submit(run, job) for job in jobs]
    for done in running:
        done.result()


def written_to(clinic: Clinic | None) -> int:
    with rls.acting_as(system="seeding"), transaction.atomic():
        return AuditEvent.objects.filter(audit_sealing.of_clinic(clinic.pk if clinic else None)).count()
