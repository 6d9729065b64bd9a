"""A child's progress as figures on a page: the report's own charts, each with its sentence and its table.

First what the goals are measured by; a series that a goal is measured by is not drawn a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from tracking.outcomes.series import Series
from tracking.readings.bylines import told_by
from tracking.readings.change import GoalChange, TellerSeen
from tracking.readings.child import ChildRecord
from tracking.readings.child_lists import SeenGoal
from tracking.readings.progress import Progress
from tracking.reports import drawing, signs
from tracking.reports.drawn import days
from tracking.reports.drawn.chosen import chosen_pictures
from tracking.reports.drawn.ladders import Laddered
from tracking.reports.drawn.picture import Picture, Table
from tracking.reports.signs import SignLine
from tracking.vocabulary.outcomes import Judgement, Outcome
from tracking.wording import change as wording
from tracking.wording import labels, statistics
from tracking.wording.numbers import number


@dataclass(frozen=True, slots=True)
class Figure:
    specification: dict[str, Any]
    words: str
    note: str
    table: Table


@dataclass(frozen=True, slots=True)
class SignTable:
    """What the child said without words; without lines it says why there are none."""

    lines: tuple[SignLine, ...]
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class ChangeFigure:
    """What a goal is measured by, and what may be said of it. `figure` None: nothing has been told.

    `name` is unique on the page.
    `statistics` stand folded, greyed where there is too little to judge.
    """

    name: str
    goal: str
    language: str
    title: str
    figure: Figure | None
    said: tuple[str, ...]
    late: str
    tellers: tuple[TellerSeen, ...]
    statistics: tuple[statistics.Figure, ...]
    bounds: str
    is_greyed: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """None where nothing has been told yet. `chosen` are the pictures a therapist chose for the child.

    `with_therapist`: sessions offered and prescribed by the therapist's own schedule, None without one.
    """

    fortnight: Picture | None
    calendar: Picture | None
    changes: tuple[ChangeFigure, ...]
    latency: Figure | None
    touch: Figure | None
    weeks: Figure | None
    with_therapist: Mapping[str, str] | None
    signs: SignTable | None
    chosen: tuple[Picture, ...]


def of_record(record: ChildRecord) -> Figures:
    progress = record.progress
    drawn = {one.outcome for one in record.changes}
    return Figures(
        fortnight=days.fortnight(progress),
        calendar=days.calendar(progress),
        changes=tuple(_change(one, number, progress) for number, one in enumerate(record.changes, start=1)),
        latency=None if Outcome.SLEEP_LATENCY in drawn else _latency(progress),
        touch=None if Outcome.TOUCH_INTENSITY in drawn else _touch(progress),
        weeks=_weeks(progress),
        with_therapist=_with_therapist(progress),
        signs=_signs(progress),
        chosen=tuple(chosen_pictures(record.charts, progress, goals=map(_laddered, record.goals))),
    )


def _laddered(goal: SeenGoal) -> Laddered:
    return Laddered(
        goal.title,
        goal.language,
        goal.set_on,
        goal.baseline_level,
        goal.ladder,
        [(one.on, one.level) for one in goal.ratings],
    )


def _change(seen: GoalChange, number: int, progress: Progress) -> ChangeFigure:
    said = seen.change.said
    return ChangeFigure(
        name=f"change-{number}",
        goal=seen.title,
        language=seen.language,
        title=labels.label(Outcome, seen.outcome),
        figure=_change_drawn(seen, progress) if seen.change.series.points else None,
        said=wording.for_team(said),
        late=wording.logged_late(said),
        tellers=seen.tellers,
        statistics=statistics.figures(said),
        bounds=statistics.bounds(said),
        is_greyed=said.judgement is not Judgement.OK,
    )


def _change_drawn(seen: GoalChange, progress: Progress) -> Figure:
    nights = seen.change.series.points
    rows = tuple(
        (
            _day(point.on),
            f"> {number(point.value)}" if point.is_more_than else number(point.value),
            _("yes") if point.is_unusual else "",
        )
        for point in reversed(nights)
    )
    columns = (_("Day"), labels.label(Outcome, seen.outcome), _("Unusual, such as illness or travel"))
    return Figure(
        specification=drawing.change(seen.change, progress),
        words=" ".join([labels.label(Outcome, seen.outcome) + ".", *wording.for_team(seen.change.said)]),
        note=drawing.change_note(seen.change, progress),
        table=Table(columns, rows),
    )


def _latency(progress: Progress) -> Figure | None:
    if not progress.latency.points:
        return None
    rows = tuple(
        (_day(point.on), f"> {point.value:.0f}" if point.is_more_than else f"{point.value:.0f}")
        for point in reversed(progress.latency.points)
    )
    return Figure(
        specification=drawing.latency(progress),
        words=drawing.latency_words(progress),
        note=_with_tellers(drawing.latency_note(progress), progress, progress.latency),
        table=Table((_("Night"), _("Minutes")), rows),
    )


def _touch(progress: Progress) -> Figure | None:
    if not progress.touch.points:
        return None
    rows = tuple((_day(point.on), f"{point.value:.0f}") for point in reversed(progress.touch.points))
    return Figure(
        specification=drawing.touch(progress),
        words=drawing.touch_words(progress),
        note=_with_tellers(drawing.touch_note(progress), progress, progress.touch),
        table=Table((_("Day"), _("Intensity, 0 to 4")), rows),
    )


def _with_tellers(note: str, progress: Progress, series: Series) -> str:
    return f"{note} {told_by(progress.sight, (one.by for one in series.points))}".rstrip()


def _weeks(progress: Progress) -> Figure | None:
    weeks = drawing.week_bars(progress)
    if not weeks:
        return None
    rows = tuple(
        (week.number, f"{week.prescribed:g}", f"{week.offered:g}", f"{week.done:.1f}") for week in weeks
    )
    return Figure(
        specification=drawing.weeks(progress),
        words=drawing.weeks_words(progress),
        note=_("Line: prescribed. Wide: offered, whoever ended it. Narrow: done."),
        table=Table((_("Week"), _("Prescribed"), _("Offered"), _("Done")), rows),
    )


def _with_therapist(progress: Progress) -> Mapping[str, str] | None:
    theirs = progress.with_therapist
    return drawing.n_of_n(theirs) if theirs and theirs.is_prescribed else None


def _signs(progress: Progress) -> SignTable | None:
    told = signs.sentences(progress.signs)
    return SignTable(tuple(signs.lines(progress.signs)), " ".join(told), signs.note()) if told else None


def _day(on: Any) -> str:
    return formats.date_format(on, "DATE_FORMAT")
