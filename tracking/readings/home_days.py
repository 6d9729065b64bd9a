"""The days of one home: where the child is according to what was said, and which days may be excluded."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from clinic.localtime import local_day
from clinic.models import Child, Family
from clinic.whereabouts import Whereabouts, whereabouts
from tracking.models import Demonstration, ExcusedDay, MassageSession
from tracking.outcomes.plans import Plan, plans_of

AHEAD = 14
BACK = 7


@dataclass(frozen=True, slots=True)
class HomeDayHere:
    """One day as this home may know it. `said` is its own word, None: none.

    `is_own`: by the week it is this home's. `is_claimed`: another home says the child is there, on a day that
    is this home's. `is_settled`: the clinic said. `may_be_excused`: one tap leaves it out.
    """

    on: dt.date
    is_here: bool
    is_own: bool
    said: bool | None
    is_claimed: bool
    is_settled: bool
    is_at_odds: bool
    is_excused: bool
    may_be_excused: bool


@dataclass(frozen=True, slots=True)
class HomeDays:
    """`past` newest first, `coming` from today on; `weekdays` are the home's week today."""

    has_others: bool
    weekdays: tuple[int, ...]
    past: tuple[HomeDayHere, ...]
    coming: tuple[HomeDayHere, ...]


def home_days(child: Child, family: Family, *, now: dt.datetime) -> HomeDays:
    """The days around today as a caregiver of this household reads them; nothing of another one's place."""
    today = local_day(now, family.zone)
    back = [today - dt.timedelta(days=number) for number in range(1, BACK + 1)]
    ahead = [today + dt.timedelta(days=number) for number in range(AHEAD)]
    where = whereabouts(child, since=back[-1])
    open_days = may_be_excused(child, family.pk, [today, *back])
    excused = excused_days(child, since=back[-1])

    def told(on: dt.date) -> HomeDayHere:
        day = where.on(on)
        said = [one for one in where.said if one.on == on]
        own = [one.is_here for one in said if one.family == family.pk and not one.is_clinics]
        weekdays = where.weekdays(on).get(family.pk)
        is_own = weekdays is not None and (not weekdays or on.weekday() in weekdays)
        is_here = family.pk in day.at
        return HomeDayHere(
            on=on,
            is_here=is_here,
            is_own=is_own,
            said=own[0] if own else None,
            is_claimed=is_own
            and any(one.family != family.pk and one.is_here and not one.is_clinics for one in said),
            is_settled=any(one.is_clinics for one in said),
            is_at_odds=day.is_at_odds,
            is_excused=on in excused,
            may_be_excused=is_here and on in open_days,
        )

    return HomeDays(
        has_others=len(where.zones) > 1,
        weekdays=tuple(sorted(where.weekdays(today).get(family.pk, ()))),
        past=tuple(told(on) for on in back),
        coming=tuple(told(on) for on in ahead),
    )


def excused_days(child: Child, *, since: dt.date) -> frozenset[dt.date]:
    """The days from `since` on that are left out; one statement."""
    rows = ExcusedDay.objects.filter(child=child, taken_back_at__isnull=True, on__gte=since)
    return frozenset(rows.values_list("on", flat=True))


def may_be_excused(child: Child, family: uuid.UUID | None, days: Collection[dt.date]) -> frozenset[dt.date]:
    """Those of `days` that one tap may leave out for this home; four statements.

    A program asks for the day, nobody logged a massage or an answer, and by then nobody of the home had been
    shown the routine.
    """
    where = whereabouts(child, since=min(days))
    plans = plans_of([child.pk]).get(child.pk, [])
    told = set(
        MassageSession.objects.counted()
        .filter(child=child, local_day__in=days)
        .values_list("local_day", flat=True)
    )
    return frozenset(day for day in days if day not in told and is_untaught(child, family, where, plans, day))


def is_untaught(
    child: Child, family: uuid.UUID | None, where: Whereabouts, plans: Iterable[Plan], on: dt.date
) -> bool:
    """Whether a program asks for the day and nobody of the home had been shown the routine by its end.

    One statement, none for the child's first home: there it was shown, whether or not that was noted.
    """
    return (
        family is not None
        and family != next(iter(where.zones), None)
        and any(plan.asks_on(on) for plan in plans)
        and not was_anybody_shown(child, family, where.zones.get(family, where.clinics_zone), on)
    )


def was_anybody_shown(child: Child, family: uuid.UUID, zone: str, on: dt.date) -> bool:
    """Whether somebody of this household had been shown anything of the routine by the end of a local day."""
    shown = (
        Demonstration.objects.signed()
        .filter(child=child, family=family)
        .order_by("shown_at", "id")
        .values_list("shown_at", flat=True)
        .first()
    )
    return shown is not None and local_day(shown, zone) <= on
