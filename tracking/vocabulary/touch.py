"""Touch observations: what it was, what the child did, how strong, how long, what helped.

Tactile defensiveness: aversive, out-of-proportion responses to touch most people would find non-painful
(Royeen & Lane 1991); first described by Ayres 1964. "Defensive" behavior may have emotional and social
causes too: nothing here names a diagnosis. The taxonomies, anchors and bands are our own, for a clinician's
sign-off.
"""

from enum import IntEnum, StrEnum, unique


@unique
class StimulusGroup(StrEnum):
    CLOTHING = "clothing"
    GROOMING = "grooming"
    SOCIAL_TOUCH = "social_touch"
    NEARNESS = "nearness"
    MESSY_PLAY = "messy_play"
    FOOD_AND_MOUTH = "food_and_mouth"
    GROUND = "ground"
    WATER = "water"
    OTHER = "other"


@unique
class Stimulus(StrEnum):
    """What touched the child, or came near. Examples are in the wording."""

    CLOTH_TAG = "cloth_tag"
    CLOTH_SEAM = "cloth_seam"
    CLOTH_TEXTURE = "cloth_texture"
    CLOTH_FIT = "cloth_fit"
    CLOTH_CHANGE = "cloth_change"
    SHOES_SOCKS = "shoes_socks"
    DIAPER_CHANGE = "diaper_change"

    GROOM_HAIR_BRUSH = "groom_hair_brush"
    GROOM_HAIRCUT = "groom_haircut"
    GROOM_HAIR_WASH = "groom_hair_wash"
    GROOM_FACE_WASH = "groom_face_wash"
    GROOM_TEETH = "groom_teeth"
    GROOM_NAILS = "groom_nails"
    SUNSCREEN_LOTION = "sunscreen_lotion"

    TOUCH_LIGHT_UNEXPECTED = "touch_light_unexpected"
    TOUCH_EXPECTED = "touch_expected"
    TOUCH_FROM_BEHIND = "touch_from_behind"
    KISS_HUG = "kiss_hug"
    HELD_CUDDLED = "held_cuddled"
    HAND_HOLD = "hand_hold"
    TICKLE = "tickle"

    PROX_LINE = "prox_line"
    PROX_CIRCLE_TIME = "prox_circle_time"
    PROX_CROWD = "prox_crowd"
    PROX_SIBLING = "prox_sibling"

    MESSY_WET = "messy_wet"
    MESSY_STICKY = "messy_sticky"
    MESSY_DRY = "messy_dry"
    MESSY_FOOD_HANDS = "messy_food_hands"

    FOOD_TEXTURE_MIXED = "food_texture_mixed"
    FOOD_TEXTURE_SMOOTH = "food_texture_smooth"
    FOOD_LUMPY = "food_lumpy"
    UTENSIL = "utensil"

    BAREFOOT_GRASS = "barefoot_grass"
    BAREFOOT_SAND = "barefoot_sand"
    BAREFOOT_CARPET = "barefoot_carpet"
    BAREFOOT_COLD = "barefoot_cold"

    BATH_ENTER = "bath_enter"
    SHOWER_SPRAY = "shower_spray"
    WATER_SPLASH = "water_splash"
    TOWEL_DRY = "towel_dry"
    SWIM = "swim"

    BED_LINEN = "bed_linen"
    BANDAGE_PLASTER = "bandage_plaster"
    MEDICAL_EXAM = "medical_exam"
    TEMPERATURE = "temperature"
    MASSAGE = "massage"
    OTHER = "other"

    @property
    def group(self) -> StimulusGroup:
        return _GROUP_OF[self]


STIMULI_BY_GROUP: dict[StimulusGroup, tuple[Stimulus, ...]] = {
    StimulusGroup.CLOTHING: (
        Stimulus.CLOTH_TAG,
        Stimulus.CLOTH_SEAM,
        Stimulus.CLOTH_TEXTURE,
        Stimulus.CLOTH_FIT,
        Stimulus.CLOTH_CHANGE,
        Stimulus.SHOES_SOCKS,
        Stimulus.DIAPER_CHANGE,
    ),
    StimulusGroup.GROOMING: (
        Stimulus.GROOM_HAIR_BRUSH,
        Stimulus.GROOM_HAIRCUT,
        Stimulus.GROOM_HAIR_WASH,
        Stimulus.GROOM_FACE_WASH,
        Stimulus.GROOM_TEETH,
        Stimulus.GROOM_NAILS,
        Stimulus.SUNSCREEN_LOTION,
    ),
    StimulusGroup.SOCIAL_TOUCH: (
        Stimulus.TOUCH_LIGHT_UNEXPECTED,
        Stimulus.TOUCH_EXPECTED,
        Stimulus.TOUCH_FROM_BEHIND,
        Stimulus.KISS_HUG,
        Stimulus.HELD_CUDDLED,
        Stimulus.HAND_HOLD,
        Stimulus.TICKLE,
    ),
    StimulusGroup.NEARNESS: (
        Stimulus.PROX_LINE,
        Stimulus.PROX_CIRCLE_TIME,
        Stimulus.PROX_CROWD,
        Stimulus.PROX_SIBLING,
    ),
    StimulusGroup.MESSY_PLAY: (
        Stimulus.MESSY_WET,
        Stimulus.MESSY_STICKY,
        Stimulus.MESSY_DRY,
        Stimulus.MESSY_FOOD_HANDS,
    ),
    StimulusGroup.FOOD_AND_MOUTH: (
        Stimulus.FOOD_TEXTURE_MIXED,
        Stimulus.FOOD_TEXTURE_SMOOTH,
        Stimulus.FOOD_LUMPY,
        Stimulus.UTENSIL,
    ),
    StimulusGroup.GROUND: (
        Stimulus.BAREFOOT_GRASS,
        Stimulus.BAREFOOT_SAND,
        Stimulus.BAREFOOT_CARPET,
        Stimulus.BAREFOOT_COLD,
    ),
    StimulusGroup.WATER: (
        Stimulus.BATH_ENTER,
        Stimulus.SHOWER_SPRAY,
        Stimulus.WATER_SPLASH,
        Stimulus.TOWEL_DRY,
        Stimulus.SWIM,
    ),
    StimulusGroup.OTHER: (
        Stimulus.BED_LINEN,
        Stimulus.BANDAGE_PLASTER,
        Stimulus.MEDICAL_EXAM,
        Stimulus.TEMPERATURE,
        Stimulus.MASSAGE,
        Stimulus.OTHER,
    ),
}

