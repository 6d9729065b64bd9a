"""What may change alongside a program: the series drawn, each with the direction that is wished for.

Which index suits which series follows the single-case literature (docs/clinical); adherence is exposure and
never an outcome.
"""

from enum import StrEnum, unique


@unique
class Direction(StrEnum):
    """Which way is better."""

    DECREASE = "decrease"
    INCREASE = "increase"


@unique
class Outcome(StrEnum):
    """A series of one child. A goal may name one of them as its primary outcome."""

    SLEEP_LATENCY = "sleep_latency"
    TOUCH_INTENSITY = "touch_intensity"
    TOUCH_PER_OPPORTUNITY = "touch_per_opportunity"
    RECOVERY_MINUTES = "recovery_minutes"
    TARGET_STATE = "target_state"

    @property
    def direction(self) -> Direction:
        return Direction.INCREASE if self is Outcome.TARGET_STATE else Direction.DECREASE


@unique
class Judgement(StrEnum):
    """What may be shown of a comparison: nothing, its index greyed, or its index with an interval."""

    REFUSED = "refused"
    TOO_FEW = "too_few"
    OK = "ok"


@unique
class JudgementReason(StrEnum):
    """Why: points in the smaller phase, or nights on which sleep was not seen."""

    FEWER_THAN_THREE = "fewer_than_three"
    FEWER_THAN_FIVE = "fewer_than_five"
    OFTEN_STILL_AWAKE = "often_still_awake"
    ENOUGH = "enough"


@unique
class DayState(StrEnum):
    """What a local day of a program was, told by the best of its sessions. No record is not "not done"."""

    DONE = "done"
    STOPPED = "stopped"
    DECLINED = "declined"
    NOT_TODAY = "not_today"
    NO_RECORD = "no_record"
    PAUSED = "paused"
    EXCUSED = "excused"
    NOT_PRESCRIBED = "not_prescribed"
