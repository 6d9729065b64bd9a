"""The stop rule: what a child's cues ask for, by the rule and numbers in the library.

A "no" ends the session hands-off. Crying or choking ends it with comfort. Another potent cue, or several
quiet ones, pauses with still hands, and ends it if that does not help. One quiet cue lightens the massage.
Rule and numbers are our own proposal, for a clinician's sign-off; they are passed in as data, so that text
and arithmetic cannot differ.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from clinic.vocabulary import StopSensitivity
from tracking.vocabulary.cues import Cue, GentleBecause, StopAdvice, is_engagement, is_potent

STILL_THERE_UNTIL_SECONDS = 60
GENTLE_UNDER_MONTHS = 3


@dataclass(frozen=True, slots=True)
class EnoughSign:
    """A sign of enough of the child's own, which no cue stands for. The rule takes it for a quiet sign."""

    sign: uuid.UUID


@dataclass(frozen=True, slots=True)
class NotedCue:
    """A cue and the second of the session at which it was noted."""

    cue: Cue | EnoughSign
    at_seconds: float


@dataclass(frozen=True, slots=True)
class StopRule:
    """The rule's data. Seconds count from the cue that began a pause; `pause_at_subtle` by sensitivity."""

    end_hands_off: frozenset[Cue]
    end_and_comfort: frozenset[Cue]
    pause_at: frozenset[Cue]
    pause_at_subtle: Mapping[StopSensitivity, int]
    together_seconds: float
    pause_seconds: float

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The rule from the library's `stop_rule`. Raises KeyError or ValueError for unknown data."""
        return cls(
            end_hands_off=frozenset(Cue(code) for code in data["end_hands_off"]),
            end_and_comfort=frozenset(Cue(code) for code in data["end_and_comfort"]),
            pause_at=frozenset(Cue(code) for code in data["pause_at_any_of"]),
            pause_at_subtle={
                StopSensitivity(name): int(count) for name, count in data["pause_at_subtle_together"].items()
            },
            together_seconds=data["together_seconds"],
            pause_seconds=data["pause_then_end_after_seconds"],
        )


def reasons_to_be_gentle(*, corrected_months: int, had_neonatal_care: bool) -> tuple[GentleBecause, ...]:
    """Why the gentle rule holds by default; empty: nothing speaks for it."""
    return (
        *((GentleBecause.UNDER_3_MONTHS,) if corrected_months < GENTLE_UNDER_MONTHS else ()),
        *((GentleBecause.NEONATAL_CARE,) if had_neonatal_care else ()),
    )


def sensitivity_by_default(*, corrected_months: int, had_neonatal_care: bool) -> StopSensitivity:
    """Gentle under 3 months (corrected while that applies) and after neonatal intensive care, else usual."""
    reasons = reasons_to_be_gentle(corrected_months=corrected_months, had_neonatal_care=had_neonatal_care)
    return StopSensitivity.GENTLE if reasons else StopSensitivity.USUAL


def advice(rule: StopRule, cues: Iterable[NotedCue], *, sensitivity: StopSensitivity) -> StopAdvice:
    """What the cues noted so far ask for, as of the last one.

    An end stays an end, hands-off before comfort. A pause cue noted 15 to 60 s after a pause began means it
    has not passed: end; later it begins a new pause. Any other cue from 15 s on shows that the pause has
    passed.
    """
    noted = sorted(cues, key=lambda one: one.at_seconds)
    seen = {one.cue for one in noted}
    if seen & rule.end_hands_off:
        return StopAdvice.END_HANDS_OFF
    if seen & rule.end_and_comfort:
        return StopAdvice.END_AND_COMFORT
    answer = StopAdvice.GO_ON
    paused_at: float | None = None
    for place, one in enumerate(noted):
        since = None if paused_at is None else one.at_seconds - paused_at
        quiet = _quiet_together(rule, noted[: place + 1])
        if one.cue in rule.pause_at or _is_enough(quiet, one, rule.pause_at_subtle[sensitivity]):
            if since is not None and rule.pause_seconds <= since <= STILL_THERE_UNTIL_SECONDS:
                return StopAdvice.END_AND_COMFORT
            if since is None or since > STILL_THERE_UNTIL_SECONDS:
                paused_at = one.at_seconds
            answer = StopAdvice.PAUSE
        elif since is None or since >= rule.pause_seconds:
            answer = StopAdvice.LIGHTEN if quiet else StopAdvice.GO_ON
    return answer


def _quiet_together(rule: StopRule, noted: list[NotedCue]) -> frozenset[Cue | EnoughSign]:
    """The different quiet signs of enough noted within the last 15 s."""
    now = noted[-1].at_seconds
    return frozenset(
        one.cue for one in noted if now - one.at_seconds <= rule.together_seconds and _is_quiet(one.cue)
    )


def _is_quiet(cue: Cue | EnoughSign) -> bool:
    return isinstance(cue, EnoughSign) or not (is_engagement(cue) or is_potent(cue))


def _is_enough(quiet: frozenset[Cue | EnoughSign], one: NotedCue, wanted: int) -> bool:
    return one.cue in quiet and len(quiet) >= wanted
