"""A reader's position in the change feed, and the changes after it.

Changes are ordered by the transaction that wrote them and their place in it, and read, in one statement, only
below the oldest open transaction, where no more can appear. Ordering by sequence or timestamp would skip what
a slow transaction writes (docs/adr/0034).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from clinic.errors import DomainError
from clinic.models.audit import OldestOpen
from tracking.models import Change, FeedEpoch, FeedMark

FIRST_EPOCH = uuid.UUID(int=0)
LAST_PLACE = 2**63 - 1


class FeedRenewed(DomainError):
    """The feed was restarted, or no longer has what the device missed: it must fetch everything again."""

    code = "feed_renewed"
    status = 410


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Behind a change: everything up to it has been read."""

    written_in: int
    place: int


def start() -> Position:
    """Where to begin reading for whoever fetches everything afterwards: all that is before is in it."""
    return Position(oldest_open() - 1, LAST_PLACE)


def oldest_open() -> int:
    """The oldest transaction that is still open: what was written before it is there for whoever reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (oldest,) = cursor.fetchone()
    return int(oldest)


def behind(position: Position, children: Iterable[uuid.UUID]) -> QuerySet[Change]:
    """What changed of these children since, in order."""
    after = Q(written_in__gt=position.written_in) | Q(place__gt=position.place)
    return Change.objects.filter(
        after,
        child__in=list(children),
        written_in__gte=position.written_in,
        written_in__lt=OldestOpen(),
    ).order_by("written_in", "place")


def emptied_below() -> int | None:
    """The transaction below which changes were dropped, or are being; None: nowhere yet."""
    emptied = FeedMark.objects.filter(is_emptied=True).order_by("-written_in", "-id")
    return emptied.values_list("written_in", flat=True).first()


def refuse_pruned(position: Position) -> None:
    """Raises FeedRenewed where something behind a position may be gone. To be asked once that was read: what
    was dropped before is then known.
    """
    below = emptied_below()
    if below is not None and position < Position(below - 1, LAST_PLACE):
        raise FeedRenewed


def current_epoch() -> uuid.UUID:
    latest = FeedEpoch.objects.order_by("-begun_at", "-id").values_list("id", flat=True).first()
    return latest or FIRST_EPOCH
