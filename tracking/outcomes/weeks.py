"""Weekly totals: minutes of massage, cues for more and for enough, and the intensity of each touch.

Weeks are program weeks: they count from the day the program began, backwards too.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from tracking.dose import dose
from tracking.outcomes.points import CameUp
from tracking.outcomes.series import SeriesPoint
from tracking.outcomes.sessions import SessionFact, given
from tracking.vocabulary.cues import Cue, SignMeaning, meaning

ONE_WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Week:
    """A program week within a period, both days included; the first and last may be cut short."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class DoseOfWeek:
    """Minutes of the timed massages of a week; `timed_count` of the `begun_count` begun were timed."""

    week: Week
    minutes: float
    timed_count: int
    begun_count: int


@dataclass(frozen=True, slots=True)
class CuesOfWeek:
    """How often cues for more and for enough were noted, each counted once a massage.

    `told_count` of the `offered_count` massages record any cue.
    """

    week: Week
    more_count: int
    enough_count: int
    told_count: int
    offered_count: int


@dataclass(frozen=True, slots=True)
class TouchCell:
    """One touch in one week: the `median` of `count` intensities (0-4).

    `median` None: it came up on `came_up_days` days, and no intensity was recorded.
    """

    stimulus: str
    week: Week
    median: float | None
    count: int
    came_up_days: int


def weeks_of(*, started_on: dt.date, first: dt.date, last: dt.date) -> tuple[Week, ...]:
    """The weeks of a period, oldest first."""
    begins = started_on + (first - started_on) // ONE_WEEK * ONE_WEEK
    found = []
    while begins <= last:
        ends = begins + ONE_WEEK - dt.timedelta(days=1)
        found.append(Week(max(begins, first), min(ends, last)))
        begins += ONE_WEEK
    return tuple(found)


def dose_by_week(sessions: Iterable[SessionFact], weeks: Sequence[Week]) -> tuple[DoseOfWeek, ...]:
    """Every week, including those without massage."""
    found = []
    for week, inside in _by_week(sessions, weeks):
        delivered = dose([given(one, {}) for one in inside])
        found.append(DoseOfWeek(week, delivered.minutes, delivered.timed_count, delivered.begun_count))
    return tuple(found)


def cues_by_week(sessions: Iterable[SessionFact], weeks: Sequence[Week]) -> tuple[CuesOfWeek, ...]:
    """Every week; own signs count by what they ask for."""
    found = []
    for week, inside in _by_week((one for one in sessions if one.is_offered), weeks):
        asked = [one for session in inside for one in _asked_for(session)]
        found.append(
            CuesOfWeek(
                week,
                more_count=asked.count(SignMeaning.MORE),
                enough_count=asked.count(SignMeaning.ENOUGH),
                told_count=sum(bool(session.cues) for session in inside),
                offered_count=len(inside),
            )
        )
    return tuple(found)


def _asked_for(session: SessionFact) -> list[SignMeaning]:
    """What each different cue and sign of a massage asks for; unknown codes are skipped."""
    noted: dict[str, SignMeaning] = {}
    for cue in session.cues:
        own = cue.get("sign")
        if own:
            noted[str(own["id"])] = SignMeaning(own["asks_for"])
        elif cue["code"] in frozenset(Cue):
            noted[str(cue["code"])] = meaning(Cue(cue["code"]))
    return list(noted.values())


def touch_cells(
    met: Iterable[tuple[SeriesPoint, str]], answers: Iterable[CameUp], weeks: Sequence[Week]
) -> tuple[TouchCell, ...]:
    """One cell for each touch and week in which it came up, sorted by touch, then week.

    A week in which it came up without any recorded intensity has a cell without a median.
    """
    told: defaultdict[tuple[str, Week], list[float]] = defaultdict(list)
    came_up: defaultdict[tuple[str, Week], set[dt.date]] = defaultdict(set)
    for point, stimulus in met:
        for week in _week_of(point.on, weeks):
            told[stimulus, week].append(point.value)
            came_up[stimulus, week].add(point.on)
    for answer in answers:
        for week in _week_of(answer.on, weeks) if answer.came_up else ():
            came_up[answer.stimulus, week].add(answer.on)
    found = (
        TouchCell(
            stimulus=stimulus,
            week=week,
            median=median(told[stimulus, week]) if told[stimulus, week] else None,
            count=len(told[stimulus, week]),
            came_up_days=len(days),
        )
        for (stimulus, week), days in came_up.items()
    )
    return tuple(sorted(found, key=lambda one: (one.stimulus, one.week.first)))


def _week_of(day: dt.date, weeks: Sequence[Week]) -> list[Week]:
    """The week a day lies in, as a list of one; empty outside the period."""
    return [week for week in weeks if week.first <= day <= week.last]


def _by_week(sessions: Iterable[SessionFact], weeks: Sequence[Week]) -> list[tuple[Week, list[SessionFact]]]:
    inside: defaultdict[Week, list[SessionFact]] = defaultdict(list)
    for session in sessions:
        for week in _week_of(session.on, weeks):
            inside[week].append(session)
    return [(week, inside[week]) for week in weeks]
