"""The secret calendar address from which a person's quiet times are read."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from django.db import transaction

from clinic import audit, limits, rls
from clinic.errors import Unseen
from clinic.limits import Limit
from clinic.models import User
from clinic.vocabulary import AuditCode
from tracking.models import CalendarFeed
from tracking.reminders.quiet_times import calendar_of

HOUR = 60 * 60
READS = Limit("reads-of-a-calendar", most=60, within_seconds=HOUR)
WRONG = Limit("wrong-calendars-from-a-place", most=30, within_seconds=HOUR)


@dataclass(frozen=True, slots=True)
class Made:
    """A calendar's address: `token` is its secret part, shown now and never again."""

    feed: CalendarFeed
    token: str


@transaction.atomic
def make_calendar(*, by: User, now: dt.datetime) -> Made:
    """A new address; the former one leads nowhere from now on."""
    _end(by, now)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user=by, token_hash=_hash(token), made_at=now)
    _tell("calendar_made", by, now)
    return Made(feed, token)


@transaction.atomic
def end_calendar(*, by: User, now: dt.datetime) -> None:
    """The address leads nowhere from now on. Once is enough."""
    if _end(by, now):
        _tell("calendar_ended", by, now)


def read_calendar(*, token: str, address: str | None, now: dt.datetime) -> bytes:
    """The calendar behind an address (RFC 5545), as its owner may see it at this moment.

    Raises Unseen alike for an address that was renewed, ended or never was, TriedTooOften (429). `address` is
    where the asker is.
    """
    with rls.acting_as(system="reminders"):
        feed = (
            CalendarFeed.objects.select_related("user")
            .filter(token_hash=_hash(token), revoked_at__isnull=True, user__is_active=True)
            .first()
        )
    if feed is None:
        limits.take(WRONG, limits.network_of(address))
        raise Unseen
    limits.take(READS, str(feed.pk))
    with rls.acting_as(feed.user):
        return calendar_of(feed.user, now=now)


def _end(by: User, now: dt.datetime) -> bool:
    return bool(CalendarFeed.objects.filter(user=by, revoked_at__isnull=True).update(revoked_at=now))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _tell(change: str, by: User, now: dt.datetime) -> None:
    audit.record(AuditCode.CHANGED_ACCOUNT, by=by, now=now, clinic_id=None, subject=by, detail=change)
