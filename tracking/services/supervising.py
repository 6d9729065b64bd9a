"""The supervision log: written by the supervisor, read by both."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit
from clinic.errors import Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import Clinic, User
from clinic.services import values
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Supervision
from tracking.services.allowed import in_range, short_text

LONGEST = 4000


@transaction.atomic
def log_supervision(
    *,
    by: User,
    clinic: Clinic,
    person: User,
    on: dt.date,
    minutes: int,
    discussed: str = "",
    language: str = "",
    now: dt.datetime,
) -> Supervision:
    """What was talked about on a local day. Raises Invalid; Forbidden unless `by` supervises `person`."""
    if not policy.may_log_supervision(by, person, clinic):
        raise Forbidden
    if on > local_day(now, clinic.zone):
        raise Invalid(field="on", allowed="day_in_the_past")
    in_range("minutes", minutes, 1, 600)
    talk = Supervision.objects.create(
        clinic=clinic,
        person=person,
        supervisor=by,
        on=on,
        minutes=minutes,
        discussed=short_text("discussed", discussed, most=LONGEST),
        language=values.written_in(language, by),
        written_at=now,
    )
    audit.record(
        AuditCode.WROTE_NOTE, by=by, now=now, clinic_id=clinic.pk, subject=talk, detail="supervision"
    )
    return talk
