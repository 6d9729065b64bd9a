"""Entry rows as points of a series, for many children at once: one point a night, touch or massage.

A point belongs to the person whose report it is, even if somebody else wrote it down.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

from tracking.models import Bedtime, StimulusDay, TactileObservation
from tracking.outcomes.instants import epoch, instant_or_none
from tracking.outcomes.series import SeriesPoint
from tracking.outcomes.sessions import SessionFact, logged_in
from tracking.sleep import AtLeast, Latency, at_face, sleep_onset_latency
from tracking.vocabulary.cues import Cue
from tracking.vocabulary.programs import EntryFlag, Precision
from tracking.vocabulary.sleep import SleepAccuracy, SleepConfounder
from tracking.vocabulary.states import is_told
from tracking.vocabulary.touch import Confounder, RecoveryBand

WHO_AND_WHEN = (
    "child_id",
    "client_id",
    "reported_by_id",
    "told_by_grant__user_id",
    "told_by_name",
    "local_day",
    "flags",
)
BEDTIME_COLUMNS = (
    *WHO_AND_WHEN,
    "precision",
    "about_minutes",
    "accuracy",
    "resistance",
    "confounders",
)
TOUCH_COLUMNS = (
    *WHO_AND_WHEN,
    "stimulus",
    "intensity",
    "recovery_minutes",
    "recovery_band",
    "is_not_settled",
    "confounders",
)

ILL_OR_AWAY = frozenset({SleepConfounder.ILL, SleepConfounder.TRAVEL, Confounder.ILL, Confounder.NEW_PLACE})
BOTHERED_FROM = 1
BANDS: Mapping[str, float | AtLeast] = {
    RecoveryBand.AT_ONCE: 0.0,
    RecoveryBand.MINUTES_1_TO_2: 1.5,
    RecoveryBand.MINUTES_3_TO_5: 4.0,
    RecoveryBand.MINUTES_6_TO_15: 10.5,
    RecoveryBand.MINUTES_16_TO_30: 23.0,
    RecoveryBand.OVER_30: AtLeast(30.0),
}
"""A band counts as its midpoint (our own rule); over half an hour is a lower bound."""
REQUESTS = frozenset({Cue.OFFERS_NEXT_LIMB, Cue.ASKS_FOR_MORE})

ACCURACIES: dict[str, SleepAccuracy] = {str(one): one for one in SleepAccuracy}

INSTANTS = ("lights_out_at", "asleep_at", "still_awake_at")


def latency_of(row: Mapping[str, Any]) -> Latency | None:
    """The latency of a bedtime row; an implausible one is left out of figures until it is confirmed.

    Computed from two instants only if both are known to the minute; otherwise only an estimate counts.
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


@dataclass(frozen=True, slots=True)
class Bedtimes:
    """One child's nights, in order: latency in minutes, resistance 0-4, and the days with any bedtime.

    One latency a night; of resistance one for each who told it, as two people do not see the same.
    """

    latency: list[SeriesPoint] = field(default_factory=list)
    resistance: list[SeriesPoint] = field(default_factory=list)
    days: set[dt.date] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Touches:
    """One child's touch observations, in order: intensity 0-4, and minutes until settled, where recorded.

    `met` pairs each point of known intensity with its stimulus. `days` are days with any observation.
    """

    intensity: list[SeriesPoint] = field(default_factory=list)
    recovery: list[SeriesPoint] = field(default_factory=list)
    met: list[tuple[SeriesPoint, str]] = field(default_factory=list)
    days: set[dt.date] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class CameUp:
    """An answer to whether a tracked touch came up on a day, and whose answer it is."""

    on: dt.date
    stimulus: str
    came_up: bool
    by: uuid.UUID
    is_late: bool


def bedtime_points(
    child_ids: Collection[uuid.UUID],
    *,
    first: dt.date,
    last: dt.date,
    only_by: uuid.UUID | None = None,
) -> dict[uuid.UUID, Bedtimes]:
    """Bedtimes by child: of two latencies of a night the first told. One statement.

    The caller has made sure that the asker may see these children.
    """
    rows = (
        Bedtime.objects.counted()
        .filter(logged_in(child_ids, first, last, only_by))
        .order_by("child_id", "local_day", "first_received_at", "id")
        .annotate(**{f"{name}_epoch": epoch(name) for name in INSTANTS})
        .values(*BEDTIME_COLUMNS, *(f"{name}_epoch" for name in INSTANTS))
    )
    found: defaultdict[uuid.UUID, Bedtimes] = defaultdict(Bedtimes)
    for row in rows:
        nights = found[row["child_id"]]
        nights.days.add(row["local_day"])
        _add_latency(nights.latency, row)
        if row["resistance"] is not None:
            _add_resistance(nights.resistance, _point(row, float(row["resistance"])))
    return dict(found)


