"""What a flag asks of whom, who reads it, and how it ended.

What a family reads changes care only where a therapist chose it for the program. All of this is our own
default.
"""

from enum import StrEnum, unique

from tracking.vocabulary.concerns import FlagCode, Severity


@unique
class FlagAsk(StrEnum):
    """What a flag asks of the care team."""

    LOOK_NOW = "look_now"
    LOOK_WHEN_LISTED = "look_when_listed"
    REVIEW_PRODUCT = "review_product"
    REVIEW_PLAN = "review_plan"
    ASK_ABOUT_REGION = "ask_about_region"
    MEDICAL_CHECK = "medical_check"
    REVIEW_TOUCH = "review_touch"
    CONTACT_SAME_DAY = "contact_same_day"
    FEEDING_REFERRAL = "feeding_referral"
    ADJUST_TIMING = "adjust_timing"
    CALL = "call"
    SIMPLIFY_PLAN = "simplify_plan"
    CALL_SAME_DAY = "call_same_day"


ASKS: dict[FlagCode, FlagAsk] = {
    FlagCode.FEVER_YOUNG: FlagAsk.LOOK_NOW,
    FlagCode.FEVER_3_6: FlagAsk.LOOK_NOW,
    FlagCode.FEVER_ANY: FlagAsk.LOOK_WHEN_LISTED,
    FlagCode.SKIN_REACTION: FlagAsk.REVIEW_PRODUCT,
    FlagCode.DISTRESS_RUN: FlagAsk.REVIEW_PLAN,
    FlagCode.DISTRESS_REGION: FlagAsk.ASK_ABOUT_REGION,
    FlagCode.PAIN_OR_SWELLING: FlagAsk.MEDICAL_CHECK,
    FlagCode.COLOUR_BREATHING: FlagAsk.LOOK_NOW,
    FlagCode.SEIZURE: FlagAsk.LOOK_NOW,
    FlagCode.TACTILE_REGRESSION: FlagAsk.REVIEW_TOUCH,
    FlagCode.SKILL_LOSS: FlagAsk.CONTACT_SAME_DAY,
    FlagCode.FEEDING_WEIGHT: FlagAsk.FEEDING_REFERRAL,
    FlagCode.SLEEP_WORSE: FlagAsk.ADJUST_TIMING,
    FlagCode.NO_LOGS: FlagAsk.CALL,
    FlagCode.LOW_DOSE: FlagAsk.SIMPLIFY_PLAN,
    FlagCode.PARENT_STRAIN: FlagAsk.CALL_SAME_DAY,
    FlagCode.CONTRA_CONFLICT: FlagAsk.LOOK_WHEN_LISTED,
}

SAID_TO_FAMILIES = frozenset(FlagCode) - {
    FlagCode.TACTILE_REGRESSION,
    FlagCode.SLEEP_WORSE,
    FlagCode.LOW_DOSE,
}
"""Codes a family reads something about, once their text is adopted; the others are the team's alone."""

SAID_TO_THE_AUTHOR_ALONE = frozenset({FlagCode.PARENT_STRAIN})
"""Never read by another caregiver: what is said comes with the author's own concern or check-in."""

CHANGES_CARE = frozenset({FlagCode.DISTRESS_RUN, FlagCode.DISTRESS_REGION})
"""Texts that ask for another massage than the one prescribed: a therapist chooses them for a program."""

SAYS_NO_MASSAGE = frozenset(
    {
        FlagCode.FEVER_YOUNG,
        FlagCode.FEVER_3_6,
        FlagCode.FEVER_ANY,
        FlagCode.PAIN_OR_SWELLING,
        FlagCode.COLOUR_BREATHING,
        FlagCode.SEIZURE,
    }
)
"""Codes whose text lets the massage rest: beside it no page presses for one."""

NEEDS_A_READER = frozenset({Severity.EMERGENCY, Severity.URGENT})
"""Flags that may not lie unread: on only where somebody reads them."""


@unique
class ReaderKind(StrEnum):
    """Who reads a flag, in an order each clinic sets."""

    CARE_TEAM = "care_team"
    COVER = "cover"
    OWNER = "owner"


@unique
class CloseHow(StrEnum):
    """How a flag ended: somebody looked at it, or a logged call settled it."""

    BY_HAND = "by_hand"
    BY_CONTACT = "by_contact"


@unique
class EscalationBecause(StrEnum):
    UNREAD = "unread"
