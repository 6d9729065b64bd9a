"""Concerns families raise and flags the record raises.

The app is not an emergency channel, and every alert screen says so. Fever thresholds follow NICE NG143
(under 5s); the other defaults are our own proposals, each a clinic setting.
"""

from enum import StrEnum, unique


@unique
class ConcernKind(StrEnum):
    """What somebody saw and told us."""

    TEMPERATURE = "temperature"
    SKIN_REACTION = "skin_reaction"
    BRUISE_OR_SWELLING = "bruise_or_swelling"
    COLOUR_BREATHING = "colour_breathing"
    SEIZURE_LIKE_EVENT = "seizure_like_event"
    PAIN_OR_LIMP = "pain_or_limp"
    LIMB_NOT_MOVED = "limb_not_moved"
    FEEDING = "feeding"
    LOST_SKILL = "lost_skill"
    PARENT_STRAIN = "parent_strain"
    OTHER = "other"


@unique
class ConcernQuestion(StrEnum):
    """What is asked along with a concern, because the advice depends on it."""

    LOOKS_UNWELL = "looks_unwell"
    FACE_SWELLING = "face_swelling"
    TROUBLE_BREATHING = "trouble_breathing"
    AFTER_MASSAGE = "after_massage"
    MOVES_ABOUT = "moves_about"
    IS_UNEXPLAINED = "is_unexplained"
    CHOKED = "choked"
    ONLY_VOMITED = "only_vomited"


@unique
class ConcernAnswer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@unique
class AdviceLevel(StrEnum):
    """How soon a family should act, most urgent first: help at once, medical advice now, an examination
    today and a call to the clinic, no massage for now, or nothing but having told it. Our own.
    """

    EMERGENCY = "emergency"
    URGENT = "urgent"
    TODAY = "today"
    PAUSE = "pause"
    NOTE = "note"


@unique
class TemperatureUnit(StrEnum):
    CELSIUS = "celsius"
    FAHRENHEIT = "fahrenheit"


@unique
class TemperatureSite(StrEnum):
    ARMPIT = "armpit"
    EAR = "ear"
    FOREHEAD = "forehead"
    MOUTH = "mouth"
    RECTUM = "rectum"
    NOT_KNOWN = "not_known"


@unique
class FlagCode(StrEnum):
    """Why a flag is up. One open flag per code and child."""

    FEVER_YOUNG = "fever_young"
    FEVER_3_6 = "fever_3_6"
    FEVER_ANY = "fever_any"
    SKIN_REACTION = "skin_reaction"
    DISTRESS_RUN = "distress_run"
    DISTRESS_REGION = "distress_region"
    PAIN_OR_SWELLING = "pain_or_swelling"
    COLOUR_BREATHING = "colour_breathing"
    SEIZURE = "seizure"
    TACTILE_REGRESSION = "tactile_regression"
    SKILL_LOSS = "skill_loss"
    FEEDING_WEIGHT = "feeding_weight"
    SLEEP_WORSE = "sleep_worse"
    NO_LOGS = "no_logs"
    LOW_DOSE = "low_dose"
    PARENT_STRAIN = "parent_strain"
    CONTRA_CONFLICT = "contra_conflict"


MEDICAL_FLAGS = frozenset(
    {
        FlagCode.FEVER_YOUNG,
        FlagCode.FEVER_3_6,
        FlagCode.FEVER_ANY,
        FlagCode.SKIN_REACTION,
        FlagCode.PAIN_OR_SWELLING,
        FlagCode.COLOUR_BREATHING,
        FlagCode.SEIZURE,
        FlagCode.SKILL_LOSS,
        FlagCode.FEEDING_WEIGHT,
    }
)
"""Never closed by the software itself."""


@unique
class Severity(StrEnum):
    """How soon somebody has to look, most urgent first."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    PAUSE = "pause"
    REVIEW = "review"
    FOLLOW_UP = "follow_up"
