"""Changes of where a child lives, with the reminders they move.

Faces call these instead of `clinic.services.homes`, because a reminder rule stores the next day it is for.
"""

from __future__ import annotations

import datetime as dt
from typing import Unpack

from django.db import transaction

from clinic.homes import HomeDay
from clinic.models import Child, ChildHome, ChildHomeException, ChildHomeWeek, Family, User
from clinic.services import homes
from tracking.reminders import planning

NewHome = homes.NewHome
add_household = homes.add_household


@transaction.atomic
def change_household(
    *, by: User, family: Family, now: dt.datetime, **changes: Unpack[homes.HouseholdChanges]
) -> Family:
    """As `clinic.services.homes.change_household`; with another zone its reminders move at once."""
    changed = homes.change_household(by=by, family=family, now=now, **changes)
    if "zone" in changes:
        planning.keep_rules_of_household(family=changed, now=now)
    return changed


@transaction.atomic
def add_home(
    *, by: User, child: Child, family: Family, weekdays: list[int] | tuple[int, ...] = (), now: dt.datetime
) -> ChildHome:
    """As `clinic.services.homes.add_home`; the child's running programs are reminded of there too."""
    home = homes.add_home(by=by, child=child, family=family, weekdays=weekdays, now=now)
    planning.keep_rules_of_child(child=child, now=now)
    return home


@transaction.atomic
def change_weekdays(
    *,
    by: User,
    home: ChildHome,
    weekdays: list[int] | tuple[int, ...],
    from_on: dt.date | None = None,
    now: dt.datetime,
) -> ChildHomeWeek:
    """As `clinic.services.homes.change_weekdays`, today included if its hour is still to come."""
    changed = homes.change_weekdays(by=by, home=home, weekdays=weekdays, from_on=from_on, now=now)
    planning.keep_rules_of_child(child=home.child, now=now)
    return changed


@transaction.atomic
def change_own_week(
    *, by: User, home: ChildHome, weekdays: list[int] | tuple[int, ...], from_on: dt.date, now: dt.datetime
) -> ChildHomeWeek:
    """As `clinic.services.homes.change_own_week`; reminders follow."""
    changed = homes.change_own_week(by=by, home=home, weekdays=weekdays, from_on=from_on, now=now)
    planning.keep_rules_of_child(child=home.child, now=now)
    return changed


@transaction.atomic
def set_home_on(
    *, by: User, child: Child, on: dt.date, family: Family | None, now: dt.datetime
) -> ChildHomeException | None:
    """As `clinic.services.homes.set_home_on`, today included if its hour is still to come."""
    exception = homes.set_home_on(by=by, child=child, on=on, family=family, now=now)
    planning.keep_rules_of_child(child=child, now=now)
    return exception


@transaction.atomic
def say_home_on(
    *, by: User, child: Child, family: Family, on: dt.date, is_here: bool | None, now: dt.datetime
) -> HomeDay:
    """As `clinic.services.homes.say_home_on`; reminders follow."""
    day = homes.say_home_on(by=by, child=child, family=family, on=on, is_here=is_here, now=now)
    planning.keep_rules_of_child(child=child, now=now)
    return day


@transaction.atomic
def remove_home(*, by: User, home: ChildHome, now: dt.datetime) -> None:
    """As `clinic.services.homes.remove_home`; nobody is reminded there any more."""
    child = home.child
    homes.remove_home(by=by, home=home, now=now)
    planning.keep_rules_of_child(child=child, now=now)
