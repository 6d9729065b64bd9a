"""A clinic's messages that were given up: why, how many, and which may be retried."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from clinic.models import Clinic
from tracking.models import ReminderDelivery
from tracking.models.reminders import GIVEN_UP

SHOWN_FOR = dt.timedelta(days=30)
SHOWN = 100


@dataclass(frozen=True, slots=True)
class GivenUp:
    """All that ended for one reason lately; `count_left` of them have not expired yet."""

    state: str
    reason: str
    channel: str
    count: int
    count_left: int
    last_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One message: of a reminder (`kind` "reminder") or of a notice of that kind."""

    id: uuid.UUID
    channel: str
    kind: str
    state: str
    reason: str
    ended_at: dt.datetime
    is_left: bool


@dataclass(frozen=True, slots=True)
class Board:
    """What was given up in the last thirty days; `rows` are the newest hundred."""

    reasons: list[GivenUp]
    rows: list[Undelivered]
    count: int


def undelivered_of(clinic: Clinic, *, now: dt.datetime) -> Board:
    """In two statements, however much there is."""
    given_up = ReminderDelivery.objects.filter(
        clinic=clinic, state__in=[str(state) for state in GIVEN_UP], ended_at__gt=now - SHOWN_FOR
    )
    reasons = [
        GivenUp(**group)
        for group in given_up.order_by()
        .values("state", "reason", "channel")
        .annotate(
            count=Count("pk"), count_left=Count("pk", filter=Q(expires_at__gt=now)), last_at=Max("ended_at")
        )
        .order_by("-last_at", "state", "reason", "channel")
    ]
    rows = [
        Undelivered(pk, channel, kind or "reminder", state, reason, ended_at, expires_at > now)
        for pk, channel, kind, state, reason, ended_at, expires_at in given_up.order_by(
            "-ended_at", "-id"
        ).values_list("pk", "channel", "notice__kind", "state", "reason", "ended_at", "expires_at")[:SHOWN]
        if ended_at is not None
    ]
    return Board(reasons, rows, sum(one.count for one in reasons))
