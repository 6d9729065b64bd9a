"""Where a child is on a day, by weeks, by what each home said of its own side, and by the clinic's word."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import Any

import pytest

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.homes import HomeWeek, Said, home_on
from clinic.localtime import local_day
from clinic.models import ChildHome
from clinic.services import homes
from clinic.whereabouts import whereabouts
from tests.cast import Cast

FAYS, GREGS, THIRD = (uuid.UUID(int=number) for number in (1, 2, 3))
MONDAY = dt.date(2026, 11, 16)
SATURDAY = MONDAY + dt.timedelta(days=5)
WEEK = (HomeWeek(FAYS, frozenset(range(5))), HomeWeek(GREGS, frozenset({5, 6})))


def here(family: uuid.UUID, on: dt.date = MONDAY) -> Said:
    return Said(on, family)


def away(family: uuid.UUID, on: dt.date = MONDAY) -> Said:
    return Said(on, family, is_here=False)


def clinics(family: uuid.UUID) -> Said:
    return Said(MONDAY, family, is_clinics=True)


@pytest.mark.parametrize(
    ("said", "at", "is_at_odds"),
    [
        ([], {FAYS}, False),
        ([here(FAYS)], {FAYS}, False),
        ([away(FAYS)], {GREGS}, False),
        ([here(GREGS)], {FAYS}, False),
        ([away(FAYS), here(GREGS)], {GREGS}, False),
        ([here(FAYS), here(GREGS)], {FAYS}, True),
        ([away(FAYS), away(GREGS)], {FAYS}, True),
        ([away(GREGS)], {FAYS}, False),
        ([here(FAYS), here(GREGS), clinics(GREGS)], {GREGS}, False),
        ([here(GREGS, SATURDAY), away(FAYS, SATURDAY)], {FAYS}, False),
        ([here(THIRD), clinics(THIRD)], {FAYS}, False),
    ],
)
def test_a_home_speaks_for_its_own_side_and_the_clinic_for_the_day(
    said: list[Said], at: set[uuid.UUID], is_at_odds: bool
) -> None:
    for order in itertools.permutations(said):
        day = home_on(MONDAY, WEEK, order)
        assert (set(day.at), day.family, day.is_at_odds) == (at, min(at), is_at_odds)


def test_a_home_that_names_the_day_comes_before_one_that_has_every_day() -> None:
    always = HomeWeek(FAYS)
    assert home_on(SATURDAY, (always, HomeWeek(GREGS, frozenset({5})))).at == (GREGS,)
    assert home_on(MONDAY, (always, HomeWeek(GREGS, frozenset({5})))).at == (FAYS,)
    assert home_on(MONDAY, (always, HomeWeek(GREGS))).at == (FAYS, GREGS)
    assert home_on(MONDAY, (always, HomeWeek(GREGS)), [here(GREGS)]).at == (GREGS,)


def test_a_day_of_nobodys_week_is_asked_about_nowhere_until_a_home_says_here() -> None:
    week = (HomeWeek(FAYS, frozenset({1})), HomeWeek(GREGS, frozenset({5})))
    assert (home_on(MONDAY, week).at, home_on(MONDAY, week).family) == ((), FAYS)
    assert home_on(MONDAY, week, [here(GREGS)]).at == (GREGS,)
    assert home_on(MONDAY, week, [here(GREGS), here(FAYS)]).is_at_odds
    assert home_on(MONDAY, ()).family is None


def test_a_change_of_the_week_moves_no_earlier_day() -> None:
    changed = (*WEEK, HomeWeek(GREGS, frozenset({0, 5, 6}), MONDAY), HomeWeek(FAYS, frozenset({1}), MONDAY))
    assert home_on(MONDAY, changed).at == (GREGS,)
    assert home_on(MONDAY - dt.timedelta(days=7), changed).at == (FAYS,)
    before_it_was_a_home = (HomeWeek(FAYS), HomeWeek(GREGS, first=MONDAY))
    assert home_on(MONDAY - dt.timedelta(days=1), before_it_was_a_home).at == (FAYS,)


# ---- the services ------------------------------------------------------------------------------------------


@pytest.fixture
def monday(cast: Cast) -> dt.date:
    """The first Monday from tomorrow on, where Cleo's clinic is."""
    today = local_day(rls.now(), cast.harbor.zone)
    return today + dt.timedelta(days=7 - today.weekday())


def say(cast: Cast, name: str, on: dt.date, is_here: bool | None, **changes: Any) -> Any:
    user = getattr(cast, name)
    home = cast.gregs_home if name == "greg" else cast.fays_home
    told = {"by": user, "child": cast.cleo, "family": home, "on": on, "is_here": is_here, "now": rls.now()}
    with rls.acting_as(user):
        return homes.say_home_on(**(told | changes))


@pytest.mark.django_db
def test_a_guardian_gives_a_day_away_and_takes_it_back(cast: Cast, monday: dt.date) -> None:
    assert say(cast, "fay", monday, False).at == (cast.gregs_home.pk,)
    assert say(cast, "fay", monday, None).at == (cast.fays_home.pk,)
    assert say(cast, "greg", monday, True).at == (cast.fays_home.pk,)
    odds = say(cast, "fay", monday, True)
    assert (odds.at, odds.is_at_odds) == ((cast.fays_home.pk,), True)
    assert cast.cleo.home_exceptions.filter(on=monday).count() == 2


@pytest.mark.django_db
def test_nobody_speaks_for_another_home_or_of_days_that_are_past(cast: Cast, monday: dt.date) -> None:
    for name in ("nan", "rex", "tess", "finn"):
        with pytest.raises(Forbidden):
            say(cast, name, monday, True)
    with pytest.raises(Forbidden):
        say(cast, "greg", monday, True, family=cast.fays_home)
    for on in (monday - dt.timedelta(days=8), monday + dt.timedelta(days=400)):
        with pytest.raises(Invalid) as refused:
            say(cast, "fay", on, True)
        assert refused.value.field == "on"


@pytest.mark.django_db
def test_a_guardian_changes_the_week_of_their_own_days_from_a_day_on(cast: Cast, monday: dt.date) -> None:
    home = ChildHome.objects.get(child=cast.cleo, family=cast.fays_home)

    def week(by: str, weekdays: list[int]) -> None:
        user = getattr(cast, by)
        with rls.acting_as(user):
            homes.change_own_week(by=user, home=home, weekdays=weekdays, from_on=monday, now=rls.now())

    with pytest.raises(homes.DayIsAnothers):
        week("fay", [0, 1, 2, 3, 4, 5])
    week("fay", [0, 1, 2])
    with rls.acting_as(cast.tess):
        where = whereabouts(cast.cleo)
    friday = dt.timedelta(days=4)
    assert (where.on(monday + friday).at, where.on(monday + friday - dt.timedelta(days=7)).at) == (
        (),
        (cast.fays_home.pk,),
    )
    week("fay", [0, 1, 2, 4])
    with pytest.raises(Invalid):
        week("fay", [])
    with pytest.raises(Forbidden):
        week("nan", [0])
