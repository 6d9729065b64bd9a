"""Circuit breakers for failing providers. Pure.

After some failures in a row a breaker opens: the provider gets nothing for a period that doubles with every
further failure. Afterwards one message goes out as a probe, and the others wait for its result. Our own
numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

OPENS_AFTER = 5
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)

PROBE_WITHIN = timedelta(seconds=60)
"""A probe that was not heard of in this time is followed by another."""

LOOK_AGAIN = timedelta(seconds=15)
"""How long the others wait at a time while one is probing."""

_TAILS = ("timeout", "unreachable", "broken_off")
_BUSY = frozenset({421, 429})


@dataclass(frozen=True, slots=True)
class Standing:
    """`open_until` None: closed, everything passes. `probed_until`: a probe is on its way until then."""

    failures: int = 0
    open_until: datetime | None = None
    probed_until: datetime | None = None


class Passes(StrEnum):
    """What may go to a provider now."""

    ALL = "all"
    ONE = "one"
    NONE = "none"


def passes(standing: Standing, *, now: datetime) -> tuple[Passes, datetime]:
    """What may go now, and when to look again for what may not."""
    if standing.open_until is None:
        return Passes.ALL, now
    if now < standing.open_until:
        return Passes.NONE, standing.open_until
    if standing.probed_until is not None and now < standing.probed_until:
        return Passes.NONE, min(now + LOOK_AGAIN, standing.probed_until)
    return Passes.ONE, now + LOOK_AGAIN


def probing(standing: Standing, *, now: datetime) -> Standing:
    """The standing once one message goes as a probe."""
    return replace(standing, probed_until=now + PROBE_WITHIN)


def after_failure(standing: Standing, *, now: datetime, asked_for: timedelta | None = None) -> Standing:
    """The standing after one more failure; the provider may have asked to be left alone for longer.

    What was on its way when the breaker opened says nothing new.
    """
    if standing.open_until is not None and now < standing.open_until:
        return standing
    failures = standing.failures + 1
    if failures < OPENS_AFTER:
        return Standing(failures)
    # No more doublings than reach the longest, or the number would outgrow every interval.
    pause = min(FIRST_PAUSE * 2 ** min(failures - OPENS_AFTER, 10), LONGEST_PAUSE)
    return Standing(failures, open_until=now + max(pause, asked_for or timedelta()))


def is_failure(code: str) -> bool:
    """Whether an answer that was no acceptance is the provider's own trouble, by its code (`push_503`).

    A mailbox that is full or unknown is not, nor is a 4xx about one recipient.
    """
    number = code.rpartition("_")[2]
    if number.isdecimal():
        return int(number) >= 500 or int(number) in _BUSY
    return code.endswith(_TAILS)
