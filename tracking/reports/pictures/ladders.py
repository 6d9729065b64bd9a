"""Goal ladders: the level of each goal over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.localtime import local_day
from tracking.readings.goals import GoalCard
from tracking.reports.charts import Foot
from tracking.reports.charts.ladders import Rung, ladder_chart
from tracking.reports.pictures.picture import Picture, Table, day, days_told_of, foot_in_words
from tracking.wording.change import told_late
from tracking.wording.goals import signed

LATE = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Rated:
    """A level from -2 to +2 on a day, who rated it, and the local day they did."""

    on: dt.date
    level: int
    by: str
    told_on: dt.date

    @property
    def is_late(self) -> bool:
        return self.told_on - self.on > LATE


@dataclass(frozen=True, slots=True)
class Laddered:
    """A goal: where the child began, the texts of levels -2 to +2, and its ratings, the oldest first."""

    title: str
    language: str
    set_on: dt.date
    baseline_level: int
    ladder: Sequence[str]
    ratings: Sequence[Rated]


def laddered(goal: GoalCard, zone: str) -> Laddered:
    """A goal as the readings give it, rated on the days of a clinic's zone."""
    return Laddered(
        goal.title,
        goal.language,
        goal.set_on,
        goal.baseline_level,
        [rung.text for rung in reversed(goal.rungs)],
        [Rated(one.on, one.level, one.by, local_day(one.at, zone)) for one in reversed(goal.ratings)],
    )


def goal_ladders(goals: Iterable[Laddered], *, last: dt.date, foot: Foot) -> list[Picture]:
    """One picture a goal that was set by `last`, with the ratings up to it and the days of a record below."""
    begun = (one for one in goals if one.set_on <= last)
    return [
        _picture(one, f"goal-ladder-{number}", last, foot.within(one.set_on, last))
        for number, one in enumerate(begun, start=1)
    ]


def _picture(goal: Laddered, name: str, last: dt.date, foot: Foot) -> Picture:
    ratings = [one for one in goal.ratings if one.on <= last]
    rungs = [
        Rung(goal.set_on, goal.baseline_level, is_start=True),
        *(Rung(max(one.on, goal.set_on), one.level) for one in ratings),
    ]
    rated = len(ratings)
    by = ", ".join(sorted({one.by for one in ratings}))
    said = ngettext("Rated on %(count)d day.", "Rated on %(count)d days.", rated) % {"count": rated}
    return Picture(
        name=name,
        title=goal.title,
        language=goal.language,
        specification=ladder_chart(rungs, last=last, foot=foot),
        words=" ".join(
            [
                _("At the start: level %(level)s.") % {"level": signed(rungs[0].level)},
                *([_("Latest: level %(level)s.") % {"level": signed(rungs[-1].level)}] if rated else []),
            ]
        ),
        note=" ".join(
            [
                _("Level 0, the dashed line, is what was expected. Diamond: where the child began."),
                said if rated else _("Not rated since."),
                *([told_late(sum(one.is_late for one in ratings), of=rated)] if rated else []),
                *days_told_of(foot),
                *foot_in_words(foot),
            ]
        ),
        told_by=_("Rated by: %(names)s.") % {"names": by} if by else "",
        table=Table(
            (_("Day"), _("Level"), _("What it means")),
            tuple((day(one.on), signed(one.level), goal.ladder[one.level + 2]) for one in reversed(rungs)),
        ),
    )
