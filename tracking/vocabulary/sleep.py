"""Bedtimes: how a child fell asleep, where, how surely it is known, and what else was going on.

Sleep onset latency is minutes from lights out to sleep onset, as the Brief Infant Sleep Questionnaire asks it
(Sadeh 2004). The lists are our own, after its items.
"""

from enum import IntEnum, StrEnum, unique

LATENCY_FROM_MONTHS = 6
"""Of age, corrected while that applies: before, a latency has no band and is no goal's measure. It falls
until 6 months and then stays (Paavonen 2020)."""


@unique
class SleepMethod(StrEnum):
    """How the child fell asleep."""

    ALONE = "alone"
    PARENT_PRESENT = "parent_present"
    HELD = "held"
    FED = "fed"
    ROCKED = "rocked"


@unique
class SleepLocation(StrEnum):
    """Where the child fell asleep. Recorded, never judged here: the safe-sleep line says what is safe."""

    OWN_ROOM = "own_room"
    PARENTS_ROOM = "parents_room"
    SIBLINGS_ROOM = "siblings_room"
    PARENTS_BED = "parents_bed"
    CAR_OR_STROLLER = "car_or_stroller"
    OTHER = "other"


@unique
class SleepConfounder(StrEnum):
    """What else may explain the night. Melatonin and any other medicine is one code, a change of it
    another.
    """

    ILL = "ill"
    TRAVEL = "travel"
    TEETHING = "teething"
    LATE_NAP = "late_nap"
    SCREEN = "screen"
    REFLUX = "reflux"
    ITCH = "itch"
    SNORING = "snoring"
    MEDICINE = "medicine"
    MEDICINE_CHANGE = "medicine_change"


@unique
class SleepAccuracy(StrEnum):
    """How the moment of falling asleep is known."""

    WATCHED = "watched"
    MONITOR = "monitor"
    GUESS = "guess"


@unique
class BedtimeResistance(IntEnum):
    """Calling, getting up, crying or stalling between the end of the routine and sleep, 0 to 4. Our own."""

    NONE = 0
    A_LITTLE = 1
    SOME = 2
    A_LOT = 3
    EXTREME = 4


@unique
class LatencyLabel(StrEnum):
    """A word for a sleep onset latency; of one night never a color. None is given under 6 months corrected.

    Sleep onset takes about 20 minutes on average at 6 months, and more than 40 is uncommon by 8 months
    (Paavonen 2020): up to 20 is usual, 21 to 40 longer, more than 40 long.
    """

    USUAL = "usual"
    LONGER = "longer"
    LONG = "long"
