"""The minutes of massage in each week, as bars below an outcome."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.outcomes.weeks import DoseOfWeek, dose_by_week, weeks_of
from tracking.readings.progress import Progress
from tracking.reports.charts import DoseWeek


def dose_from(progress: Progress, first: dt.date) -> tuple[DoseOfWeek, ...]:
    """Minutes by week from a day of the period on; empty for readers who may not see adherence.

    Empty too where no massage of it was timed: a row of nothing would look as if none had been given.
    """
    if progress.plan is None:
        return ()
    weeks = weeks_of(
        started_on=progress.plan.started_on, first=max(first, progress.first), last=progress.last
    )
    doses = dose_by_week(progress.sessions, weeks)
    return doses if any(one.timed_count for one in doses) else ()


def dose_bars(doses: tuple[DoseOfWeek, ...]) -> list[DoseWeek]:
    return [DoseWeek(one.week.first, one.week.last, one.minutes) for one in doses]


def dose_in_words(doses: tuple[DoseOfWeek, ...]) -> list[str]:
    """What the bars at the foot are, and of how many massages they speak."""
    if not doses:
        return []
    begun = sum(one.begun_count for one in doses)
    said = ngettext(
        "Bars: minutes of massage a week, of %(timed)d of %(count)d massage that was timed.",
        "Bars: minutes of massage a week, of %(timed)d of %(count)d massages that were timed.",
        begun,
    )
    return [
        said % {"timed": sum(one.timed_count for one in doses), "count": begun},
        _("Side by side does not mean that one caused the other."),
    ]
