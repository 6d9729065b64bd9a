"""Ending a caregiver's access: the grant, and nothing else.

Faces call `tracking.services.ending_access`, which wraps this in one transaction with everything the record
keeps for that person; an import contract forbids other callers.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit
from clinic.models import CaregiverGrant, User
from clinic.vocabulary import AuditCode


@transaction.atomic
def end_grant(*, by: User, grant: CaregiverGrant, now: dt.datetime) -> CaregiverGrant:
    """The grant ended now; one that had ended already is left as it is.

    Every request that begins after the transaction commits shows this person nothing of the child: access is
    asked of the row each time, tokens and sessions carry none.
    """
    grant = CaregiverGrant.objects.select_for_update().get(pk=grant.pk)
    if grant.revoked_at is not None:
        return grant
    grant.revoked_at = now
    grant.revoked_by = by
    grant.save(update_fields=["revoked_at", "revoked_by"])
    audit.record(
        AuditCode.ENDED_ACCESS,
        by=by,
        now=now,
        clinic_id=grant.clinic_id,
        child=grant.child,
        subject=grant,
        detail=grant.kind,
    )
    return grant
