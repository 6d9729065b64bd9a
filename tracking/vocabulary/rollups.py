"""What is counted per day of a clinic."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class DayCount(StrEnum):
    """One count of a clinic's day. The first four are outcomes of massages, by the same codes."""

    DONE = "done"
    STOPPED = "stopped"
    DECLINED = "declined"
    NOT_TODAY = "not_today"
    BEDTIME = "bedtime"
    OBSERVATION = "observation"
