"""When a program asks for a massage: program weeks, pauses, and which slots are due on a local day.

Program weeks begin on the weekday the program starts, so the first week is never partial. Days are local days
of the household.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracking.vocabulary.programs import FrequencyPer

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days a program rests, both ends included; `last` is None while it is open."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class PlannedSlot:
    """A place in the day by its number, from 1 within a program version, and the anchor it hangs on.

    `anchor` is an `Anchor` code, empty where the program names none.
    """

    number: int
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often one provider is asked, over the days one version of a program was in force.

    `times` is n a day, n a week, or n on each of the named `weekdays` (Monday is 0). `slots` are the places
    of a day in order. `first` and `last` are local days, `last` None while it runs.
    """

    per: FrequencyPer
    times: int
    first: date
    last: date | None = None
    weekdays: frozenset[int] = frozenset()
    slots: tuple[PlannedSlot, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a frequency that asks for nothing."""
        if self.times < 1:
            raise ValueError("a frequency is at least once")
        if self.per is FrequencyPer.NAMED_DAYS and not self.weekdays:
            raise ValueError("a frequency of named days names at least one")

    def runs_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def asks_on(self, day: date) -> bool:
        """Whether this is a day the schedule counts: every day it runs, or the named ones of them."""
        if not self.runs_on(day):
            return False
        return self.per is not FrequencyPer.NAMED_DAYS or day.weekday() in self.weekdays

    @property
    def slots_of_a_day(self) -> tuple[PlannedSlot, ...]:
        """The places of a day asked for, filled up to n with nameless ones; n a week has one or more."""
        wanted = 1 if self.per is FrequencyPer.WEEK else self.times
        highest = max((slot.number for slot in self.slots), default=0)
        missing = max(0, wanted - len(self.slots))
        return self.slots + tuple(PlannedSlot(highest + extra) for extra in range(1, missing + 1))


@dataclass(frozen=True, slots=True)
class DueSlot:
    """One slot of one local day. `is_suggested`: any day of the week will do, this is one of them."""

    on: date
    number: int
    anchor: str
    is_suggested: bool


def program_week(*, started_on: date, day: date) -> int | None:
    """The program week of `day`, 1 for the first seven days; None before the program starts."""
    if day < started_on:
        return None
    return (day - started_on).days // 7 + 1


def week_days(*, started_on: date, week: int) -> tuple[date, ...]:
    """The seven days of program week `week`, counted from 1."""
    first = started_on + timedelta(weeks=week - 1)
    return tuple(first + ONE_DAY * number for number in range(7))


def weeks_in_all(*, started_on: date, last: date) -> int:
    """How many program weeks there are up to and including the local day `last`; 0 before the start."""
    return program_week(started_on=started_on, day=last) or 0


def is_paused(day: date, pauses: Iterable[Pause]) -> bool:
    return any(pause.covers(day) for pause in pauses)


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield first + ONE_DAY * number


def due_slots(
    schedule: Schedule, day: date, *, pauses: Iterable[Pause] = (), offered_this_week: int = 0
) -> tuple[DueSlot, ...]:
    """The slots of a local day, in order; none when paused, before the start or after the end.

    n a week: suggestions on every day until `offered_this_week` (in this program week, other days only)
    reaches n.
    """
    if not schedule.asks_on(day) or is_paused(day, pauses):
        return ()
    by_week = schedule.per is FrequencyPer.WEEK
    if by_week and offered_this_week >= schedule.times:
        return ()
    return tuple(
        DueSlot(on=day, number=slot.number, anchor=slot.anchor, is_suggested=by_week)
        for slot in schedule.slots_of_a_day
    )


def is_open(*, opens_in_week: int | None, opens_when_taught: bool, week: int | None, is_taught: bool) -> bool:
    """Whether a step belongs to the routine in program week `week`; None is before the start.

    A step with neither condition always does; with both it waits for both.
    """
    if opens_when_taught and not is_taught:
        return False
    return opens_in_week is None or (week is not None and week >= opens_in_week)


def longest_run(days: Sequence[date], *, without: frozenset[date]) -> int:
    """The most of `days` in a row, in order, none of which is in `without`."""
    longest = current = 0
    for day in days:
        current = 0 if day in without else current + 1
        longest = max(longest, current)
    return longest
