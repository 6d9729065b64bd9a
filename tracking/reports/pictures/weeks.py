"""Sessions prescribed, offered and done in each week of the program."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tracking.adherence import Adherence
from tracking.outcomes.weeks import Week, weeks_of
from tracking.readings.progress import Progress
from tracking.reports import charts
from tracking.reports.charts import Foot, Spec, WeekBar
from tracking.reports.pictures.picture import (
    Picture,
    Table,
    days_told_of,
    foot_in_words,
    foot_of,
    late,
    who,
)
from tracking.wording.numbers import number


def of_weeks(progress: Progress) -> Picture | None:
    """None before anything is prescribed, and for readers who may not see adherence."""
    bars = week_bars(progress)
    if not any(week.prescribed for week in bars):
        return None
    foot = _foot_of_weeks(progress)
    return Picture(
        name="weeks",
        title=_("Offered and done, week by week"),
        specification=_specification(progress),
        words=weeks_words(progress),
        note=" ".join(
            [
                _("Line: prescribed. Wide: offered, whoever ended it. Narrow: done."),
                *days_told_of(foot),
                *foot_in_words(foot),
                late(progress.sessions),
            ]
        ).rstrip(),
        told_by=who(progress, progress.sessions),
        table=Table(
            (_("Week"), _("Prescribed"), _("Offered"), _("Done")),
            tuple(
                (bar.number, number(bar.prescribed), number(bar.offered), number(round(bar.done, 1)))
                for bar in bars
            ),
        ),
    )


def _specification(progress: Progress) -> Spec:
    assert progress.plan is not None  # as there are weeks of it
    return charts.weeks_chart(
        week_bars(progress), started_on=progress.plan.started_on, foot=_foot_of_weeks(progress)
    )


def _foot_of_weeks(progress: Progress) -> Foot:
    """Of the days of the period, from the first of the program on."""
    assert progress.plan is not None
    return foot_of(progress).within(progress.plan.started_on, progress.last)


def program_weeks(progress: Progress) -> tuple[Week, ...]:
    """Program weeks of the period; without a program, weeks from its first day."""
    started_on = progress.plan.started_on if progress.plan else progress.first
    return weeks_of(started_on=started_on, first=progress.first, last=progress.last)


def week_bars(progress: Progress) -> list[WeekBar]:
    """The program's weeks so far; empty before it starts and for readers who may not see adherence."""
    if progress.exposure is None:
        return []
    return [
        WeekBar(week.number, week.prescribed, week.capped_offered, week.capped_credit)
        for week in progress.exposure.weeks
    ]


def weeks_words(progress: Progress) -> str:
    """Offered and prescribed sessions of the whole program so far, in a sentence."""
    if progress.exposure is None:
        return ""
    return _("Offered %(offered)s of %(prescribed)s prescribed sessions so far.") % n_of_n(progress.exposure)


def n_of_n(exposure: Adherence) -> dict[str, str]:
    """Sessions offered, no more than were prescribed each week, and prescribed."""
    return {
        "offered": number(sum(week.capped_offered for week in exposure.weeks)),
        "prescribed": number(round(exposure.prescribed_sessions)),
    }
