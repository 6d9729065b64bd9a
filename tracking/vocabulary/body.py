"""Where on the body, which side, how firmly, through what."""

from enum import StrEnum, unique


@unique
class BodyRegion(StrEnum):
    """Regions a stroke is for, in the usual order of a massage.

    Source: the usual order legs and feet, tummy, chest, arms and hands, face, back of taught infant massage
    (McClure, International Association of Infant Massage); legs come early because children find that area
    least vulnerable. `whole_body` is for still touch and hugs.
    """

    WHOLE_BODY = "whole_body"
    LEGS = "legs"
    FEET = "feet"
    TUMMY = "tummy"
    CHEST = "chest"
    ARMS = "arms"
    HANDS = "hands"
    FACE = "face"
    BACK = "back"


@unique
class ObservationRegion(StrEnum):
    """Regions a touch observation may name: every `BodyRegion` and the three no stroke is for. Our own."""

    WHOLE_BODY = "whole_body"
    LEGS = "legs"
    FEET = "feet"
    TUMMY = "tummy"
    CHEST = "chest"
    ARMS = "arms"
    HANDS = "hands"
    FACE = "face"
    BACK = "back"
    HEAD_HAIR = "head_hair"
    MOUTH = "mouth"
    NECK = "neck"


@unique
class Side(StrEnum):
    """Left and right are the caregiver's, facing the child, unless the text says otherwise."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@unique
class SecondsBasis(StrEnum):
    """What a stroke's seconds are counted for: the whole stroke, or each side of the body."""

    TOTAL = "total"
    PER_SIDE = "per_side"


@unique
class Pressure(StrEnum):
    """How firm a stroke is.

    Moderate pressure does more for preterm infants than light pressure (Field 2006: 68 infants, 3 x 15 min a
    day for 5 days), and light touch is the aversive kind in tactile defensiveness: there is no `light`.
    `deep` is for children of 24 months or more, on fleshy parts only (our own limit).
    """

    STILL_TOUCH = "still_touch"
    MODERATE = "moderate"
    FIRM = "firm"
    DEEP = "deep"


@unique
class Contact(StrEnum):
    """What lies between hand and skin. Our own; a product is only ever used on `skin`."""

    THROUGH_CLOTHES = "through_clothes"
    DRY_SKIN = "dry_skin"
    SKIN = "skin"
