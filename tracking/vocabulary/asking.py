"""What a family can be asked. Our own."""

from enum import StrEnum, unique


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
