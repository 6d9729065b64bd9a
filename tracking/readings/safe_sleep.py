"""When the safe-sleep line is shown: under 12 months, with an evening routine or one that ends drowsy.

Its text is in `strokes.json` (`safe_sleep_line`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from clinic.ages import Ages
from tracking.prescription import EVENING
from tracking.readings.texts import sentences
from tracking.vocabulary.states import ArousalLevel, InfantState

UNDER_MONTHS = 12
SLEEPY = frozenset(
    {InfantState.DROWSY, InfantState.LIGHT_SLEEP, InfantState.DEEP_SLEEP, ArousalLevel.SLEEPY_CALM}
)


def asks_safe_sleep(
    ages: Ages, *, anchors: Iterable[str], target_states: Iterable[str] = (), has_lights_out: bool = False
) -> bool:
    """Whether a routine at these anchors ends with the line, by the younger of the child's ages."""
    if ages.younger.months >= UNDER_MONTHS:
        return False
    return has_lights_out or not EVENING.isdisjoint(anchors) or not SLEEPY.isdisjoint(target_states)


def safe_sleep_text(clinic_id: uuid.UUID, language: str) -> str:
    """The line in a language, or in the library's own; one statement."""
    said = sentences(clinic_id, language, "safe_sleep_line").get("safe_sleep_line")
    return said.text if said else ""
