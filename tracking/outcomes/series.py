"""An outcome of one child over time: its points, the phases of the program, and the days the program changed.

Gaps are never filled: a day without a value has no point. Statistics are computed elsewhere
(`tracking.single_case`).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tracking.outcomes.plans import Plan, PlanVersion
from tracking.sleep import AtLeast
from tracking.vocabulary.outcomes import Outcome
from tracking.vocabulary.programs import ChangeKind, Phase

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One value on a local day. `is_more_than`: censored, the true value is higher.

    `is_unusual`: a confounder was recorded; `is_ill_or_away`: illness or travel. `is_about`: an estimate.
    `is_late`: logged more than two days later. `entry` is the client id of its entry, `by` whose report it
    is; both None if it summarizes several. `teller` is the name of a reporter without an account.
    """

    on: dt.date
    value: float
    is_more_than: bool = False
    is_unusual: bool = False
    is_about: bool = False
    entry: uuid.UUID | None = None
    by: uuid.UUID | None = None
    is_ill_or_away: bool = False
    is_late: bool = False
    teller: str = ""

    @property
    def measured(self) -> float | AtLeast:
        return AtLeast(self.value) if self.is_more_than else self.value


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase from its first to its last day, both included: the baseline is number 0.

    `name` is the therapist's name for it, may be empty.
    """

    phase: Phase
    number: int
    name: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """A day from which another version applied; a correction does not start a new phase.

    `is_opening`: the version is the same, but further steps of it open in that week.
    """

    on: dt.date
    version: int
    name: str
    is_correction: bool
    is_opening: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Points in order of their days, and the phases and changes of the program they lie in.

    `not_asked` are days of the period on which nobody was asked, so a missing value there is not a gap.
    """

    outcome: Outcome
    points: tuple[SeriesPoint, ...]
    spans: tuple[PhaseSpan, ...]
    marks: tuple[ChangeMark, ...]
    first: dt.date
    last: dt.date
    not_asked: frozenset[dt.date] = frozenset()

    def in_span(self, span: PhaseSpan) -> tuple[SeriesPoint, ...]:
        return tuple(point for point in self.points if span.first <= point.on <= span.last)


def spans_of(plan: Plan | None, *, first: dt.date, last: dt.date) -> tuple[PhaseSpan, ...]:
    """The phases of a plan within a period, clipped to it; corrections open no new one."""
    if plan is None:
        return ()
    spans: list[PhaseSpan] = []
    if plan.baseline_starts_on is not None:
        before = plan.started_on - ONE_DAY
        spans.append(PhaseSpan(Phase.BASELINE, 0, "", plan.baseline_starts_on, before))
    for version in plan.versions:
        begins = max(version.first, plan.started_on)
        ends = version.last or last
        if ends < begins:
            continue
        if spans and spans[-1].phase is Phase.PROGRAM and spans[-1].number == version.phase_number:
            one = spans[-1]
            spans[-1] = PhaseSpan(one.phase, one.number, version.phase_name or one.name, one.first, ends)
        else:
            spans.append(PhaseSpan(Phase.PROGRAM, version.phase_number, version.phase_name, begins, ends))
    clipped = (
        PhaseSpan(one.phase, one.number, one.name, max(one.first, first), min(one.last, last))
        for one in spans
    )
    return tuple(one for one in clipped if one.first <= one.last)


def marks_of(plan: Plan | None, *, first: dt.date, last: dt.date) -> tuple[ChangeMark, ...]:
    """The days in a period from which another version applied, the start of the program among them.

    Between them stand the weeks in which further steps open.
    """
    if plan is None:
        return ()
    marks = {
        on: ChangeMark(on=on, version=version.number, name="", is_correction=False, is_opening=True)
        for version in plan.versions
        for on in _openings(version, plan.started_on)
    }
    for version in plan.versions:
        on = max(version.first, plan.started_on)
        is_correction = version.change_kind == ChangeKind.CORRECTION
        marks[on] = ChangeMark(on, version.number, version.phase_name, is_correction)
    return tuple(mark for on, mark in sorted(marks.items()) if first <= on <= last)


def _openings(version: PlanVersion, started_on: dt.date) -> Iterable[dt.date]:
    days = (started_on + dt.timedelta(weeks=week - 1) for week in version.opens_in_weeks if week > 1)
    return (day for day in days if version.runs_on(day))


def series(
    outcome: Outcome,
    points: Iterable[SeriesPoint],
    *,
    plan: Plan | None,
    first: dt.date,
    last: dt.date,
    not_asked: Collection[dt.date] = (),
) -> Series:
    """The points of a period, in order, with the phases and changes of `plan`."""
    inside = sorted(
        (point for point in points if first <= point.on <= last),
        key=lambda point: (point.on, str(point.entry)),
    )
    return Series(
        outcome=outcome,
        points=tuple(inside),
        spans=spans_of(plan, first=first, last=last),
        marks=marks_of(plan, first=first, last=last),
        first=first,
        last=last,
        not_asked=frozenset(not_asked),
    )
