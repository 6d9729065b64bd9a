"""Body map: in how many massages each body region was done, and in how many the child had had enough there.

Which region an ending belongs to is our own rule (docs/clinical/change.md): in a massage the child ended or
declined, it is the region of the first step that was not done after the last one that was. Later steps were
never offered, so they count as neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracking.outcomes.sessions import SessionFact
from tracking.vocabulary.body import BodyRegion
from tracking.vocabulary.programs import SessionOutcome
from tracking.vocabulary.states import EndedBy


@dataclass(frozen=True, slots=True)
class RegionCount:
    """The region was done in `done_count` massages; in `refused_count` the child had enough there."""

    region: BodyRegion
    done_count: int
    refused_count: int


@dataclass(frozen=True, slots=True)
class RegionsMet:
    """Every region, in the usual order. `told_count` of `offered_count` massages record their steps."""

    regions: tuple[RegionCount, ...]
    told_count: int
    offered_count: int


def regions_met(sessions: Iterable[SessionFact], region_of: Mapping[str, str]) -> RegionsMet:
    """`region_of` maps step ids and stroke slugs to regions; steps it does not know have none."""
    offered = [one for one in sessions if one.is_offered]
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    told_count = 0
    for session in offered:
        steps = _steps(session, region_of)
        told_count += bool(steps)
        done.update({region for region, is_done in steps if is_done})
        if _is_ended_by_child(session) and (place := _where_enough(steps)):
            refused[place] += 1
    return RegionsMet(
        regions=tuple(RegionCount(one, done[one], refused[one]) for one in BodyRegion),
        told_count=told_count,
        offered_count=len(offered),
    )


def _steps(session: SessionFact, region_of: Mapping[str, str]) -> list[tuple[str, bool]]:
    known = (
        (region_of.get(str(step.get("step"))) or region_of.get(str(step.get("stroke"))), step)
        for step in session.steps
    )
    return [(region, bool(step.get("is_done"))) for region, step in known if region]


def _is_ended_by_child(session: SessionFact) -> bool:
    is_declined = session.outcome is SessionOutcome.DECLINED
    return is_declined or (session.outcome is SessionOutcome.STOPPED and session.ended_by == EndedBy.CHILD)


def _where_enough(steps: list[tuple[str, bool]]) -> str | None:
    last_done = max((place for place, (_, is_done) in enumerate(steps) if is_done), default=-1)
    return steps[last_done + 1][0] if last_done + 1 < len(steps) else None
