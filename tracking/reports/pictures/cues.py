"""Cue balance: cues for more and for enough, by week."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tracking.outcomes.weeks import cues_by_week
from tracking.readings.progress import Progress
from tracking.reports.charts.cues import CueWeek, cue_chart
from tracking.reports.pictures.picture import (
    Picture,
    Table,
    day,
    foot_of,
    notes_of_massages,
    who,
)
from tracking.reports.pictures.weeks import program_weeks


def cue_balance(progress: Progress) -> Picture | None:
    """None if no massage records a cue."""
    weeks = cues_by_week(progress.sessions, program_weeks(progress))
    told_count = sum(one.told_count for one in weeks)
    if not told_count:
        return None
    foot = foot_of(progress)
    told = [one for one in progress.sessions if one.is_offered and one.cues]
    return Picture(
        name="cue-balance",
        title=_("Cues for more and for enough"),
        specification=cue_chart(
            [CueWeek(one.week.first, one.week.last, one.more_count, one.enough_count) for one in weeks],
            foot=foot,
        ),
        words=_("Noted in all: %(more)d for more, %(enough)d for enough.")
        % {
            "more": sum(one.more_count for one in weeks),
            "enough": sum(one.enough_count for one in weeks),
        },
        note=" ".join(
            [
                _("Up: cues for more. Down: cues for enough. Each cue counts once a massage."),
                _("A cue is read with others, never alone."),
                *notes_of_massages(
                    foot,
                    told_count=told_count,
                    offered_count=sum(one.offered_count for one in weeks),
                    sessions=told,
                ),
            ]
        ),
        told_by=who(progress, told),
        table=Table(
            (
                _("Week from"),
                _("For more"),
                _("For enough"),
                _("Massages with cues noted"),
                _("Massages offered"),
            ),
            tuple(
                (
                    day(one.week.first),
                    one.more_count,
                    one.enough_count,
                    one.told_count,
                    one.offered_count,
                )
                for one in reversed(weeks)
            ),
        ),
    )
