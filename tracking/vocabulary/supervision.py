"""What supervised staff write and others sign."""

from __future__ import annotations

from enum import StrEnum


class DraftKind(StrEnum):
    """What a draft is, by the name of its row's model."""

    NOTE = "note"
    GOAL = "goal"
    PRECAUTION = "precaution"
    CONTACT = "contact"
    DEMONSTRATION = "demonstration"
    ASK_PLAN = "askplan"
    TOUCH = "trackedstimulus"
    SIGN = "childsign"
    STRATEGY = "childstrategy"
    ASSESSMENT = "assessment"
