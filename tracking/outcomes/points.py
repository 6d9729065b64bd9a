"""Bedtime and observation rows as points of series, for any number of children at once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from tracking.models import Bedtime, TactileObservation
from tracking.outcomes.instants import epoch, instant_or_none
from tracking.outcomes.series import SeriesPoint
from tracking.outcomes.sessions import SessionFact, logged_in
from tracking.sleep import AtLeast, Latency, sleep_onset_latency
from tracking.vocabulary.programs import EntryFlag, Precision
from tracking.vocabulary.sleep import SleepAccuracy

BEDTIME_COLUMNS = (
    "child_id",
    "client_id",
    "reported_by_id",
    "local_day",
    "precision",
    "about_minutes",
    "accuracy",
    "confounders",
    "flags",
)

ACCURACIES: dict[str, SleepAccuracy] = {str(one): one for one in SleepAccuracy}

INSTANTS = ("lights_out_at", "asleep_at", "still_awake_at")


def latency_of(row: Mapping[str, Any]) -> Latency | None:
    """The latency of a bedtime row; an odd one stays out of figures while it is flagged.

    Between two instants only where they are known to the minute: an evening told by its part of the day has
    the estimate alone.
    """
    is_by_the_clock = row["precision"] == Precision.MINUTE
    return sleep_onset_latency(
        lights_out_at=row["lights_out_at"] if is_by_the_clock else None,
        asleep_at=row["asleep_at"],
        still_awake_at=row["still_awake_at"],
        about_minutes=row["about_minutes"],
        accuracy=ACCURACIES.get(row["accuracy"]),
        is_confirmed=EntryFlag.NEEDS_REVIEW not in row["flags"],
    )


def latency_points(
    child_ids: Collection[uuid.UUID],
    *,
    first: dt.date,
    last: dt.date,
    only_by: uuid.UUID | None = None,
) -> dict[uuid.UUID, list[SeriesPoint]]:
    """Sleep latency in minutes by night, one a night: of two caregivers' bedtimes the first told.

    One statement. The caller has made sure that the asker may see these children.
    """
    rows = (
        Bedtime.objects.counted()
        .filter(logged_in(child_ids, first, last, only_by))
        .order_by("child_id", "local_day", "first_received_at", "id")
        .annotate(**{f"{name}_epoch": epoch(name) for name in INSTANTS})
        .values(*BEDTIME_COLUMNS, *(f"{name}_epoch" for name in INSTANTS))
    )
    points: defaultdict[uuid.UUID, dict[dt.date, SeriesPoint]] = defaultdict(dict)
    for row in rows:
        instants = {name: instant_or_none(row[f"{name}_epoch"]) for name in INSTANTS}
        latency = latency_of(row | instants)
        value = None if latency is None else latency.for_figures
        if latency is None or value is None:
            continue
        points[row["child_id"]].setdefault(
            row["local_day"],
            SeriesPoint(
                on=row["local_day"],
                value=value.minutes if isinstance(value, AtLeast) else value,
                is_more_than=isinstance(value, AtLeast),
                is_unusual=bool(row["confounders"]),
                is_about=latency.is_about,
                entry=row["client_id"],
                by=row["reported_by_id"],
            ),
        )
    return {child: list(nights.values()) for child, nights in points.items()}


def intensity_points(
    child_ids: Collection[uuid.UUID],
    *,
    first: dt.date,
    last: dt.date,
    only_by: uuid.UUID | None = None,
) -> dict[uuid.UUID, list[SeriesPoint]]:
    """Intensity (0-4) of every touch observation that tells one, in order; one statement."""
    rows = (
        TactileObservation.objects.counted()
        .filter(logged_in(child_ids, first, last, only_by), intensity__isnull=False)
        .order_by("child_id", "local_day", "occurred_at", "id")
        .values("child_id", "client_id", "reported_by_id", "local_day", "intensity", "confounders")
    )
    points: defaultdict[uuid.UUID, list[SeriesPoint]] = defaultdict(list)
    for row in rows:
        points[row["child_id"]].append(
            SeriesPoint(
                on=row["local_day"],
                value=float(row["intensity"]),
                is_unusual=bool(row["confounders"]),
                entry=row["client_id"],
                by=row["reported_by_id"],
            )
        )
    return dict(points)


def target_state_points(
    sessions: Iterable[SessionFact], targets: Collection[str], *, started_on: dt.date
) -> list[SeriesPoint]:
    """Percent (0-100) of a program week's sessions that ended in a target state, on the week's first day."""
    weeks: defaultdict[dt.date, list[bool]] = defaultdict(list)
    for session in sessions:
        if session.is_offered and session.state_after:
            days_in = (session.on - started_on).days // 7 * 7
            weeks[started_on + dt.timedelta(days=days_in)].append(session.state_after in targets)
    return [
        SeriesPoint(on=week, value=100.0 * sum(reached) / len(reached))
        for week, reached in sorted(weeks.items())
    ]
