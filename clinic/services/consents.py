"""What a guardian agrees to, and takes back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit
from clinic.models import Child, Consent, User
from clinic.vocabulary import AuditCode, ConsentKind


@transaction.atomic
def give_consent(
    *, by: User, child: Child, kind: ConsentKind, wording_version: str, now: dt.datetime
) -> Consent:
    """The guardian's agreement to the wording they were shown.

    The same wording again is the same agreement; another wording ends the older one and begins anew.
    """
    given = Consent.objects.select_for_update().filter(
        child=child, user=by, kind=kind, withdrawn_at__isnull=True
    ).first()  # fmt: skip
    if given is not None:
        if given.wording_version == wording_version:
            return given
        given.withdrawn_at = now
        given.save(update_fields=["withdrawn_at"])
    consent = Consent.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        user=by,
        kind=kind,
        wording_version=wording_version,
        given_at=now,
    )
    _audit(AuditCode.GAVE_CONSENT, by, consent, now)
    return consent


@transaction.atomic
def withdraw_consent(*, by: User, consent: Consent, now: dt.datetime) -> Consent:
    """The agreement taken back; the row stays. Once is enough."""
    if consent.withdrawn_at is None:
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
        _audit(AuditCode.WITHDREW_CONSENT, by, consent, now)
    return consent


def _audit(code: AuditCode, by: User, consent: Consent, now: dt.datetime) -> None:
    audit.record(
        code,
        by=by,
        now=now,
        clinic_id=consent.clinic_id,
        child=consent.child,
        subject=consent,
        detail=consent.kind,
    )