def _add_resistance(nights: list[SeriesPoint], point: SeriesPoint) -> None:
    same_night = takewhile(lambda one: one.on == point.on, reversed(nights))
    if (point.by, point.teller) not in {(one.by, one.teller) for one in same_night}:
        nights.append(point)


def _add_latency(nights: list[SeriesPoint], row: dict[str, Any]) -> None:
    for name in INSTANTS:
        row[name] = instant_or_none(row[f"{name}_epoch"])
    latency = latency_of(row)
    value = None if latency is None else latency.for_figures
    if latency is not None and value is not None and not _has(nights, row["local_day"]):
        nights.append(_point(row, value, is_about=latency.is_about))


def _has(nights: list[SeriesPoint], day: dt.date) -> bool:
    """Whether the last night is that day's: rows come in order."""
    return bool(nights) and nights[-1].on == day


def latency_points(
    child_ids: Collection[uuid.UUID],
    *,
    first: dt.date,
    last: dt.date,
    only_by: uuid.UUID | None = None,
) -> dict[uuid.UUID, list[SeriesPoint]]:
    """Sleep latency in minutes by night, where known; as `bedtime_points`."""
    found = bedtime_points(child_ids, first=first, last=last, only_by=only_by)
    return {child: nights.latency for child, nights in found.items() if nights.latency}


def touch_points(
    child_ids: Collection[uuid.UUID],
    *,
    first: dt.date,
    last: dt.date,
    only_by: uuid.UUID | None = None,
) -> dict[uuid.UUID, Touches]:
    """Touch observations by child; one statement."""
    rows = (
        TactileObservation.objects.counted()
        .filter(logged_in(child_ids, first, last, only_by))
        .order_by("child_id", "local_day", "occurred_at", "id")
        .values(*TOUCH_COLUMNS)
    )
    found: defaultdict[uuid.UUID, Touches] = defaultdict(Touches)
    for row in rows:
        touches = found[row["child_id"]]
        touches.days.add(row["local_day"])
        if row["intensity"] is not None:
            point = _point(row, float(row["intensity"]))
            touches.intensity.append(point)
            touches.met.append((point, row["stimulus"]))
        recovery = recovery_of(row)
        if recovery is not None:
            touches.recovery.append(_point(row, recovery))
    return dict(found)


def recovery_of(row: Mapping[str, Any]) -> float | AtLeast | None:
    """Minutes until settled; a lower bound if the child had not settled; None if not recorded."""
    minutes, band = row["recovery_minutes"], BANDS.get(row["recovery_band"])
    told = float(minutes) if minutes is not None else band
    if row["is_not_settled"] and isinstance(told, float):
        return AtLeast(told)
    return told


def intensity_points(
    child_ids: Collection[uuid.UUID],
    *,
    first: dt.date,
    last: dt.date,
    only_by: uuid.UUID | None = None,
) -> dict[uuid.UUID, list[SeriesPoint]]:
    """Intensity (0-4) of every touch observation that has one; as `touch_points`."""
    found = touch_points(child_ids, first=first, last=last, only_by=only_by)
    return {child: touches.intensity for child, touches in found.items() if touches.intensity}


def came_up_days(
    child_ids: Collection[uuid.UUID],
    *,
    first: dt.date,
    last: dt.date,
    only_by: uuid.UUID | None = None,
) -> dict[uuid.UUID, list[CameUp]]:
    """Answers to whether a tracked touch came up, by child, in order; one statement."""
    rows = (
        StimulusDay.objects.counted()
        .filter(logged_in(child_ids, first, last, only_by))
        .order_by("child_id", "local_day", "id")
        .values(*WHO_AND_WHEN, "tracked_stimulus__stimulus", "came_up")
    )
    found: defaultdict[uuid.UUID, list[CameUp]] = defaultdict(list)
    for row in rows:
        found[row["child_id"]].append(
            CameUp(
                on=row["local_day"],
                stimulus=row["tracked_stimulus__stimulus"],
                came_up=row["came_up"],
                by=row["told_by_grant__user_id"] or row["reported_by_id"],
                is_late=EntryFlag.LOGGED_LATE in row["flags"],
            )
        )
    return dict(found)


