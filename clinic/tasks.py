"""Tasks about people and access: faces like any other (docs/architecture.md, rule 16)."""

from __future__ import annotations

import logging
import uuid

from celery import shared_task

from clinic import rls
from clinic.jobs import as_system
from clinic.services import accounts, audit_sealing, audit_verifying, sign_in_sweeping

logger = logging.getLogger("littlefoot.tasks")


@shared_task(name="clinic.tasks.send_password_link")
def send_password_link(*, user_id: str, **_: object) -> None:
    """Send the link to a new password, if there is such a person."""
    with as_system(rls.SIGNING_IN):
        accounts.send_password_link(user_id=uuid.UUID(user_id))


@shared_task(name="clinic.tasks.sweep_sign_ins")
def sweep_sign_ins(**_: object) -> None:
    """Remove what is left of sign-ins that are over, a batch a transaction."""
    removed = 1
    while removed:
        with as_system(rls.SIGNING_IN):
            removed = sign_in_sweeping.remove_some()
        if removed:
            logger.info("removed", extra={"event": "sign_ins_swept", "count": removed})


@shared_task(name="clinic.tasks.seal_audit")
def seal_audit(**_: object) -> None:
    """Seal what was written to the audit, a clinic after the other, a batch a transaction."""
    with as_system(audit_sealing.JOB):
        chains = list(audit_sealing.chains())
    for clinic_id in chains:
        sealed = audit_sealing.SEALED_AT_ONCE
        while sealed == audit_sealing.SEALED_AT_ONCE:
            with as_system(audit_sealing.JOB) as now:
                sealed = audit_sealing.seal(clinic_id=clinic_id, now=now)


@shared_task(name="clinic.tasks.tell_audit_heads")
def tell_audit_heads(**_: object) -> None:
    """Write the head of each chain to the log, which may be kept where nobody of this server can write."""
    with as_system(audit_sealing.JOB) as now:
        heads = [audit_verifying.head(clinic_id, now=now) for clinic_id in audit_sealing.chains()]
    for kept in heads:
        logger.info(
            "audit head",
            extra={
                "event": "audit_head",
                "clinic_id": kept.clinic_id,
                "position": kept.head.position,
                "digest": kept.head.digest,
            },
        )
