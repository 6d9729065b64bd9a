"""The type `Picture`, and the parts of notes that all pictures share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.outcomes.change import days_asked
from tracking.outcomes.series import Series, SeriesPoint
from tracking.outcomes.sessions import SessionFact, StripDay
from tracking.readings.bylines import told_by
from tracking.readings.progress import Progress
from tracking.reports.charts import Foot, Spec
from tracking.vocabulary.outcomes import DayState, Outcome
from tracking.wording.change import told_late

MOST_WEEKS = 16
"""Tiles of more would be too small for their marks; the table has every one."""

TOLD = (DayState.DONE, DayState.STOPPED, DayState.DECLINED, DayState.NOT_TODAY)


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a chart, for reading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with all that is said of it. `name` is unique on its page.

    `words` tell in a sentence what is to be seen; `note` how to read it. `told_by` names who told it, for the
    team's pages alone: both homes read a report. `language` is that of a title which somebody wrote, empty
    for ours.
    """

    name: str
    title: str
    specification: Spec
    words: str
    note: str
    table: Table
    told_by: str = ""
    language: str = ""

    @property
    def note_for_team(self) -> str:
        return f"{self.note} {self.told_by}".rstrip()


def day(on: dt.date) -> str:
    return formats.date_format(on, "DATE_FORMAT")


def massages_told(told_count: int, offered_count: int) -> str:
    """Of how many massages a picture speaks."""
    said = ngettext(
        "Recorded for %(told)d of %(count)d massage offered.",
        "Recorded for %(told)d of %(count)d massages offered.",
        offered_count,
    )
    return said % {"told": told_count, "count": offered_count}


def notes_of_massages(
    foot: Foot, *, told_count: int, offered_count: int, sessions: Iterable[SessionFact]
) -> list[str]:
    """The end of a note about massages: days logged, the marks below, massages with data, and late ones."""
    return [
        *days_told_of(foot),
        *foot_in_words(foot),
        massages_told(told_count, offered_count),
        late(sessions),
    ]


def late(sessions: Iterable[SessionFact]) -> str:
    """How many of these massages were told late."""
    known = list(sessions)
    return told_late(sum(one.is_late for one in known), of=len(known))


def late_points(points: Sequence[SeriesPoint]) -> str:
    """As `late`, of the values of a series."""
    return told_late(sum(one.is_late for one in points), of=len(points))


def who(progress: Progress, sessions: Iterable[SessionFact]) -> str:
    """Who told these massages."""
    return told_by(progress.sight, (one.reported_by_id for one in sessions))


def foot_of(progress: Progress) -> Foot:
    """Days that asked for a massage and have no record, those that are told of, and of illness or travel."""
    return foot_of_days(progress, progress.calendar)


def foot_of_days(progress: Progress, days: Sequence[StripDay]) -> Foot:
    """As `foot_of`, of some of its days. Without a program no day is told of: none was asked for."""
    told = [one.on for one in days if one.state in TOLD]
    return Foot(
        no_record_on=tuple(one.on for one in days if one.state is DayState.NO_RECORD),
        ill_or_away_on=ill_or_away(progress, progress.first),
        told_on=tuple(told) if progress.plan else (),
    )


def foot_of_series(progress: Progress, series: Series) -> Foot:
    """Days on which one was asked for a value of this series and told none, and days of illness or travel."""
    told = {one.on for one in series.points} if series.outcome.is_nightly else progress.entry_days
    asked = days_asked(series, progress.plan, told)
    return Foot(
        no_record_on=tuple(day for day in asked if day not in told),
        ill_or_away_on=ill_or_away(progress, series.first),
        told_on=tuple(day for day in asked if day in told),
    )


def ill_or_away(progress: Progress, first: dt.date) -> tuple[dt.date, ...]:
    """The days from `first` on of which illness or travel was told, with a bedtime or a touch."""
    told = (
        Outcome.SLEEP_LATENCY,
        Outcome.BEDTIME_RESISTANCE,
        Outcome.TOUCH_INTENSITY,
        Outcome.RECOVERY_MINUTES,
    )
    found = {one.on for outcome in told for one in progress.points[outcome] if one.is_ill_or_away}
    return tuple(sorted(one for one in found if first <= one <= progress.last))


def days_told_of(foot: Foot) -> list[str]:
    """Of how many of the days asked for there is a record; empty where none was."""
    told, missing = len(foot.told_on), len(foot.no_record_on)
    if not told + missing:
        return []
    said = ngettext(
        "%(told)d of %(count)d day has a record; %(missing)d without.",
        "%(told)d of %(count)d days have a record; %(missing)d without.",
        told + missing,
    )
    return [said % {"told": told, "count": told + missing, "missing": missing}]


def foot_in_words(foot: Foot) -> list[str]:
    """What the marks at the foot mean, of those there are."""
    marks = (
        (foot.told_on, _("lines: a record")),
        (foot.no_record_on, _("dots: none")),
        (foot.ill_or_away_on, _("crosses: illness or travel")),
    )
    told = "; ".join(words for days, words in marks if days)
    return [_("Along the foot, %(marks)s.") % {"marks": told}] if told else []