def opportunity_points(touches: Touches, answers: Iterable[CameUp]) -> list[SeriesPoint]:
    """One point for each tracked touch, day it came up, and reporter: 1 if it bothered the child, else 0.

    It came up if somebody answered so, or observed it. Touches that are not tracked have no opportunities.
    """
    told = list(answers)
    tracked = {one.stimulus for one in told}
    found: dict[tuple[dt.date, str, uuid.UUID | None, str], SeriesPoint] = {
        (one.on, one.stimulus, one.by, ""): SeriesPoint(on=one.on, value=0.0, by=one.by, is_late=one.is_late)
        for one in told
        if one.came_up
    }
    for point, stimulus in touches.met:
        key = point.on, stimulus, point.by, point.teller
        before = found.get(key)
        if stimulus in tracked and (before is None or before.value == 0):
            found[key] = replace(point, value=float(point.value >= BOTHERED_FROM))
    return sorted(found.values(), key=lambda point: (point.on, str(point.entry)))


def target_points(sessions: Iterable[SessionFact], targets: Collection[str]) -> list[SeriesPoint]:
    """Each massage that tells a state after by a scale that has a target: 1 where it is one, else 0."""
    return [
        _of_session(session, session.state_after in targets)
        for session in sessions
        if session.is_offered and is_told(session.state_after, targets)
    ]


def request_points(sessions: Iterable[SessionFact]) -> list[SeriesPoint]:
    """One point for each massage with any cue: 1 if the child asked for more by itself, else 0."""
    return [
        _of_session(session, any(map(_asks_for_more, session.cues)))
        for session in sessions
        if session.is_offered and session.cues
    ]


def _asks_for_more(cue: Mapping[str, Any]) -> bool:
    return cue.get("code") in REQUESTS or (cue.get("sign") or {}).get("asks_for") == "more"


def _of_session(session: SessionFact, is_so: bool) -> SeriesPoint:
    return SeriesPoint(
        on=session.on,
        value=float(is_so),
        entry=session.client_id,
        by=session.reported_by_id,
        is_late=session.is_late,
    )


def target_state_points(
    sessions: Iterable[SessionFact], targets: Collection[str], *, started_on: dt.date
) -> list[SeriesPoint]:
    """Percent (0-100) of a program week's sessions that ended in a target state, on the week's first day."""
    return by_week(target_points(sessions, targets), started_on=started_on, how=share)


def by_week(
    points: Iterable[SeriesPoint],
    *,
    started_on: dt.date,
    how: Callable[[Sequence[float]], float],
    first: dt.date | None = None,
) -> list[SeriesPoint]:
    """One point for each program week with points, on its first day; earlier weeks count back from the start.

    A week that began before `first`, the first day looked at, stands on that day.
    """
    weeks: defaultdict[dt.date, list[float]] = defaultdict(list)
    for point in points:
        begins = started_on + dt.timedelta(days=(point.on - started_on).days // 7 * 7)
        weeks[begins if first is None else max(begins, first)].append(point.value)
    return [SeriesPoint(on=week, value=how(values)) for week, values in sorted(weeks.items())]


def share(values: Sequence[float]) -> float:
    """Percent of ones among ones and zeros."""
    return 100.0 * sum(values) / len(values)


def _point(row: Mapping[str, Any], value: float | AtLeast, *, is_about: bool = False) -> SeriesPoint:
    return SeriesPoint(
        on=row["local_day"],
        value=at_face(value),
        is_more_than=isinstance(value, AtLeast),
        is_unusual=bool(row["confounders"]),
        is_ill_or_away=not ILL_OR_AWAY.isdisjoint(row["confounders"]),
        is_about=is_about,
        is_late=EntryFlag.LOGGED_LATE in row["flags"],
        entry=row["client_id"],
        by=row["told_by_grant__user_id"] or row["reported_by_id"],
        teller=row["told_by_name"],
    )
