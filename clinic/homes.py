"""Which of several homes a child is at on a day: one answer for entries, reminders and today's page.

Each household's week says on which weekdays the child is there, from a day on; a change moves no past day.
For a single day a household may say "here" or "not here" about itself only, and the clinic may say which home
it is. Our own rule (docs/adr/0020):

- What the clinic said for the day stands.
- Otherwise the day belongs to the homes whose week includes it; one that names the weekday comes before one
  that has every day.
- A home gives its own day away by "not here": to the home that says "here", or else to the only other home.
- "Here" on another home's day waits until that home gives it away. If both say "here", or nobody has the
  child, the homes are at odds: the week stands, everything said is kept, and the care team is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HomeWeek:
    """On which weekdays (Monday is 0; none: every day) a child is at a household.

    `first` is the local day from which this holds, None: from the beginning.
    """

    family: UUID
    weekdays: frozenset[int] = frozenset()
    first: date | None = None

    def has_begun(self, day: date) -> bool:
        return self.first is None or self.first <= day


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of one day: a household of its own side, or the clinic (then always "here")."""

    on: date
    family: UUID
    is_here: bool = True
    is_clinics: bool = False


@dataclass(frozen=True, slots=True)
class HomeDay:
    """`at`: the households where the child may be that day, which are asked; several where nothing decides.

    `family` is the one an entry belongs to where nobody says otherwise: the first of them, else the child's
    first home; None for a child without home. `is_at_odds`: the homes contradict each other.
    """

    family: UUID | None
    at: tuple[UUID, ...]
    is_at_odds: bool = False


def week_on(day: date, weeks: Iterable[HomeWeek]) -> dict[UUID, frozenset[int]]:
    """The weekdays of each household in force on a day, in the order of the homes."""
    begun: dict[UUID, HomeWeek] = {}
    for week in weeks:
        known = begun.get(week.family)
        if week.has_begun(day) and (known is None or (known.first or date.min) <= (week.first or date.min)):
            begun[week.family] = week
    return {family: week.weekdays for family, week in begun.items()}


def home_on(day: date, pattern: Sequence[HomeWeek], exceptions: Iterable[Said] = ()) -> HomeDay:
    """Where the child is on a local day; `pattern` is in the order of the homes."""
    in_force = week_on(day, pattern)
    homes = list(in_force) or list(dict.fromkeys(week.family for week in pattern))
    known = {week.family for week in pattern}
    said = [one for one in exceptions if one.on == day and one.family in known]
    word = next((one.family for one in said if one.is_clinics), None)
    if word is not None:
        return HomeDay(word, (word,))
    named = [family for family, days in in_force.items() if day.weekday() in days]
    owners = named or [family for family, days in in_force.items() if not days]
    here = {one.family for one in said if one.is_here}
    away = {one.family for one in said if not one.is_here}
    keeping = [family for family in owners if family not in away]
    if keeping:
        sure = [family for family in keeping if family in here]
        at = sure or keeping
        is_at_odds = len(sure) > 1 or bool(sure and here - set(owners))
    else:
        takers = [family for family in homes if family in here]
        others = [family for family in homes if family not in owners and family not in away]
        at = takers or (others if owners and len(others) == 1 else [])
        is_at_odds = len(takers) > 1 or bool(owners and not takers and not others)
        if is_at_odds and not at:
            at = owners
    first = next(iter(at or homes), None)
    return HomeDay(first, tuple(at), is_at_odds)
