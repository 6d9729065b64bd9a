"""One Vega-Lite specification a chart, for the page and for the paper alike.

A specification names colors by role ("role:accent") and never by value: the page fills them from its own
variables, light or dark, and the paper from `frame.PAPER_COLORS`. Nothing is told by color alone: a censored
night is another shape, a change a line through the picture, a correction a short one, each state of a day a
mark of its own. Every chart comes with a text summary and a table, which the pages print beside it.

Time runs from left to right, also on pages that are mirrored (docs/adr).
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
