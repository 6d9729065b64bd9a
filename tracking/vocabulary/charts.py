"""The optional charts a therapist chooses for a child."""

from enum import StrEnum, unique


@unique
class ChosenChart(StrEnum):
    """What else of the diary is drawn, in the order it is shown. Our own."""

    BODY_MAP = "body_map"
    STATE_FLOW = "state_flow"
    CUE_BALANCE = "cue_balance"
    TOUCH_MAP = "touch_map"
    GOAL_LADDER = "goal_ladder"
