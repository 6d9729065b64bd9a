"""Minutes of massage: how long one pass of a program takes, what a session delivered, what it counts for.

Our own definitions, for a clinic's sign-off. All figures are self-reports, for which no validated cut-off
exists.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from tracking.vocabulary.body import SecondsBasis, Side
from tracking.vocabulary.programs import SessionOutcome

OFFERED = frozenset({SessionOutcome.DONE, SessionOutcome.STOPPED, SessionOutcome.DECLINED})
BEGUN = frozenset({SessionOutcome.DONE, SessionOutcome.STOPPED})


@dataclass(frozen=True, slots=True)
class StepTime:
    """How long one step takes: `seconds` in all, or of each side where the basis says so."""

    seconds: int
    basis: SecondsBasis = SecondsBasis.TOTAL
    side: Side | None = None

    @property
    def pass_seconds(self) -> int:
        """Seconds of one pass; a side-specific step without a named side is done on both."""
        both = self.basis is SecondsBasis.PER_SIDE and self.side in {None, Side.BOTH}
        return self.seconds * (2 if both else 1)


def one_pass_seconds(steps: Iterable[StepTime]) -> int:
    """Seconds one pass of all steps takes, without permission, pauses and songs."""
    return sum(step.pass_seconds for step in steps)


def rounds_needed(*, minutes: float, pass_seconds: int) -> int:
    """How many passes fill `minutes`: 1 where one is enough, and where the steps carry no time."""
    if pass_seconds <= 0:
        return 1
    return max(1, ceil(minutes * 60 / pass_seconds))


@dataclass(frozen=True, slots=True)
class Given:
    """What counts of one session: how it ended and how much of it is known.

    `minutes` is None for a session nobody timed. `done_seconds` of `all_seconds` are the prescribed seconds
    of the steps done and of all steps, None where steps were not noted.
    """

    outcome: SessionOutcome
    minutes: float | None = None
    done_seconds: float | None = None
    all_seconds: float | None = None

    @property
    def is_offered(self) -> bool:
        """Begun or declined, whoever ended it: what the family could do was done."""
        return self.outcome in OFFERED

    @property
    def is_begun(self) -> bool:
        return self.outcome in BEGUN

    @property
    def steps_ratio(self) -> float | None:
        """Share of the prescribed seconds whose steps were done, 0-1; None where steps were not noted."""
        if self.done_seconds is None or not self.all_seconds or self.all_seconds < 0:
            return None
        return min(1.0, max(0.0, self.done_seconds / self.all_seconds))


def credit(given: Given, *, prescribed_minutes: float | None) -> float | None:
    """What a session is worth, 0-1; None for one stopped early of which neither minutes nor steps are known.

    Timed, under a prescription in minutes: minutes over prescribed minutes, at most 1. Otherwise done is 1
    and stopped early is the share of its steps. A declined session is worth 0 here and counts fully as
    offered.
    """
    if not given.is_begun:
        return 0.0
    if prescribed_minutes and given.minutes is not None:
        return min(1.0, max(0.0, given.minutes / prescribed_minutes))
    return 1.0 if given.outcome is SessionOutcome.DONE else given.steps_ratio


@dataclass(frozen=True, slots=True)
class Dose:
    """Minutes delivered by the timed sessions among those begun: always printed as "n of m timed"."""

    minutes: float
    timed_count: int
    untimed_count: int

    @property
    def begun_count(self) -> int:
        return self.timed_count + self.untimed_count


def dose(sessions: Sequence[Given]) -> Dose:
    """What these sessions delivered; declined ones and "not today" are neither timed nor untimed."""
    begun = [given for given in sessions if given.is_begun]
    timed = [max(0.0, given.minutes) for given in begun if given.minutes is not None]
    return Dose(minutes=sum(timed), timed_count=len(timed), untimed_count=len(begun) - len(timed))
