"""State flow: the child's state before and after massages."""

from __future__ import annotations

from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.outcomes.states import StateFlows, state_flows
from tracking.readings.progress import Progress
from tracking.reports.charts.states import Flow, flow_chart
from tracking.reports.pictures.picture import (
    Picture,
    Table,
    foot_of,
    notes_of_massages,
    who,
)
from tracking.vocabulary.states import ArousalLevel, InfantState
from tracking.wording import labels


def state_flow(progress: Progress) -> Picture | None:
    """None if no massage records both states."""
    met = state_flows(progress.sessions)
    if not met.told_count:
        return None
    targets = set(progress.plan.current.target_states) if progress.plan else set()
    flows = [Flow(_name(one.before), _name(one.after), one.count) for one in met.flows]
    foot = foot_of(progress)
    told = [one for one in progress.sessions if one.is_offered and one.state_before and one.state_after]
    return Picture(
        name="state-flow",
        title=_("Before and after a massage"),
        specification=flow_chart(
            flows,
            states=[_name(state) for state in _states(met)],
            targets={_name(state) for state in targets},
            first=progress.first,
            last=progress.last,
            foot=foot,
        ),
        words=" ".join(_said(one) for one in flows),
        note=" ".join(
            [
                _("Rows: before. Columns: after. Numbers: massages."),
                *([_("Framed: a target state of the program.")] if targets else []),
                *notes_of_massages(
                    foot,
                    told_count=met.told_count,
                    offered_count=met.offered_count,
                    sessions=told,
                ),
            ]
        ),
        told_by=who(progress, told),
        table=Table(
            (_("Before"), _("After"), _("Massages")),
            tuple((one.before, one.after, one.count) for one in flows),
        ),
    )


def _states(met: StateFlows) -> list[str]:
    """All states of each scale in use, in order, also those that did not occur."""
    told = {state for one in met.flows for state in (one.before, one.after)}
    scales: tuple[type[Enum], ...] = (InfantState, ArousalLevel)
    used = [str(state) for scale in scales if told & set(scale) for state in scale]
    return [*used, *sorted(told - set(used))]


def _name(state: str) -> str:
    return labels.label(InfantState if state in set(InfantState) else ArousalLevel, state)


def _said(flow: Flow) -> str:
    counts = {"before": flow.before, "after": flow.after, "count": flow.count}
    told = ngettext(
        "From %(before)s to %(after)s: %(count)d massage.",
        "From %(before)s to %(after)s: %(count)d massages.",
        flow.count,
    )
    return told % counts
