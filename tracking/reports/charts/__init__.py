"""Vega-Lite specifications, one a chart, for both page and paper.

A specification names colors by role ("role:accent"), never by value: the page fills them from its CSS
variables, light or dark, the paper from `frame.PAPER_COLORS`. Nothing depends on color alone: a censored
night has another shape, a change is a full-height line, a correction a short one, and each state of a day
has its own mark. Every chart comes with a text summary and a table (`tracking.reports.pictures`).

Time runs from left to right, on right-to-left pages too (docs/adr/0049).
"""

from tracking.reports.charts.days import Foot
from tracking.reports.charts.frame import SCHEMA, Spec, on_paper
from tracking.reports.charts.phases import DoseWeek, Mark, Point, Scale, Span, outcome_chart
from tracking.reports.charts.weeks import WeekBar, weeks_chart

__all__ = [
    "SCHEMA",
    "DoseWeek",
    "Foot",
    "Mark",
    "Point",
    "Scale",
    "Span",
    "Spec",
    "WeekBar",
    "on_paper",
    "outcome_chart",
    "weeks_chart",
]
