"""The optional charts chosen for a child, in order; those with nothing to show are left out."""

from __future__ import annotations

from collections.abc import Iterable

from tracking.readings.charts import Charts
from tracking.readings.progress import Progress
from tracking.reports.pictures.body import body_map
from tracking.reports.pictures.cues import cue_balance
from tracking.reports.pictures.ladders import Laddered, goal_ladders
from tracking.reports.pictures.picture import Picture, foot_of
from tracking.reports.pictures.states import state_flow
from tracking.reports.pictures.touches import heat_map
from tracking.vocabulary.charts import ChosenChart


def chosen_pictures(charts: Charts, progress: Progress, *, goals: Iterable[Laddered]) -> list[Picture]:
    """Of what is chosen; a goal's ladder has its ratings up to the last day of the period."""
    found: list[Picture | None] = []
    for chart in charts.chosen:
        match chart:
            case ChosenChart.BODY_MAP:
                found.append(body_map(progress, charts.region_of))
            case ChosenChart.STATE_FLOW:
                found.append(state_flow(progress))
            case ChosenChart.CUE_BALANCE:
                found.append(cue_balance(progress))
            case ChosenChart.TOUCH_MAP:
                found.append(heat_map(progress))
            case ChosenChart.GOAL_LADDER:
                found.extend(goal_ladders(goals, last=progress.last, foot=foot_of(progress)))
    return [one for one in found if one is not None]
