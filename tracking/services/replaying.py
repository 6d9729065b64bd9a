"""Retrying messages that were given up."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from clinic import access, audit, rls
from clinic.errors import DomainError
from clinic.models import Clinic, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ReminderDelivery
from tracking.reminders import replaying

AT_ONCE = 5000


class NothingToReplay(DomainError):
    """The messages have expired, or would no longer be sent."""

    code = "nothing_to_replay"
    status = 409


@transaction.atomic
def replay_delivery(*, by: User, clinic: Clinic, delivery_id: uuid.UUID, now: dt.datetime) -> None:
    """Have one message tried again. Raises Forbidden, NothingToReplay."""
    access.demand(policy.may_replay, by, clinic)
    _replay(by=by, clinic=clinic, now=now, pk=delivery_id)


@transaction.atomic
def replay_reason(*, by: User, clinic: Clinic, state: str, reason: str, now: dt.datetime) -> int:
    """Have all of a clinic tried again that were given up for one reason; how many, 5,000 at most.

    Raises Forbidden, NothingToReplay.
    """
    access.demand(policy.may_replay, by, clinic)
    return _replay(by=by, clinic=clinic, now=now, state=state, reason=reason)


@transaction.atomic
def replay_everywhere(*, clinic: Clinic | None, reason: str | None, now: dt.datetime) -> int:
    """As an operator: of one clinic or all, for one reason or any; how many, 5,000 at most."""
    which = {name: value for name, value in (("clinic", clinic), ("reason", reason)) if value is not None}
    count = replaying.replay(ReminderDelivery.objects.filter(**which), now=now, limit=AT_ONCE)
    audit.record(
        AuditCode.REPLAYED_REMINDERS, by=None, now=now, clinic_id=clinic.pk if clinic else None, detail="all"
    )
    return count


def _replay(*, by: User, clinic: Clinic, now: dt.datetime, **which: object) -> int:
    with rls.helped_by("reminders"):
        count = replaying.replay(
            ReminderDelivery.objects.filter(clinic=clinic, **which), now=now, limit=AT_ONCE
        )
    if not count:
        raise NothingToReplay
    audit.record(
        AuditCode.REPLAYED_REMINDERS,
        by=by,
        now=now,
        clinic_id=clinic.pk,
        detail="one" if "pk" in which else str(which["reason"]),
    )
    return count
