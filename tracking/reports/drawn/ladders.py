"""Where on its ladder each goal was, over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.readings.goals import GoalCard
from tracking.reports.charts.ladders import Rung, ladder_chart
from tracking.reports.drawn.picture import Picture, Table, day
from tracking.wording.goals import signed


@dataclass(frozen=True, slots=True)
class Laddered:
    """A goal: where the child began, the texts of levels -2 to +2, and its ratings as day and level."""

    title: str
    language: str
    set_on: dt.date
    baseline_level: int
    ladder: Sequence[str]
    ratings: Sequence[tuple[dt.date, int]]


def laddered(goal: GoalCard) -> Laddered:
    """A goal as the readings give it."""
    return Laddered(
        goal.title,
        goal.language,
        goal.set_on,
        goal.baseline_level,
        [rung.text for rung in reversed(goal.rungs)],
        [(one.on, one.level) for one in reversed(goal.ratings)],
    )


def goal_ladders(goals: Iterable[Laddered], *, last: dt.date) -> list[Picture]:
    """One picture a goal that was set by `last`, with the ratings up to it."""
    begun = (one for one in goals if one.set_on <= last)
    return [_picture(one, f"goal-ladder-{number}", last) for number, one in enumerate(begun, start=1)]


def _picture(goal: Laddered, name: str, last: dt.date) -> Picture:
    rungs = [
        Rung(goal.set_on, goal.baseline_level, is_start=True),
        *(Rung(max(on, goal.set_on), level) for on, level in goal.ratings if on <= last),
    ]
    rated = len(rungs) - 1
    said = ngettext("Rated on %(count)d day.", "Rated on %(count)d days.", rated) % {"count": rated}
    return Picture(
        name=name,
        title=goal.title,
        language=goal.language,
        specification=ladder_chart(rungs, last=last),
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
            ]
        ),
        table=Table(
            (_("Day"), _("Level"), _("What it means")),
            tuple((day(one.on), signed(one.level), goal.ladder[one.level + 2]) for one in reversed(rungs)),
        ),
    )
