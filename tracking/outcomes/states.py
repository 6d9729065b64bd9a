"""State flow: how often each state before a massage was followed by each state after it. Never averaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tracking.outcomes.sessions import SessionFact
from tracking.vocabulary.states import ArousalLevel, InfantState

ORDER = tuple(str(one) for one in (*InfantState, *ArousalLevel))


@dataclass(frozen=True, slots=True)
class StateFlow:
    """`count` massages that began in one state and ended in another, or in the same."""

    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class StateFlows:
    """In the order of the scales. `told_count` of `offered_count` massages record both states."""

    flows: tuple[StateFlow, ...]
    told_count: int
    offered_count: int


def state_flows(sessions: Iterable[SessionFact]) -> StateFlows:
    """Unknown codes come last."""
    offered = [one for one in sessions if one.is_offered]
    counts = Counter(
        (one.state_before, one.state_after) for one in offered if one.state_before and one.state_after
    )
    flows = [StateFlow(before, after, count) for (before, after), count in counts.items()]
    flows.sort(key=lambda one: (_place(one.before), _place(one.after)))
    return StateFlows(tuple(flows), told_count=counts.total(), offered_count=len(offered))


def _place(state: str) -> tuple[int, str]:
    return (ORDER.index(state) if state in ORDER else len(ORDER), state)
