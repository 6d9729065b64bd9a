"""Outcomes over the phases of a program: sleep latency, touch, and what each goal is measured by.

The sentences say "changed alongside", never "worked" (docs/clinical/change.md): the record of one family has
one baseline and one program, so it cannot show what caused a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.outcomes.change import Change
from tracking.outcomes.series import Series
from tracking.outcomes.signs import NotedSigns
from tracking.outcomes.summaries import PhaseSummary, TargetStates, by_phase
from tracking.readings.bylines import told_by
from tracking.readings.change import GoalChange, change_in
from tracking.readings.progress import Progress
from tracking.reports import charts
from tracking.reports.charts import Foot, Mark, Point, Span, Spec
from tracking.reports.pictures.dose import dose_bars, dose_from, dose_in_words
from tracking.reports.pictures.picture import (
    Picture,
    Table,
    day,
    days_told_of,
    foot_in_words,
    foot_of_series,
    ill_or_away,
    late_points,
)
from tracking.single_case import FEWEST_POINTS
from tracking.sleep import AtLeast, Minutes
from tracking.vocabulary.outcomes import Outcome
from tracking.vocabulary.programs import Phase
from tracking.wording import labels
from tracking.wording.change import for_team, of_no_goal, unit, why
from tracking.wording.numbers import median_in_words, number


def of_latency(progress: Progress) -> Picture | None:
    """None without a logged night."""
    if not progress.latency.points:
        return None
    return Picture(
        name="latency",
        title=_("Minutes to fall asleep"),
        specification=latency(progress),
        words=latency_words(progress),
        note=latency_note(progress),
        told_by=_told_by(progress, progress.latency),
        table=_values(progress.latency, _("Night"), _("Minutes")),
    )


def of_touch(progress: Progress) -> Picture | None:
    """None without a logged touch."""
    if not progress.touch.points:
        return None
    return Picture(
        name="touch",
        title=_("Answers to touch"),
        specification=touch(progress),
        words=touch_words(progress),
        note=touch_note(progress),
        told_by=_told_by(progress, progress.touch),
        table=_values(progress.touch, _("Day"), _("Intensity, 0 to 4")),
    )


def of_change(seen: GoalChange, name: str, progress: Progress) -> Picture | None:
    """The outcome of a goal; `name` is unique on its page. None if it has no value yet."""
    if not seen.change.series.points:
        return None
    what = labels.label(Outcome, seen.outcome)
    unusual = _("Unusual, such as illness or travel")
    return Picture(
        name=name,
        title=what,
        specification=change(seen.change, progress),
        words=" ".join([f"{what}.", *for_team(seen.change.said)]),
        note=change_note(seen.change, progress),
        table=_values(seen.change.series, _("Day"), what, unusual),
    )


def _values(series: Series, *columns: str) -> Table:
    """Every value, the latest first; where there is a third column, whether its day was unusual."""
    return Table(
        columns,
        tuple(
            (
                day(point.on),
                f"> {number(point.value)}" if point.is_more_than else number(point.value),
                _("yes") if point.is_unusual else "",
            )[: len(columns)]
            for point in reversed(series.points)
        ),
    )


def _told_by(progress: Progress, series: Series) -> str:
    return told_by(progress.sight, (one.by for one in series.points))


def latency(progress: Progress) -> Spec:
    """Minutes from lights out to sleep, night by night."""
    return _drawn_series(progress, progress.latency, progress.latency_phases)


def touch(progress: Progress) -> Spec:
    """Intensity 0-4 of the child's answers to touch, one mark an observation."""
    return _drawn_series(progress, progress.touch, progress.touch_phases)


def _drawn_series(progress: Progress, series: Series, phases: Sequence[PhaseSummary]) -> Spec:
    return charts.outcome_chart(
        _points(series),
        spans=_spans(phases),
        marks=_marks(series),
        first=series.first,
        last=series.last,
        title=unit(series.outcome),
        scale=_scale(series.outcome),
        foot=foot_of_series(progress, series),
        dose=dose_bars(dose_from(progress, series.first)),
    )


def change(seen: Change, progress: Progress) -> Spec:
    """The phase chart of a goal's outcome, with days without a record and the dose of each week below it."""
    return charts.outcome_chart(
        _points(seen.series),
        spans=_spans(by_phase(seen.series)),
        marks=_marks(seen.series),
        first=seen.series.first,
        last=seen.series.last,
        title=unit(seen.series.outcome),
        scale=_scale(seen.series.outcome),
        foot=_foot_of_change(seen, progress),
        dose=dose_bars(dose_from(progress, seen.series.first)),
    )


def change_note(seen: Change, progress: Progress) -> str:
    """How to read that picture."""
    told = [_("Dashed: median. Line: the program changed. Short line: a correction, or steps that opened.")]
    if any(point.is_more_than for point in seen.series.points):
        told.append(_("Triangles: more than was seen."))
    if any(point.is_unusual for point in seen.series.points):
        told.append(_("Diamonds: an unusual day, such as of illness or travel."))
    told += foot_in_words(_foot_of_change(seen, progress))
    return " ".join([*told, *dose_in_words(dose_from(progress, seen.series.first))])


def _foot_of_change(seen: Change, progress: Progress) -> Foot:
    return Foot(seen.no_record_on, ill_or_away(progress, seen.series.first))


def _scale(outcome: Outcome) -> charts.Scale:
    if outcome in (Outcome.SLEEP_LATENCY, Outcome.RECOVERY_MINUTES):
        return charts.Scale.MINUTES
    if outcome in (Outcome.TOUCH_PER_OPPORTUNITY, Outcome.TARGET_STATE, Outcome.OWN_REQUESTS):
        return charts.Scale.OF_100
    return charts.Scale.GRADES


