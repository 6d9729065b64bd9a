"""A child's charts on a page: the same pictures as in the report.

Goal outcomes come first; a series that a goal is measured by is not drawn a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clinic.localtime import local_day
from tracking.readings.change import GoalChange, TellerSeen
from tracking.readings.child import ChildRecord
from tracking.readings.child_lists import SeenGoal
from tracking.readings.progress import Progress
from tracking.reports import signs
from tracking.reports.pictures import days
from tracking.reports.pictures.chosen import chosen_pictures
from tracking.reports.pictures.ladders import Laddered, Rated
from tracking.reports.pictures.phases import of_change, of_latency, of_touch, why_not_side_by_side
from tracking.reports.pictures.picture import Picture
from tracking.reports.pictures.weeks import n_of_n, of_weeks
from tracking.reports.signs import SignLine
from tracking.vocabulary.outcomes import Judgement, Outcome
from tracking.wording import change as wording
from tracking.wording import labels, statistics


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
    figure: Picture | None
    said: tuple[str, ...]
    late: str
    tellers: tuple[TellerSeen, ...]
    statistics: tuple[statistics.Figure, ...]
    bounds: str
    is_greyed: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """None where nothing has been told yet. `chosen` are the pictures a therapist chose for the child.

    `is_sleep_told_unevenly`: its medians before and since cannot stand side by side. `with_therapist`:
    sessions offered and prescribed by the therapist's own schedule, None without one.
    """

    fortnight: Picture | None
    calendar: Picture | None
    changes: tuple[ChangeFigure, ...]
    latency: Picture | None
    is_sleep_told_unevenly: bool
    touch: Picture | None
    weeks: Picture | None
    with_therapist: Mapping[str, str] | None
    signs: SignTable | None
    chosen: tuple[Picture, ...]

    @property
    def are_empty(self) -> bool:
        """Whether there is nothing yet that could be drawn but the last two weeks."""
        return not (self.changes or self.latency or self.touch or self.weeks)


def of_record(record: ChildRecord, *, zone: str) -> Figures:
    """Of a child whose clinic is in a zone."""
    progress = record.progress
    drawn = {one.outcome for one in record.changes}
    return Figures(
        fortnight=days.fortnight(progress),
        calendar=days.calendar(progress),
        changes=tuple(_change(one, number, progress) for number, one in enumerate(record.changes, start=1)),
        latency=None if Outcome.SLEEP_LATENCY in drawn else of_latency(progress),
        is_sleep_told_unevenly=bool(
            why_not_side_by_side(progress, Outcome.SLEEP_LATENCY, progress.latency_phases)
        ),
        touch=None if Outcome.TOUCH_INTENSITY in drawn else of_touch(progress),
        weeks=of_weeks(progress),
        with_therapist=_with_therapist(progress),
        signs=_signs(progress),
        chosen=tuple(
            chosen_pictures(record.charts, progress, goals=[_laddered(one, zone) for one in record.goals])
        ),
    )


def _laddered(goal: SeenGoal, zone: str) -> Laddered:
    return Laddered(
        goal.title,
        goal.language,
        goal.set_on,
        goal.baseline_level,
        goal.ladder,
        [Rated(one.on, one.level, one.by, local_day(one.at, zone)) for one in goal.ratings],
    )


def _change(seen: GoalChange, number: int, progress: Progress) -> ChangeFigure:
    said, name = seen.change.said, f"change-{number}"
    return ChangeFigure(
        name=name,
        goal=seen.title,
        language=seen.language,
        title=labels.label(Outcome, seen.outcome),
        figure=of_change(seen, name, progress),
        said=wording.for_team(said),
        late=wording.logged_late(said),
        tellers=seen.tellers,
        statistics=statistics.figures(said),
        bounds=statistics.bounds(said),
        is_greyed=said.judgement is not Judgement.OK,
    )


def _with_therapist(progress: Progress) -> Mapping[str, str] | None:
    theirs = progress.with_therapist
    return n_of_n(theirs) if theirs and theirs.is_prescribed else None


def _signs(progress: Progress) -> SignTable | None:
    told = signs.sentences(progress.signs)
    return SignTable(tuple(signs.lines(progress.signs)), " ".join(told), signs.note()) if told else None
