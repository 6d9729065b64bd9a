"""Heat map: the intensity of each touch, by week."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.outcomes.weeks import TouchCell, touch_cells
from tracking.readings.bylines import told_by
from tracking.readings.progress import Progress
from tracking.reports.charts.touches import TouchTile, touch_map
from tracking.reports.pictures.picture import (
    MOST_WEEKS,
    Picture,
    Table,
    day,
    days_told_of,
    foot_in_words,
    foot_of_series,
    late_points,
)
from tracking.reports.pictures.weeks import program_weeks
from tracking.single_case import FEWEST_POINTS
from tracking.vocabulary.touch import Stimulus
from tracking.wording import labels
from tracking.wording.numbers import number


def heat_map(progress: Progress) -> Picture | None:
    """None if no touch was logged."""
    weeks = program_weeks(progress)
    cells = touch_cells(progress.met, progress.came_up, weeks)
    if not cells:
        return None
    foot = foot_of_series(progress, progress.touch)
    first = weeks[-MOST_WEEKS:][0].first
    tiles = [
        TouchTile(
            _name(one.stimulus),
            one.week.first,
            one.week.last,
            one.median,
            _median(one),
            one.count,
        )
        for one in cells
        if one.week.first >= first
    ]
    points = [point for point, _stimulus in progress.met]
    told = [
        _("In a cell: the median intensity, 0 not bothered to 4 extreme, and how often it was logged."),
        _("A dash: it came up, without an intensity. No cell: it did not come up, or was not logged."),
        *(
            [_("The last %(count)d weeks are drawn; the table has every week.") % {"count": MOST_WEEKS}]
            if first > progress.first
            else []
        ),
        *days_told_of(foot),
        *foot_in_words(foot),
        late_points(points),
    ]
    return Picture(
        name="touch-map",
        title=_("Touch by touch, week by week"),
        specification=touch_map(
            tiles, first=first, last=progress.last, foot=foot.within(first, progress.last)
        ),
        words=_said(cells),
        note=" ".join(one for one in told if one),
        told_by=told_by(progress.sight, (*(one.by for one in points), *(one.by for one in progress.came_up))),
        table=Table(
            (
                _("Touch"),
                _("Week from"),
                _("Median intensity, 0 to 4"),
                _("Times logged"),
                _("Days it came up"),
            ),
            tuple(
                (
                    _name(one.stimulus),
                    day(one.week.first),
                    _median(one),
                    one.count,
                    one.came_up_days,
                )
                for one in cells
            ),
        ),
    )


def _name(stimulus: str) -> str:
    return labels.label(Stimulus, stimulus)


def _median(cell: TouchCell) -> str:
    return "–" if cell.median is None else number(cell.median)


def _said(cells: tuple[TouchCell, ...]) -> str:
    """Each touch with how often it was logged; medians of its first and last week where each has enough."""
    by_touch: defaultdict[str, list[TouchCell]] = defaultdict(list)
    for cell in cells:
        by_touch[cell.stimulus].append(cell)
    said = []
    for stimulus, mine in by_touch.items():
        first, last = mine[0], mine[-1]
        count = sum(one.count for one in mine)
        told = ngettext("%(touch)s: logged %(count)d time.", "%(touch)s: logged %(count)d times.", count)
        said.append(told % {"touch": _name(stimulus), "count": count})
        if first is not last and min(first.count, last.count) >= FEWEST_POINTS:
            medians = _("Median in its first week %(first)s, in its last %(last)s.")
            said.append(medians % {"first": _median(first), "last": _median(last)})
    return " ".join(said)
