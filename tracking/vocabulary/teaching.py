"""What caregivers are shown, with what, and how far they are with it. Our own."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Teachable(StrEnum):
    """What a caregiver can be shown: one stroke, the routine as a whole, or how to watch the child."""

    STROKE = "stroke"
    ROUTINE = "routine"
    CUE_READING = "cue_reading"
    STOP_RULE = "stop_rule"


@unique
class ShownWith(StrEnum):
    """On whom or by what it was shown."""

    CHILD = "child"
    DOLL = "doll"
    VIDEO = "video"


@unique
class TaughtLevel(StrEnum):
    """How far a caregiver got with it; `again`: to be shown again."""

    SHOWN = "shown"
    WITH_HELP = "with_help"
    ALONE = "alone"
    AGAIN = "again"
