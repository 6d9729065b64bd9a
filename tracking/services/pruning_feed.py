"""Deleting changes that no device needs any more."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from tracking.models import Change, FeedMark
from tracking.sync.changes import emptied_below

KEPT_FOR = dt.timedelta(days=90)
"""How long a cursor holds. Our own: a device that was silent for 60 days is signed out before."""


@transaction.atomic
def mark_feed(*, now: dt.datetime) -> None:
    """Remember how far changes are written, and let go of what was written before the last mark of its age.

    Devices that have not read that far are told so from here on, before anything is gone. Once a night.
    """
    FeedMark.objects.create(made_at=now)
    old = FeedMark.objects.filter(made_at__lte=now - KEPT_FOR).order_by("-written_in", "-id").first()
    if old is not None:
        FeedMark.objects.filter(pk=old.pk).update(is_emptied=True)
        FeedMark.objects.filter(written_in__lt=old.written_in).delete()


@transaction.atomic
def prune_feed(*, limit: int) -> int:
    """How many changes below the mark were dropped, `limit` at most."""
    below = emptied_below()
    if below is None:
        return 0
    going = Change.objects.filter(written_in__lt=below).values("pk")[:limit]
    dropped, _ = Change.objects.filter(pk__in=going).delete()
    return dropped
