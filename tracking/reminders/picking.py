"""Which due rows a claim locks: a fair share per clinic, then the oldest, and what is merged with them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

# Every clinic with something due has its share, oldest first; then whatever is oldest fills up the rest. The
# recipient's row is locked first (against other claims only): who finds it taken leaves theirs alone.
PICK_SHARES = """
WITH RECURSIVE clinics AS (
    (SELECT clinic_id FROM tracking_reminderdelivery
     WHERE state IN ('due', 'leased', 'retry') ORDER BY clinic_id LIMIT 1)
    UNION ALL
    SELECT (SELECT d.clinic_id FROM tracking_reminderdelivery d
            WHERE d.state IN ('due', 'leased', 'retry') AND d.clinic_id > clinics.clinic_id
            ORDER BY d.clinic_id LIMIT 1)
    FROM clinics WHERE clinics.clinic_id IS NOT NULL
), waiting AS (
    SELECT clinic_id, oldest.next_try_at, count(*) OVER () AS clinic_count FROM clinics CROSS JOIN LATERAL (
        SELECT next_try_at FROM tracking_reminderdelivery d
        WHERE d.clinic_id = clinics.clinic_id AND d.state IN ('due', 'leased', 'retry')
        AND d.next_try_at <= %(now)s ORDER BY d.next_try_at LIMIT 1
    ) oldest ORDER BY oldest.next_try_at LIMIT %(limit)s
)
SELECT picked.id FROM waiting CROSS JOIN LATERAL (
    SELECT d.id FROM tracking_reminderdelivery d JOIN clinic_user u ON u.id = d.recipient_id
    WHERE d.clinic_id = waiting.clinic_id AND d.state IN ('due', 'leased', 'retry')
    AND d.next_try_at <= %(now)s ORDER BY d.next_try_at, d.id
    LIMIT greatest(1, %(limit)s / waiting.clinic_count)
    FOR NO KEY UPDATE OF u, d SKIP LOCKED
) picked
"""

PICK_OLDEST = """
SELECT d.id FROM tracking_reminderdelivery d JOIN clinic_user u ON u.id = d.recipient_id
WHERE d.state IN ('due', 'leased', 'retry') AND d.next_try_at <= %(now)s AND d.id <> ALL (%(picked)s)
ORDER BY d.next_try_at, d.id LIMIT %(rest)s
FOR NO KEY UPDATE OF u, d SKIP LOCKED
"""

# Of the same people: what is due within minutes, and what was joined to one of these or carries one. Locked
# by the rows of the recipients.
PICK_ALONG = """
SELECT d.id FROM tracking_reminderdelivery d
JOIN (
    SELECT recipient_id, array_agg(id) AS ids, array_agg(carried_by_id) AS carriers
    FROM tracking_reminderdelivery WHERE id = ANY (%(due)s) GROUP BY recipient_id
) p ON p.recipient_id = d.recipient_id
WHERE d.state IN ('due', 'leased', 'retry') AND d.id <> ALL (p.ids)
AND (d.state = 'due' AND d.due_at <= %(soon)s AND d.next_try_at <= %(soon)s
     OR d.carried_by_id = ANY (p.ids) AND d.next_try_at <= %(now)s
     OR d.id = ANY (p.carriers) AND d.next_try_at <= %(now)s)
FOR NO KEY UPDATE OF d SKIP LOCKED
"""


def pick(*, now: datetime, limit: int) -> list[uuid.UUID]:
    """Up to `limit` due rows, locked with their recipients. In two statements."""
    with connection.cursor() as cursor:
        cursor.execute(PICK_SHARES, {"now": now, "limit": limit})
        picked = [pk for (pk,) in cursor.fetchall()]
        if len(picked) < limit:
            cursor.execute(PICK_OLDEST, {"now": now, "picked": picked, "rest": limit - len(picked)})
            picked += [pk for (pk,) in cursor.fetchall()]
        return picked


def pick_along(due: Sequence[uuid.UUID], *, now: datetime, soon: datetime) -> list[uuid.UUID]:
    """What is due to the same people until `soon`, and what was joined to these or carries one; locked."""
    with connection.cursor() as cursor:
        cursor.execute(PICK_ALONG, {"due": list(due), "now": now, "soon": soon})
        return [pk for (pk,) in cursor.fetchall()]
