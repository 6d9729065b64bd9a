"""Restarting the change feed after a restore."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import rls
from tracking.models import FeedEpoch, FeedMark, ReminderOccurrence


@rls.helped_by("reminders")
@transaction.atomic
def renew_feed(*, now: dt.datetime) -> FeedEpoch:
    """Another epoch: every cursor that was given is answered 410, and devices fetch everything again.

    Marks go: the copy's transactions may have been counted by another cluster. So may those reminders were
    planned from, which are looked at with care now.
    """
    ReminderOccurrence.objects.filter(planned_from__isnull=False).update(planned_from=None)
    FeedMark.objects.all().delete()
    return FeedEpoch.objects.create(begun_at=now)
