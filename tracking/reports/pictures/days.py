"""The last fourteen days, and the calendar of the program. For the clinic; families read days offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.outcomes.sessions import StripDay
from tracking.readings.progress import Progress
from tracking.reports.charts.calendar import DayTile, Night, calendar_chart, fortnight_chart
from tracking.reports.pictures.picture import (
    MOST_WEEKS,
    Picture,
    Table,
    day,
    days_told_of,
    foot_of_days,
    late,
    who,
)
from tracking.vocabulary.outcomes import DayState
from tracking.wording import days as wording
from tracking.wording.numbers import number

ASKED = (DayState.DONE, DayState.STOPPED, DayState.DECLINED, DayState.NOT_TODAY, DayState.NO_RECORD)
OFFERED = (DayState.DONE, DayState.STOPPED, DayState.DECLINED)


def fortnight(progress: Progress) -> Picture | None:
    """What became of each of the last days, and the minutes to sleep of its evening.

    None where nothing was asked for and nothing was told.
    """
    first = progress.strip[0].on
    minutes = {
        one.on: f">{number(one.value)}" if one.is_more_than else number(one.value)
        for one in progress.latency.points
        if one.on >= first
    }
    if not minutes and {one.state for one in progress.strip} == {DayState.NOT_PRESCRIBED}:
        return None
    nights = [Night(one.on, minutes.get(one.on, "")) for one in progress.strip]
    inside = [one for one in progress.sessions if one.on >= first]
    told = (
        [_("Numbers: minutes to fall asleep. A number after >: still awake when last seen.")]
        if minutes
        else []
    )
    return Picture(
        name="fortnight",
        title=_("The last two weeks"),
        specification=fortnight_chart(_tiles(progress.strip), nights),
        words=_counted(progress.strip),
        note=" ".join(
            [
                marks_in_words(progress.strip),
                *told,
                *days_told_of(foot_of_days(progress, progress.strip)),
                late(inside),
            ]
        ).rstrip(),
        told_by=who(progress, inside),
        table=Table(
            (_("Day"), _("Massage"), _("Minutes to fall asleep")),
            tuple(
                (day(one.on), wording.words(one.state), minutes.get(one.on, ""))
                for one in reversed(progress.strip)
            ),
        ),
    )


def calendar(progress: Progress) -> Picture | None:
    """Every day since the program began; None for readers who may not see adherence, and without a day asked
    for.
    """
    days = _of_program(progress)
    if all(one.state is DayState.NOT_PRESCRIBED for one in days):
        return None
    shown = days[-MOST_WEEKS * 7 :]
    cut = (
        [_("The last %(count)d weeks are drawn; the numbers have every day.") % {"count": MOST_WEEKS}]
        if len(shown) < len(days)
        else []
    )
    return Picture(
        name="calendar",
        title=_("What became of each day"),
        specification=calendar_chart(_tiles(shown)),
        words=_counted(days),
        note=" ".join(
            [
                marks_in_words(shown),
                *cut,
                *days_told_of(foot_of_days(progress, days)),
                late(progress.sessions),
            ]
        ),
        told_by=who(progress, progress.sessions),
        table=Table(
            (_("Day"), _("Massage")),
            tuple((day(one.on), wording.words(one.state)) for one in reversed(days)),
        ),
    )


def marks_in_words(days: Sequence[StripDay]) -> str:
    """What the marks of these days mean: "Tick: done. S: offered, stopped early."."""
    present = {one.state for one in days}
    told = (
        _("%(mark)s: %(state)s.") % {"mark": wording.mark(state), "state": wording.words(state)}
        for state in DayState
        if state in present
    )
    return " ".join(told)


def _of_program(progress: Progress) -> list[StripDay]:
    if progress.plan is None:
        return []
    return [one for one in progress.calendar if one.on >= progress.plan.started_on]


def _tiles(days: Sequence[StripDay]) -> list[DayTile]:
    return [DayTile(one.on, one.state) for one in days]


def _counted(days: Sequence[StripDay]) -> str:
    """How many days asked for a massage, and what became of them; stopped and declined count as offered."""
    counts = Counter(one.state for one in days)
    asked = sum(counts[state] for state in ASKED)
    said = ngettext(
        "Of %(count)d day with a massage planned, it was offered on %(offered)d.",
        "Of %(count)d days with a massage planned, it was offered on %(offered)d.",
        asked,
    )
    told = [said % {"count": asked, "offered": sum(counts[state] for state in OFFERED)}]
    told += [
        _("%(state)s: %(count)d.") % {"state": wording.words(state).capitalize(), "count": counts[state]}
        for state in DayState
        if counts[state]
    ]
    return " ".join(told)
