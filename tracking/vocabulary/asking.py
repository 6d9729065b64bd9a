"""What a family can be asked. Our own."""

from enum import IntEnum, StrEnum, unique


@unique
class Question(StrEnum):
    """One thing a family is asked, or not asked, by a child's ask plan.

    The first three go with a massage, `bedtime` with an evening, `touch` with a touch that bothered the child
    or did not, `check_in` with a week. A stored code doubles as what an entry says was not asked of it.
    """

    STATE_BEFORE = "state_before"
    STATE_AFTER = "state_after"
    CUES = "cues"
    BEDTIME = "bedtime"
    TOUCH = "touch"
    CHECK_IN = "check_in"


ASKED_WITH_A_MASSAGE = (Question.STATE_BEFORE, Question.STATE_AFTER, Question.CUES)

ASKED_EVERY_EVENING = (*ASKED_WITH_A_MASSAGE, Question.BEDTIME)
"""The others wait for a touch to happen, or for the week to end."""


@unique
class HowItWas(IntEnum):
    """How a week of massage was for the caregiver. Our own; 4 and 5 twice running ask for a call."""

    EASY = 1
    MOSTLY_FINE = 2
    MIXED = 3
    HARD = 4
    TOO_MUCH = 5


@unique
class HowSure(IntEnum):
    """How sure a caregiver felt with the routine. Our own."""

    NOT_AT_ALL = 1
    A_LITTLE = 2
    HALFWAY = 3
    SURE = 4
    VERY_SURE = 5
