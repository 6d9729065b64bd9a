"""Daily counts of a clinic: combining their parts, comparing them with the entries, repairing them.

Triggers write the parts (`tracking.models.rollups`). Nothing here waits for a writer, and no writer waits for
it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction

LAY_TOGETHER = """
WITH many AS (
    SELECT clinic_id, local_day, counts FROM tracking_clinicday
    GROUP BY 1, 2, 3 HAVING count(*) > 1 ORDER BY 1, 2, 3 LIMIT %s
), gone AS (
    DELETE FROM tracking_clinicday part USING many
    WHERE (part.clinic_id, part.local_day, part.counts) = (many.clinic_id, many.local_day, many.counts)
    RETURNING part.*
), made AS (
    INSERT INTO tracking_clinicday (clinic_id, local_day, counts, entry_count, child_count, minutes)
    SELECT clinic_id, local_day, counts, sum(entry_count), sum(child_count), sum(minutes)
    FROM gone GROUP BY 1, 2, 3 HAVING sum(entry_count) <> 0 OR sum(child_count) <> 0 OR sum(minutes) <> 0
)
SELECT count(*) FROM many
"""

COUNTED = "is_latest AND state = 'recorded' AND NOT flags @> ARRAY['clock_off']::varchar[]"

# One statement, one snapshot: a writer who has not committed is in neither.
DIFFER = f"""
SELECT * FROM (
    SELECT clinic_id, local_day, counts,
        coalesce(truth.entries, 0) - coalesce(kept.entries, 0) AS entries,
        coalesce(truth.children, 0) - coalesce(kept.children, 0) AS children,
        coalesce(truth.minutes, 0) - coalesce(kept.minutes, 0) AS minutes
    FROM (
        SELECT clinic_id, local_day, outcome AS counts, count(*) AS entries,
            count(DISTINCT child_id) AS children, coalesce(sum(minutes), 0) AS minutes
        FROM tracking_massagesession WHERE {COUNTED} GROUP BY 1, 2, 3
        UNION ALL
        SELECT clinic_id, local_day, 'bedtime', count(*), count(DISTINCT child_id), 0
        FROM tracking_bedtime WHERE {COUNTED} GROUP BY 1, 2
        UNION ALL
        SELECT clinic_id, local_day, 'observation', count(*), count(DISTINCT child_id), 0
        FROM tracking_tactileobservation WHERE {COUNTED} GROUP BY 1, 2
    ) AS truth FULL JOIN (
        SELECT clinic_id, local_day, counts, sum(entry_count) AS entries, sum(child_count) AS children,
            sum(minutes) AS minutes
        FROM tracking_clinicday GROUP BY 1, 2, 3
    ) AS kept USING (clinic_id, local_day, counts)
) AS compared WHERE entries <> 0 OR children <> 0 OR minutes <> 0
"""  # noqa: S608  # every name in it is our own

REPAIR = f"""
WITH missing AS ({DIFFER}), made AS (
    INSERT INTO tracking_clinicday (clinic_id, local_day, counts, entry_count, child_count, minutes)
    SELECT * FROM missing
)
SELECT * FROM missing ORDER BY 1, 2, 3
"""  # noqa: S608  # as above


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more the entries say of one count of a day than what was kept; negative: less."""

    clinic_id: uuid.UUID
    on: dt.date
    counts: str
    entries: int
    children: int
    minutes: Decimal


def lay_days_together(*, limit: int) -> int:
    """How many counts of a day had several parts and have one now, `limit` at most."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LAY_TOGETHER, [limit])
        (count,) = cursor.fetchone()
    return int(count)


def differences(*, repair: bool = False) -> tuple[Difference, ...]:
    """What differs between what was kept and what the entries of all clinics say, in order of the days.

    With `repair` the differences are added to what was kept, in the same statement.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(REPAIR if repair else f"{DIFFER} ORDER BY 1, 2, 3")
        return tuple(Difference(*row) for row in cursor.fetchall())
