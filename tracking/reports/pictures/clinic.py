"""The charts of a clinic's weeks and months, each with its sentence and table, for page and paper.

Nobody is named, and therapists, caregivers and homes are not distinguished.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.readings.clinic_months import Month
from tracking.readings.clinic_weeks import Week
from tracking.reports.charts import Spec
from tracking.reports.charts.clinic import ToldWeek, counts_chart, told_weeks_chart
from tracking.reports.writing import date
from tracking.suppression import Group
from tracking.vocabulary.clinic_figures import AdherenceBand, DoseBand, Stage, Standing
from tracking.vocabulary.outcomes import Outcome
from tracking.wording import labels

FEW = "…"
"""Stands for a number of fewer than five children."""


@dataclass(frozen=True, slots=True)
class CountTable:
    """A table of counts with its sentence and chart.

    Unlike a `Picture` it is a table first: `chart` is None where no count may be shown.
    """

    name: str
    title: str
    words: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    chart: Spec | None


def stages(month: Month) -> CountTable:
    """From invited to active, with the number of children at each stage; a funnel, so it has no total."""
    rows = tuple(
        (labels.label(Stage, stage), count) for stage, count in zip(Stage, month.stages, strict=True)
    )
    known = [(label, count) for label, count in rows if count is not None]
    return CountTable(
        name="stages",
        title=_("From invited to active"),
        words="; ".join(_of_children(label, count) for label, count in known) or few_children(),
        note=_("Children who are not archived. Each line includes those below it."),
        columns=(_("How far"), _("Children")),
        rows=tuple((label, FEW if count is None else str(count)) for label, count in rows),
        chart=counts_chart([((label,), count) for label, count in known]) if known else None,
    )


def standings(month: Month) -> CountTable:
    return _table(
        "standings",
        _("What changed alongside the programs"),
        month.standings,
        Standing,
        _(
            "The first open goal of each child with a program, by the rules of the child’s page. It changed"
            " alongside or it did not; that massage changed it cannot be said of any."
        ),
    )


def by_outcome(month: Month) -> CountTable | None:
    """The same children by the measure of their goal; None if no group may be split."""
    said = [labels.label(Standing, code) for code in Standing]
    measures = [*(labels.label(Outcome, code) for code in Outcome), _("No measure named")]
    told = [
        (
            _joined(said[one.first : one.last + 1]),
            _joined(measures[each.first : each.last + 1]),
            each.count,
        )
        for one, among in month.by_outcome
        if sum(bool(each.count) for each in among) > 1
        for each in among
        if each.count
    ]
    if not told:
        return None
    total = sum(count or 0 for _called, _measured, count in told)
    return CountTable(
        name="by_outcome",
        title=_("What changed, by what the goal is measured by"),
        words=ngettext("Of %(total)s child.", "Of %(total)s children.", total) % {"total": total},
        note=_("Children of the groups above, where these can be told in parts."),
        columns=(_("What changed alongside the programs"), _("Measured by"), _("Children")),
        rows=tuple((called, measured, str(count)) for called, measured, count in told),
        chart=None,
    )


def adherence(month: Month) -> CountTable:
    return _table(
        "adherence",
        _("Done of what was prescribed"),
        month.adherence,
        AdherenceBand,
        _("The last four program weeks of each child. No share is known to be enough; quarters are our own."),
    )


def dose(month: Month) -> CountTable:
    return _table(
        "dose",
        _("Minutes of massage a week"),
        month.dose,
        DoseBand,
        _("The last four weeks of each child, as told by families."),
    )


def of_month(month: Month) -> tuple[CountTable, ...]:
    """All tables of a month, in order."""
    tables = stages(month), standings(month), by_outcome(month), adherence(month), dose(month)
    return tuple(replace(one, note=f"{one.note} {_stands(month, one.name)}".strip()) for one in tables if one)


def _stands(month: Month, name: str) -> str:
    """A note that a table is still that of an earlier month; empty if it is of this one."""
    name = "standings" if name == "by_outcome" else name
    if name not in month.since:
        return ""
    return _(
        "As in %(month)s: fewer than five children may stand elsewhere since, and would be known by the"
        " difference."
    ) % {"month": formats.date_format(month.since[name], "YEAR_MONTH_FORMAT")}


def _table(name: str, title: str, groups: Sequence[Group], codes: type[StrEnum], note: str) -> CountTable:
    called = [labels.label(codes, code) for code in codes]
    told = [(called[one.first : one.last + 1], one.count) for one in groups if one.count is not None]
    total = sum(count for _labels, count in told)
    words = few_children()
    if told:
        of = ngettext("Of %(total)s child", "Of %(total)s children", total) % {"total": total}
        words = f"{of}: " + "; ".join(f"{_joined(each)}: {count}" for each, count in told if count)
    return CountTable(
        name=name,
        title=title,
        words=words,
        note=note,
        columns=(title, _("Children")),
        rows=tuple((_joined(each), str(count)) for each, count in told),
        chart=counts_chart([(_lines(each), count) for each, count in told]) if total else None,
    )


def _lines(called: Sequence[str]) -> Sequence[str]:
    """As `_joined`, one below the other."""
    return called if len(called) == 1 else (_("One of:"), *called)


def _joined(called: Sequence[str]) -> str:
    """The name of groups that are counted together."""
    if len(called) == 1:
        return called[0]
    return _("One of: %(groups)s") % {"groups": " · ".join(called)}


def _of_children(label: str, count: int) -> str:
    return f"{label}: {count}"


def few_children() -> str:
    """Why nothing is shown."""
    return _("Fewer than five children, so nothing is told of them.")


def of_weeks(told: Sequence[Week]) -> CountTable:
    """Massages offered and done by week, with other entries."""
    known = [one for one in told if one.offered_count is not None]
    offered = sum(one.offered_count or 0 for one in known)
    return CountTable(
        name="weeks",
        title=_("Recorded each week"),
        words=(
            _("%(offered)s massages were offered in %(count)s weeks.")
            % {"offered": offered, "count": len(known)}
            if offered
            else _("No week yet was told by five children or more.")
        ),
        note=_(
            "Weeks that are over. Wide: offered, whoever ended it. Narrow: done, where that may be told."
            " A number that fewer than five children stand behind on any day is left out (…)."
        ),
        columns=(
            _("Week from"),
            _("Offered"),
            _("Done"),
            _("Minutes"),
            _("Evenings"),
            _("Touches"),
        ),
        rows=tuple(
            (
                date(one.first),
                *(
                    FEW if count is None else str(count)
                    for count in (
                        one.offered_count,
                        one.done_count,
                        one.minutes,
                        one.bedtime_count,
                        one.observation_count,
                    )
                ),
            )
            for one in reversed(told)
        ),
        chart=(
            told_weeks_chart([ToldWeek(one.first, one.offered_count, one.done_count) for one in told])
            if offered
            else None
        ),
    )
