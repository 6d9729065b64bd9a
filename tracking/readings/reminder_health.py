"""Health of the reminders of all clinics, for the operator: numbers, none of them about a person.

Open ones are counted as they are; ended ones only over a short recent period, so that the cost does not grow
with history.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import connection

from tracking.models import ProviderStanding

LATELY = dt.timedelta(minutes=15)
DAY = dt.timedelta(days=1)
QUANTILES = (0.5, 0.9, 0.99)

OPEN = """
SELECT state, count(*), coalesce(extract(epoch FROM %(now)s - min(next_try_at)), 0)
FROM tracking_reminderdelivery WHERE state IN ('due', 'leased', 'retry') GROUP BY state
"""
LATELY_ENDED = """
SELECT state, count(*),
    percentile_disc(%(quantiles)s::float8[])
        WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - due_at)::float8)
FROM tracking_reminderdelivery WHERE ended_at > %(since)s AND ended_at <= %(now)s GROUP BY state
"""
GIVEN_UP = """
SELECT state, reason, count(*) FROM tracking_reminderdelivery
WHERE ended_at > %(since)s AND state IN ('dead', 'unknown') GROUP BY state, reason ORDER BY state, reason
"""


@dataclass(slots=True)
class Health:
    """`oldest_due_seconds`: how long the one that has waited longest for a worker has, 0 where none waits.

    `ended` counts by state, `lateness_seconds` by quantile from due to taken, both over the last 15 minutes;
    `given_up` by state and reason over the last day; `providers` by name, with their failures in a row and
    whether they are left alone.
    """

    open: dict[str, int] = field(default_factory=dict)
    oldest_due_seconds: float = 0
    ended: dict[str, int] = field(default_factory=dict)
    lateness_seconds: dict[float, float] = field(default_factory=dict)
    given_up: dict[tuple[str, str], int] = field(default_factory=dict)
    providers: dict[str, tuple[int, bool]] = field(default_factory=dict)


def health(*, now: dt.datetime) -> Health:
    """In four statements."""
    found = Health()
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {"now": now})
        for state, count, waited in cursor.fetchall():
            found.open[state] = count
            found.oldest_due_seconds = max(found.oldest_due_seconds, float(waited))
        cursor.execute(LATELY_ENDED, {"now": now, "since": now - LATELY, "quantiles": list(QUANTILES)})
        for state, count, late in cursor.fetchall():
            found.ended[state] = count
            if state == "sent":
                found.lateness_seconds = dict(zip(QUANTILES, late, strict=True))
        cursor.execute(GIVEN_UP, {"since": now - DAY})
        for state, reason, count in cursor.fetchall():
            found.given_up[state, reason] = count
    for standing in ProviderStanding.objects.order_by("provider"):
        is_open = standing.open_until is not None and standing.open_until > now
        found.providers[standing.provider] = (standing.failures, is_open)
    return found
