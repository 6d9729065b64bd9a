"""Beginning the change feed anew."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from tracking.models import FeedEpoch, FeedMark


@transaction.atomic
def renew_feed(*, now: dt.datetime) -> FeedEpoch:
    """Another epoch: every cursor that was given is answered 410, and devices fetch everything again.

    Marks go: the copy's transactions may have been counted by another cluster.
    """
    FeedMark.objects.all().delete()
    return FeedEpoch.objects.create(begun_at=now)
