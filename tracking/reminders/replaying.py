"""Retrying messages that were given up: the same rows under the same keys, through the ordinary claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import F, Func, QuerySet, Value
from django.db.models.functions import Coalesce

from tracking.models import ReminderDelivery
from tracking.models.reminders import GIVEN_UP, REPLAYED, DeliveryState
from tracking.reminders import claiming
from tracking.reminders.candidates import candidates


def replay(given_up: QuerySet[ReminderDelivery], *, now: datetime, limit: int) -> int:
    """Have up to `limit` of these tried again that are still worth it; how many. Call it in a transaction.

    Not those that have expired, and not those that would not go out now: their access ended, somebody
    logged, the program rests. Each begins its tries anew.
    """
    locked = (
        given_up.filter(state__in=GIVEN_UP, expires_at__gt=now)
        .order_by("ended_at", "id")
        .select_for_update(of=("self",), skip_locked=True)
        .values_list("pk", flat=True)[:limit]
    )
    rows = [replace(row, begun=len(row.codes)) for row in candidates(list(locked))]
    decided = claiming.look_again(rows, now=now)
    chosen = [row.id for row in rows if row.id not in decided]
    tried = Func(F("provider_codes"), Value(REPLAYED), function="array_append")
    count: int = ReminderDelivery.objects.filter(pk__in=chosen).update(
        state=DeliveryState.RETRY,
        reason="",
        ended_at=None,
        leased_until=None,
        carried_by=None,
        next_try_at=now,
        provider_codes=tried,
        begun=Coalesce(Func(F("provider_codes"), function="cardinality"), 0) + 1,
    )
    return count
