"""Reminders about which nothing was written since they were planned, decided in one statement.

The planner has checked everything hours before (`tracking.reminders.planning`), and every write to a record
leaves a change (docs/adr/0034). Without a later change, program, day, home and diary are as they were, and
the planner's answer holds. What remains concerns the recipient and the hour, and is repeated here in SQL;
`tests/tracking/test_reminder_plain.py` compares it with `tracking.reminders.checking`.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from clinic import localtime
from tracking.reminders import moments


class Leased(NamedTuple):
    """A reminder that may go out by e-mail, leased."""

    id: uuid.UUID
    attempt: int
    child_id: uuid.UUID
    recipient_id: uuid.UUID
    key: uuid.UUID
    due_at: datetime
    expires_at: datetime
    channel: str
    address: str
    locale: str
    zone: str


@dataclass(frozen=True, slots=True)
class Plain:
    """What was decided: `leased` are to be sent, the others of `ids` have ended."""

    ids: frozenset[uuid.UUID]
    leased: list[Leased]


# In the order of `checking`, with its reasons. A decision that is NULL is none: something else is on its way
# to them or was just sent, or the provider is left alone. A stamp from before a restore may be ahead of us.
DECIDE = """
WITH looked_at AS MATERIALIZED (
    SELECT d.id, u.email, coalesce(nullif(u.locale, ''), f.locale) AS locale, z.zone, CASE
        WHEN NOT u.is_active OR NOT EXISTS (
            SELECT FROM clinic_caregivergrant g
            WHERE g.child_id = d.child_id AND g.family_id = r.family_id AND g.user_id = d.recipient_id
            AND g.valid_from <= (SELECT littlefoot_now()) AND g.revoked_at IS NULL
            AND (g.valid_until IS NULL OR g.valid_until > (SELECT littlefoot_now()))
        ) THEN 'revoked'
        WHEN EXISTS (
            SELECT FROM tracking_remindermute m WHERE m.rule_id = r.id AND m.user_id = d.recipient_id
        ) THEN 'muted'
        WHEN coalesce(u.email, '') = '' OR u.email_verified_at IS NULL THEN 'no_address'
        WHEN d.expires_at <= %(now)s THEN 'expired'
        WHEN z.zone = ANY (%(at_night)s) THEN 'quiet'
        WHEN z.zone = ANY (%(at_day)s) AND NOT EXISTS (
            SELECT FROM tracking_reminderdelivery x
            WHERE x.recipient_id = d.recipient_id AND x.id <> d.id
            AND x.state IN ('due', 'leased', 'retry') AND x.due_at <= %(soon)s
        ) AND NOT EXISTS (
            SELECT FROM tracking_reminderdelivery x
            WHERE x.recipient_id = d.recipient_id
            AND x.state IN ('sent', 'merged') AND x.ended_at > %(just)s
        ) AND NOT EXISTS (
            SELECT FROM tracking_providerstanding p WHERE p.provider = d.channel AND p.open_until IS NOT NULL
        ) THEN 'leased'
    END AS decision
    FROM tracking_reminderdelivery d
    JOIN tracking_reminderoccurrence o ON o.id = d.occurrence_id
    JOIN tracking_reminderrule r ON r.id = o.rule_id
    JOIN clinic_family f ON f.id = r.family_id
    JOIN clinic_user u ON u.id = d.recipient_id
    CROSS JOIN LATERAL (SELECT coalesce(nullif(u.zone, ''), f.zone) AS zone) z
    WHERE d.id = ANY (%(ids)s)
    AND d.state = 'due' AND d.attempt = 0 AND d.round = 0 AND d.carried_by_id IS NULL AND d.channel = 'email'
    AND o.planned_from <= pg_snapshot_xmin(pg_current_snapshot())
    AND NOT EXISTS (
        SELECT FROM tracking_change c WHERE c.child_id = d.child_id AND c.written_in >= o.planned_from
    )
    AND NOT EXISTS (
        SELECT FROM tracking_reachwishes w WHERE w.user_id = d.recipient_id
        AND (w.reminders_by <> 'email' OR w.quiet_from <> %(night_from)s OR w.quiet_until <> %(night_until)s)
    )
)
UPDATE tracking_reminderdelivery d SET
    state = CASE
        WHEN l.decision IN ('revoked', 'muted') THEN 'suppressed'
        WHEN l.decision = 'no_address' THEN 'dead'
        ELSE l.decision
    END,
    reason = CASE WHEN l.decision IN ('revoked', 'muted', 'no_address') THEN l.decision ELSE '' END,
    ended_at = CASE WHEN l.decision <> 'leased' THEN %(now)s END,
    attempt = CASE WHEN l.decision = 'leased' THEN 1 ELSE 0 END,
    leased_until = CASE WHEN l.decision = 'leased' THEN %(until)s END,
    next_try_at = CASE WHEN l.decision = 'leased' THEN %(until)s ELSE d.next_try_at END
FROM looked_at l WHERE d.id = l.id AND l.decision IS NOT NULL
RETURNING l.decision = 'leased', d.id, d.attempt, d.child_id, d.recipient_id, d.idempotency_key, d.due_at,
    d.expires_at, d.channel, l.email, l.locale, l.zone
"""


def decide(
    ids: Collection[uuid.UUID], *, now: datetime, soon: datetime, just: datetime, leased_until: datetime
) -> Plain:
    """Lease or end those of these deliveries that are plain; the others are left as they are.

    Their rows and their recipients' are locked. Not plain is also who has something else that is due until
    `soon`, or was sent something after `just`: those make one message. One statement.
    """
    at_night, at_day = _nights(now.replace(second=0, microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(
            DECIDE,
            {
                "ids": list(ids),
                "now": now,
                "soon": soon,
                "just": just,
                "until": leased_until,
                "at_night": at_night,
                "at_day": at_day,
                "night_from": moments.QUIET_FROM.isoformat(),
                "night_until": moments.QUIET_UNTIL.isoformat(),
            },
        )
        rows = cursor.fetchall()
    return Plain(frozenset(row[1] for row in rows), [Leased(*row[1:]) for row in rows if row[0]])


@lru_cache(maxsize=4)
def _nights(minute: datetime) -> tuple[list[str], list[str]]:
    """The zones in which nobody is disturbed in this minute, and those in which somebody may be.

    Python's clock, as everywhere: PostgreSQL may know other rules of a zone, or not know it.
    """
    zones: tuple[list[str], list[str]] = ([], [])
    for zone in sorted(localtime.zone_names()):
        zones[0 if moments.is_quiet(minute, zone) else 1].append(zone)
    return zones
