"""What may change alongside a program: the series drawn, each with the direction that is wished for.

Which index suits which series follows the single-case literature (docs/clinical); adherence is exposure and
never an outcome.
"""

from enum import StrEnum, unique

from tracking.vocabulary.sleep import LATENCY_FROM_MONTHS


@unique
class Direction(StrEnum):
    """Which way is better."""

    DECREASE = "decrease"
    INCREASE = "increase"


@unique
class Outcome(StrEnum):
    """A series of one child. A goal may name one of them as its primary outcome.

    By the night, by the touch, or by the program week: `touch_weekly`, `touch_per_opportunity`,
    `target_state` and `own_requests` are one value a week.
    """

    SLEEP_LATENCY = "sleep_latency"
    BEDTIME_RESISTANCE = "bedtime_resistance"
    TOUCH_INTENSITY = "touch_intensity"
    TOUCH_WEEKLY = "touch_weekly"
    TOUCH_PER_OPPORTUNITY = "touch_per_opportunity"
    RECOVERY_MINUTES = "recovery_minutes"
    TARGET_STATE = "target_state"
    OWN_REQUESTS = "own_requests"

    @property
    def direction(self) -> Direction:
        is_more_better = self in (Outcome.TARGET_STATE, Outcome.OWN_REQUESTS)
        return Direction.INCREASE if is_more_better else Direction.DECREASE

    @property
    def is_nightly(self) -> bool:
        return self in (Outcome.SLEEP_LATENCY, Outcome.BEDTIME_RESISTANCE)

    @property
    def is_weekly(self) -> bool:
        weekly = (
            Outcome.TOUCH_WEEKLY,
            Outcome.TOUCH_PER_OPPORTUNITY,
            Outcome.TARGET_STATE,
            Outcome.OWN_REQUESTS,
        )
        return self in weekly

    @property
    def is_share(self) -> bool:
        """Of 100 massages or occasions, a program week."""
        return self.is_weekly and self is not Outcome.TOUCH_WEEKLY

    @property
    def is_of_massages(self) -> bool:
        """Of massages alone: a baseline without them has no value of it."""
        return self in (Outcome.TARGET_STATE, Outcome.OWN_REQUESTS)

    @property
    def is_rated(self) -> bool:
        """Whether two people do not see the same, so that a change of who tells begins another series."""
        return self in (
            Outcome.BEDTIME_RESISTANCE,
            Outcome.TOUCH_INTENSITY,
            Outcome.TOUCH_WEEKLY,
            Outcome.TOUCH_PER_OPPORTUNITY,
            Outcome.RECOVERY_MINUTES,
        )


def offered_outcomes(*, age_months: int) -> tuple[Outcome, ...]:
    """What a goal may be measured by at an age in completed months, corrected while that applies."""
    return tuple(
        one for one in Outcome if one is not Outcome.SLEEP_LATENCY or age_months >= LATENCY_FROM_MONTHS
    )


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
class WithheldBecause(StrEnum):
    """Why nothing is said of a comparison, whatever its counts: how the diary was kept."""

    NOT_BEGUN = "not_begun"
    NO_BASELINE = "no_baseline"
    ANOTHER_TELLER = "another_teller"
    HALF_MISSING = "half_missing"
    UNEVENLY_TOLD = "unevenly_told"
    FEW_DAYS = "few_days"


@unique
class Finding(StrEnum):
    """What is said of a comparison that may be judged: its interval lies on one side of no change, or not."""

    AS_WISHED = "as_wished"
    OTHERWISE = "otherwise"
    NO_CLEAR_CHANGE = "no_clear_change"


@unique
class Caution(StrEnum):
    """What has to be said with it."""

    ALREADY_CHANGING = "already_changing"
    ALIKE_DAYS = "alike_days"
    LOOK_BACK = "look_back"
    ILLNESS_MATTERS = "illness_matters"
    FEW_WITHOUT_ILLNESS = "few_without_illness"
    ONE_TELLER_OF_SEVERAL = "one_teller_of_several"


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
