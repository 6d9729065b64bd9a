"""Beginning the change feed anew."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from tracking.models import FeedEpoch


@transaction.atomic
def renew_feed(*, now: dt.datetime) -> FeedEpoch:
    """Another epoch: every cursor that was given is answered 410, and devices fetch everything again."""
    return FeedEpoch.objects.create(begun_at=now)
