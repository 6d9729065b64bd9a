"""What a child says without words: engagement and disengagement cues, potent or subtle.

Source: Barnard's framework as taught (NCAST / Parent-Child Relationship Programs): two families, engagement
("good time to interact") and disengagement ("need a break"), each potent (easy to see) or subtle. Which cue
is potent follows the Barnard teaching lists; codes and wording are ours. Cues are read in clusters, never
one alone. Blue, grey or very pale, limp, not breathing is never a cue: it is a concern.
"""

from enum import StrEnum, unique


@unique
class CueFamily(StrEnum):
    ENGAGEMENT = "engagement"
    DISENGAGEMENT = "disengagement"


@unique
class CueStrength(StrEnum):
    POTENT = "potent"
    SUBTLE = "subtle"


@unique
class CueMoment(StrEnum):
    """Whether a cue was noted while the massage went on, or remembered after it."""

    DURING = "during"
    AFTER = "after"


@unique
class Cue(StrEnum):
    """One cue. The prefix tells family and strength: e or d, then p or s."""

    LOOKS_AT_FACE = "ep_gaze"
    SMILES = "ep_smile"
    COOS = "ep_coo"
    REACHES = "ep_reach"
    TURNS_TO_YOU = "ep_turn_to"
    OFFERS_NEXT_LIMB = "ep_offer"
    MOVES_SMOOTHLY = "ep_smooth"
    ASKS_FOR_MORE = "ep_ask"

    BROWS_UP = "es_brow"
    FACE_BRIGHTENS = "es_bright"
    HANDS_OPEN = "es_open_hand"
    STILLS = "es_still"
    SOFTENS = "es_relax"
    LIFTS_HEAD = "es_head_up"
    BREATHES_DEEPLY = "es_deep_breath"

    CRIES = "dp_cry"
    FUSSES = "dp_fuss"
    ARCHES = "dp_arch"
    PULLS_AWAY = "dp_pull_away"
    PUSHES_HAND_AWAY = "dp_push"
    TURNS_RIGHT_AWAY = "dp_turn_far"
    STOP_HAND = "dp_halt_hand"
    SAYS_NO = "dp_no"
    FLUSHES = "dp_flushed"
    SPITS_UP = "dp_spit_up"
    CHOKES_OR_GAGS = "dp_choke_gag"
    LEAVES = "dp_leave"
    SHUTS_DOWN = "dp_shutdown"
    """Falls asleep suddenly; not offered at bedtime, where falling asleep is the point."""

    LOOKS_AWAY = "ds_look_away"
    STIFFENS = "ds_stiff"
    GRIMACES = "ds_grimace"
    YAWNS = "ds_yawn"
    HICCUPS = "ds_hiccup"
    SPREADS_FINGERS = "ds_splay"
    HAND_TO_FACE = "ds_hand_face"
    KICKS = "ds_kick"
    STARTLES = "ds_startle"
    DULL_LOOK = "ds_dull"
    TONGUE_OUT = "ds_tongue"


NOT_OFFERED_AT_BEDTIME = frozenset({Cue.SHUTS_DOWN})


def family(cue: Cue) -> CueFamily:
    return CueFamily.ENGAGEMENT if cue.value.startswith("e") else CueFamily.DISENGAGEMENT


def strength(cue: Cue) -> CueStrength:
    return CueStrength.POTENT if cue.value[1] == "p" else CueStrength.SUBTLE


def is_engagement(cue: Cue) -> bool:
    return family(cue) is CueFamily.ENGAGEMENT


def is_potent(cue: Cue) -> bool:
    return strength(cue) is CueStrength.POTENT


@unique
class SignMeaning(StrEnum):
    """What a sign of the child's own asks for."""

    MORE = "more"
    ENOUGH = "enough"


def meaning(cue: Cue) -> SignMeaning:
    return SignMeaning.MORE if is_engagement(cue) else SignMeaning.ENOUGH


@unique
class GentleBecause(StrEnum):
    """Why the stop rule is the gentle one for a child nobody has set it for (strokes.json, `stop_rule`)."""

    UNDER_3_MONTHS = "under_3_months"
    NEONATAL_CARE = "neonatal_care"


@unique
class StopAdvice(StrEnum):
    """What the stop rule answers, from the mildest on. Our own proposal, for a clinician's sign-off."""

    GO_ON = "go_on"
    LIGHTEN = "lighten"
    PAUSE = "pause"
    END_AND_COMFORT = "end_and_comfort"
    END_HANDS_OFF = "end_hands_off"