def said_of_no_goal(progress: Progress, outcome: Outcome) -> list[str]:
    """What is said of an outcome that no goal names; empty where nothing was told, or without a program."""
    seen = change_in(progress, outcome)
    said = of_no_goal(seen.said) if seen else ()
    if not said:
        return []
    first, *more = said
    not_asked = not_asked_in_words(progress.latency_phases) if outcome.is_nightly else []
    return [f"{labels.label(Outcome, outcome)}. {first}", *more, *not_asked]


def latency_words(progress: Progress) -> str:
    said = _phases_in_words(progress, Outcome.SLEEP_LATENCY, progress.latency_phases)
    return ". ".join([_("Minutes to fall asleep"), *said])


def touch_words(progress: Progress) -> str:
    said = _phases_in_words(progress, Outcome.TOUCH_INTENSITY, progress.touch_phases)
    return ". ".join([_("Intensity of the answer to touch, 0 to 4"), *said])


def latency_note(progress: Progress) -> str:
    """How to read the picture, how many nights are in it, how they were told, and the dose below."""
    return " ".join(
        (
            _days_in_words(progress.latency_phases, is_nights=True),
            _(
                "Triangles: still awake when last seen. Diamonds: an unusual evening. Dashed: median. "
                "Line: the program changed."
            ),
            *_kept(progress, progress.latency),
        )
    )


def touch_note(progress: Progress) -> str:
    """As `latency_note`."""
    return " ".join(
        (
            _days_in_words(progress.touch_phases, is_nights=False),
            _("0: not bothered. 4: extreme. Dashed: median. Line: the program changed."),
            *days_told_of(foot_of_series(progress, progress.touch)),
            *_kept(progress, progress.touch),
        )
    )


def _kept(progress: Progress, series: Series) -> list[str]:
    """The marks along the bottom, the dose, and how many values were logged late."""
    return [
        *foot_in_words(foot_of_series(progress, series).gaps),
        *dose_in_words(dose_from(progress, series.first)),
        late_points(series.points),
    ]


def phase_name(summary: PhaseSummary) -> str:
    if summary.span.phase == Phase.BASELINE:
        return _("Before")
    return summary.span.name or _("Program")


def why_not_side_by_side(progress: Progress, outcome: Outcome, phases: Sequence[PhaseSummary]) -> list[str]:
    """Why medians of these phases do not stand side by side; empty where they may, or there is one alone."""
    seen = change_in(progress, outcome) if len(phases) > 1 else None
    return why(seen.said) if seen and seen.said.is_told_unevenly else []


def _phases_in_words(progress: Progress, outcome: Outcome, phases: Sequence[PhaseSummary]) -> list[str]:
    """Each phase with its median, or why not."""
    withheld = why_not_side_by_side(progress, outcome, phases)
    if withheld:
        return withheld
    told = [
        _("%(phase)s: median %(median)s") % {"phase": phase_name(one), "median": median_in_words(one.median)}
        if one.point_count >= FEWEST_POINTS
        else _("%(phase)s: too few to say") % {"phase": phase_name(one)}
        for one in phases
        if one.point_count
    ]
    return [f"{'; '.join(told)}."] if told else []


def not_asked_in_words(phases: Iterable[PhaseSummary]) -> list[str]:
    """On how many days nobody was asked; they are in no other count."""
    count = sum(one.not_asked_days for one in phases)
    if not count:
        return []
    said = ngettext("Not asked on %(count)d day.", "Not asked on %(count)d days.", count)
    return [said % {"count": count}]


def silences_in_words(read: NotedSigns | TargetStates) -> list[str]:
    """Why other massages have no record of it: not asked, or not answered."""
    said = []
    if read.not_asked_count:
        told = ngettext(
            "%(count)d massage was not asked about.",
            "%(count)d massages were not asked about.",
            read.not_asked_count,
        )
        said.append(told % {"count": read.not_asked_count})
    if read.unanswered_count:
        told = ngettext(
            "%(count)d massage was asked about, with no answer.",
            "%(count)d massages were asked about, with no answer.",
            read.unanswered_count,
        )
        said.append(told % {"count": read.unanswered_count})
    return said


def _days_in_words(phases: Sequence[PhaseSummary], *, is_nights: bool) -> str:
    parts = []
    for one in phases:
        counts = {"phase": phase_name(one), "days": one.day_count, "possible": one.possible_days}
        if is_nights:
            parts.append(_("%(phase)s: %(days)d of %(possible)d nights") % counts)
        else:
            told = ngettext(
                "%(phase)s: %(count)d observation", "%(phase)s: %(count)d observations", one.point_count
            )
            parts.append(told % {"phase": counts["phase"], "count": one.point_count})
    if not parts:
        return ""
    return " ".join([", ".join(parts) + ".", *(not_asked_in_words(phases) if is_nights else [])])


def _points(series: Series) -> list[Point]:
    return [
        Point(on=one.on, value=one.value, is_at_least=one.is_more_than, is_unusual=one.is_unusual)
        for one in series.points
    ]


def _spans(phases: Sequence[PhaseSummary]) -> list[Span]:
    return [
        Span(
            name=phase_name(one),
            first=one.span.first,
            last=one.span.last,
            median=_drawn(one.median) if one.point_count >= FEWEST_POINTS else None,
        )
        for one in phases
    ]


def _drawn(median: Minutes | None) -> float | None:
    """Where the median's line is drawn; a median not reached has none."""
    return None if isinstance(median, AtLeast) else median


def _marks(series: Series) -> list[Mark]:
    return [Mark(one.on, one.name, one.is_correction or one.is_opening) for one in series.marks]
