"""Marking what other caregivers did as seen."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models.functions import Greatest

from clinic.errors import Forbidden
from clinic.models import Child, User
from clinic.models.clinics import new_id
from tracking import policy
from tracking.models import HandOffLook


@transaction.atomic
def mark_looked(*, by: User, child: Child, until: dt.datetime, now: dt.datetime) -> None:
    """Remember that `by` has been told what others did up to `until`; never back, never past now.

    Raises Forbidden.
    """
    if not policy.may_view_hand_off(by, child):
        raise Forbidden
    until = min(until, now)
    look = HandOffLook(id=new_id(), clinic_id=child.clinic_id, child=child, user=by, looked_until=until)
    HandOffLook.objects.bulk_create([look], ignore_conflicts=True)
    HandOffLook.objects.filter(child=child, user=by, looked_until__lt=until).update(
        looked_until=Greatest("looked_until", until)
    )