_GROUP_OF = {stimulus: group for group, stimuli in STIMULI_BY_GROUP.items() for stimulus in stimuli}


@unique
class TouchResponse(StrEnum):
    """What the child did; several may be true. The last two make it loggable that something was fine.

    Without them, logging less would look like getting better.
    """

    WITHDRAW = "withdraw"
    RUB_SCRATCH = "rub_scratch"
    GRIMACE_STIFFEN = "grimace_stiffen"
    CRY = "cry"
    SCREAM = "scream"
    HIT_KICK_BITE = "hit_kick_bite"
    PUSH_THROW = "push_throw"
    ESCAPE_RUN = "escape_run"
    AVOID_REFUSE = "avoid_refuse"
    FREEZE = "freeze"
    VERBAL_PROTEST = "verbal_protest"
    CLING = "cling"
    GAG_VOMIT = "gag_vomit"
    REMOVE_CLOTHING = "remove_clothing"
    TOLERATED = "tolerated"
    ENJOYED = "enjoyed"


@unique
class Intensity(IntEnum):
    """How strong the answer was, 0 to 4: ordinal, so medians and counts, never means or ratios.

    0 not bothered: carries on as usual, or enjoys it. 1 notices and dislikes: goes on without help. 2 clear
    discomfort: goes on with a little help or change. 3 strong: activity stops or needs a lot of help. 4
    extreme: activity abandoned and the day is affected.
    """

    NOT_BOTHERED = 0
    DISLIKES = 1
    CLEAR_DISCOMFORT = 2
    STRONG = 3
    EXTREME = 4


@unique
class RecoveryBand(StrEnum):
    """Minutes until settled, where nobody looked at a clock."""

    AT_ONCE = "0"
    MINUTES_1_TO_2 = "1-2"
    MINUTES_3_TO_5 = "3-5"
    MINUTES_6_TO_15 = "6-15"
    MINUTES_16_TO_30 = "16-30"
    OVER_30 = ">30"


def recovery_band(minutes: int) -> RecoveryBand:
    """The band of an exact number of whole minutes (0 or more)."""
    if minutes < 0:
        raise ValueError("minutes until settled cannot be negative")
    for most, band in (
        (0, RecoveryBand.AT_ONCE),
        (2, RecoveryBand.MINUTES_1_TO_2),
        (5, RecoveryBand.MINUTES_3_TO_5),
        (15, RecoveryBand.MINUTES_6_TO_15),
        (30, RecoveryBand.MINUTES_16_TO_30),
    ):
        if minutes <= most:
            return band
    return RecoveryBand.OVER_30


@unique
class TouchType(StrEnum):
    LIGHT = "light"
    FIRM = "firm"
    NOT_KNOWN = "not_known"


@unique
class Expectedness(StrEnum):
    """Whether the child knew the touch was coming."""

    PLANNED = "planned"
    UNEXPECTED = "unexpected"
    NOT_KNOWN = "not_known"


@unique
class Setting(StrEnum):
    HOME = "home"
    CHILDCARE = "childcare"
    SCHOOL = "school"
    COMMUNITY = "community"
    CLINIC = "clinic"
    CAR = "car"


@unique
class Accommodation(StrEnum):
    """What was done to make it easier."""

    NONE = "none"
    WARNED_FIRST = "warned_first"
    FIRM_INSTEAD_OF_LIGHT = "firm_instead_of_light"
    TAG_REMOVED = "tag_removed"
    SEAMLESS = "seamless"
    CHOICE_GIVEN = "choice_given"
    COUNTDOWN = "countdown"
    WET_CLOTH_READY = "wet_cloth_ready"
    DISTANCE = "distance"
    MASSAGE_BEFORE = "massage_before"
    OTHER = "other"


@unique
class Helped(StrEnum):
    """Whether it helped."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@unique
class Confounder(StrEnum):
    """What else may explain the answer that day."""

    ILL = "ill"
    TIRED = "tired"
    HUNGRY = "hungry"
    NEW_PLACE = "new_place"
