"""The numbers of the flag rules: each a clinic setting, with its allowed range.

The defaults are proposals without a published source.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tracking.vocabulary.concerns import FlagCode


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers of the rules; ratios are 0-1, `sleep_worse_factor` a multiple."""

    no_logs_remind_after_days: int = 4
    no_logs_flag_after_days: int = 7
    low_dose_below_ratio: float = 0.5
    low_dose_weeks: int = 2
    distress_sessions: int = 3
    distress_of_last: int = 5
    region_refused: int = 3
    region_of_last: int = 4
    sleep_nights: int = 7
    sleep_baseline_nights: int = 3
    sleep_worse_factor: float = 1.5
    sleep_worse_minutes: float = 20
    touch_window: int = 5
    touch_worse_points: float = 1
    touch_extreme_events: int = 2
    touch_extreme_within_days: int = 7

    @classmethod
    def of(cls, values: Mapping[str, float]) -> "Thresholds":
        """The defaults, with what a clinic has set instead; counts are whole numbers."""
        told: dict[str, Any] = {name: SETTINGS[name].kind(value) for name, value in values.items()}
        return replace(cls(), **told)


DEFAULTS = Thresholds()


@dataclass(frozen=True, slots=True)
class Setting:
    """What one number may be, both ends included, and which flag goes by it."""

    code: FlagCode
    least: float
    most: float
    kind: type[int] | type[float] = int


SETTINGS: dict[str, Setting] = {
    "no_logs_remind_after_days": Setting(FlagCode.NO_LOGS, 2, 14),
    "no_logs_flag_after_days": Setting(FlagCode.NO_LOGS, 3, 28),
    "low_dose_below_ratio": Setting(FlagCode.LOW_DOSE, 0.1, 0.9, float),
    "low_dose_weeks": Setting(FlagCode.LOW_DOSE, 1, 6),
    "distress_sessions": Setting(FlagCode.DISTRESS_RUN, 2, 10),
    "distress_of_last": Setting(FlagCode.DISTRESS_RUN, 2, 14),
    "region_refused": Setting(FlagCode.DISTRESS_REGION, 2, 10),
    "region_of_last": Setting(FlagCode.DISTRESS_REGION, 2, 14),
    "sleep_nights": Setting(FlagCode.SLEEP_WORSE, 3, 14),
    "sleep_baseline_nights": Setting(FlagCode.SLEEP_WORSE, 3, 14),
    "sleep_worse_factor": Setting(FlagCode.SLEEP_WORSE, 1.1, 4, float),
    "sleep_worse_minutes": Setting(FlagCode.SLEEP_WORSE, 5, 90, float),
    "touch_window": Setting(FlagCode.TACTILE_REGRESSION, 3, 14),
    "touch_worse_points": Setting(FlagCode.TACTILE_REGRESSION, 0.5, 3, float),
    "touch_extreme_events": Setting(FlagCode.TACTILE_REGRESSION, 1, 10),
    "touch_extreme_within_days": Setting(FlagCode.TACTILE_REGRESSION, 2, 28),
}

ORDERED = (
    ("no_logs_remind_after_days", "no_logs_flag_after_days"),
    ("distress_sessions", "distress_of_last"),
    ("region_refused", "region_of_last"),
)
"""Pairs of which the first is never the greater."""
