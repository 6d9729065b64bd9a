"""How awake and how settled a child is, before and after a massage, and who ended it."""

from collections.abc import Collection
from enum import StrEnum, unique


@unique
class InfantState(StrEnum):
    """Brazelton's six behavioral states (Neonatal Behavioral Assessment Scale); wording for parents is ours.

    Prechtl's neurological scheme numbers five and has no drowsy state, so the code is stored, never a number.
    """

    DEEP_SLEEP = "deep_sleep"
    LIGHT_SLEEP = "light_sleep"
    DROWSY = "drowsy"
    QUIET_ALERT = "quiet_alert"
    ACTIVE_ALERT = "active_alert"
    CRYING = "crying"

    @property
    def rank(self) -> int:
        """1 (deep sleep) to 6 (crying): arousal, not goodness, and never averaged.

        Quiet alert is the target in the day; three down to one is the target at bedtime.
        """
        return list(InfantState).index(self) + 1


@unique
class ArousalLevel(StrEnum):
    """Five steps of arousal for toddlers and preschoolers, and one more end for the evening. Our own.

    Occupational therapy distinguishes under-aroused, optimal and over-aroused. `sleepy_calm` is offered as
    an end state at bedtime: the goal reached, not a problem.
    """

    VERY_LOW = "very_low"
    LOW = "low"
    SETTLED = "settled"
    HIGH = "high"
    VERY_HIGH = "very_high"
    SLEEPY_CALM = "sleepy_calm"

    @property
    def level(self) -> int | None:
        """-2 (very low) to +2 (very high), 0 settled; None for `sleepy_calm`, which is off the scale."""
        return _LEVELS[self]


_LEVELS: dict[ArousalLevel, int | None] = {
    ArousalLevel.VERY_LOW: -2,
    ArousalLevel.LOW: -1,
    ArousalLevel.SETTLED: 0,
    ArousalLevel.HIGH: 1,
    ArousalLevel.VERY_HIGH: 2,
    ArousalLevel.SLEEPY_CALM: None,
}


@unique
class StateScale(StrEnum):
    """Which of the two scales an entry uses: the six infant states, or the five steps of arousal."""

    INFANT_STATE = "infant_state"
    AROUSAL = "arousal"


AROUSAL_SCALE_FROM_MONTHS = 12
"""Our own: the infant states are an infant's, the arousal scale is for toddlers and preschoolers."""


def scale_for_age(months: int) -> StateScale:
    """The scale for a child of `months` completed months (corrected while that applies; may be negative)."""
    return StateScale.AROUSAL if months >= AROUSAL_SCALE_FROM_MONTHS else StateScale.INFANT_STATE


_SCALES: dict[str, StateScale] = {
    **{str(state): StateScale.INFANT_STATE for state in InfantState},
    **{str(state): StateScale.AROUSAL for state in ArousalLevel},
}


def is_told(state: str, targets: Collection[str]) -> bool:
    """Whether a state tells if a target was reached: not where it is of a scale that has none.

    A child who came to the other scale since the targets were set did not stop reaching them.
    """
    scales = {_SCALES.get(one) for one in targets}
    return state in targets or (state in _SCALES and _SCALES[state] in scales)


@unique
class EndedBy(StrEnum):
    """Who or what ended a session. Stopping because the child had enough is good care. Our own."""

    CHILD = "child"
    CAREGIVER = "caregiver"
    INTERRUPTED = "interrupted"
    FELL_ASLEEP = "fell_asleep"
    COMPLETED = "completed"
