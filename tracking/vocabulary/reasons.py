"""Reasons for not massaging, pausing and ending; and what a stroke may conflict with."""

from enum import StrEnum, unique


@unique
class NotTodayReason(StrEnum):
    """Why there was no massage today: an answer, not a gap. Our own.

    An adult's illness, medicine or drink is never recorded as a reason: `not_up_to_it` says all there is to
    say. A child who said no is not here: that session was offered and declined.
    """

    CHILD_UNWELL = "child_unwell"
    CHILD_ASLEEP = "child_asleep"
    SKIN_OR_INJURY = "skin_or_injury"
    RECENT_VACCINATION = "recent_vaccination"
    NO_TIME = "no_time"
    NOT_UP_TO_IT = "not_up_to_it"
    AWAY_FROM_HOME = "away_from_home"
    AT_OTHER_HOME = "at_other_home"
    OTHER = "other"


@unique
class PauseReason(StrEnum):
    """Why a program rests; its days leave the denominator of adherence."""

    ILLNESS = "illness"
    HOLIDAY = "holiday"
    HOSPITAL = "hospital"
    CONTRAINDICATION = "contraindication"
    WAITING = "waiting"
    OTHER = "other"


@unique
class EndReason(StrEnum):
    """Why a home program ended."""

    COMPLETED = "completed"
    GOALS_MET = "goals_met"
    REPLACED = "replaced"
    FAMILY_CHOICE = "family_choice"
    NOT_SUITABLE = "not_suitable"
    DISCHARGED = "discharged"
    DIED = "died"
    OTHER = "other"


@unique
class PrecautionCode(StrEnum):
    """What a child may have that a stroke can be in conflict with.

    Source: the contraindications of the stroke library, gathered from the neonatal leaflet of Cambridge
    University Hospitals NHS and infant massage teachers' lists; from `cord_navel` on they come from the
    precautions of single strokes.
    """

    FEVER = "fever"
    INFECTION = "infection"
    RECENT_VACCINATION = "recent_vaccination"
    SKIN_OPEN = "skin_open"
    SKIN_CHRONIC = "skin_chronic"
    SURGERY_RECENT = "surgery_recent"
    HIP = "hip"
    BLEEDING_BONE = "bleeding_bone"
    HEART_BREATHING = "heart_breathing"
    SEIZURES = "seizures"
    JUST_FED = "just_fed"
    ASLEEP_HUNGRY_CRYING = "asleep_hungry_crying"
    ALLERGY = "allergy"
    BRUISE_OR_INJURY = "bruise_or_injury"
    SHUNT_OR_DEVICE = "shunt_or_device"
    NOT_UP_TO_IT = "not_up_to_it"
    CORD_NAVEL = "cord_navel"
    HERNIA_ABDOMEN = "hernia_abdomen"
    REFLUX = "reflux"
    FACE_AVERSION = "face_aversion"
    MOUTH_SORE = "mouth_sore"
    FOOT_SENSITIVITY = "foot_sensitivity"
    REDUCED_FEELING = "reduced_feeling"
    BRACHIAL_PLEXUS = "brachial_plexus"
    LIMB_TONE = "limb_tone"
    TOUCH_LIGHT_AVERSIVE = "touch_light_aversive"
    NO_STOP_SIGN = "no_stop_sign"
    BEFORE_DUE_DATE = "before_due_date"


OF_THE_MOMENT = frozenset(
    {PrecautionCode.JUST_FED, PrecautionCode.ASLEEP_HUNGRY_CRYING, PrecautionCode.NOT_UP_TO_IT}
)
"""True for an hour, not for a program: read before each session, never a row of the child."""

COMPUTED = frozenset({PrecautionCode.BEFORE_DUE_DATE})
"""Follows from the child's dates; never entered."""


@unique
class ConflictHow(StrEnum):
    """What a conflict asks of the therapist: it cannot be done, needs a reason, or changes how it is done."""

    BLOCK = "block"
    ACKNOWLEDGE = "acknowledge"
    ADAPT = "adapt"


@unique
class AppliesTo(StrEnum):
    """Which strokes a precaution touches."""

    ALL = "all"
    REGION = "region"
    PRODUCT = "product"
    LISTED = "listed"
    COMPUTED = "computed"


@unique
class AgeGate(StrEnum):
    """What happens below a stroke's minimum age. Minimum ages are our own conservative defaults."""

    ACKNOWLEDGE_UNDER_MINIMUM_AGE = "acknowledge_under_minimum_age"
    BLOCK_UNDER_MINIMUM_AGE = "block_under_minimum_age"


@unique
class PrecautionAction(StrEnum):
    """What a precaution tells a caregiver to do."""

    DO_NOT_MASSAGE = "do_not_massage"
    WAIT = "wait"
    SKIP_REGION = "skip_region"
    ASK_THERAPIST_ABOUT_EMOLLIENT = "ask_therapist_about_emollient"
    ASK_FIRST = "ask_first"
    SKIP_LEG_MOVEMENTS = "skip_leg_movements"
    CHANGE_PRODUCT = "change_product"
    TELL_THE_CLINIC_TODAY = "tell_the_clinic_today"
    KEEP_OFF_REGION = "keep_off_region"
    ANOTHER_TIME = "another_time"
    SEE_STROKES = "see_strokes"
    STILL_TOUCH_ONLY = "still_touch_only"


@unique
class AgeConflict(StrEnum):
    """The one conflict that is no precaution of the child: younger than the stroke's minimum age."""

    UNDER_MINIMUM_AGE = "under_minimum_age"


@unique
class ConflictReason(StrEnum):
    """Why a precaution touches a program, for the sentence that says so."""

    WHOLE_CHILD = "whole_child"
    SAME_REGION = "same_region"
    NEAR_REGION = "near_region"
    PRODUCT = "product"
    LISTED = "listed"
    BEFORE_DUE_DATE = "before_due_date"
    UNDER_MINIMUM_AGE = "under_minimum_age"
    UNKNOWN_CODE = "unknown_code"
