"""Where a child of two homes is, by what its homes said of single days; and a day that need not count."""

from __future__ import annotations

import datetime as dt

from clinic.localtime import local_day
from clinic.models import User
from tracking.management.demo.people import Planted
from tracking.management.demo.stories import ChildStory
from tracking.services import excusing, homes

GIVEN_AWAY, AT_ODDS = 2, 5
"""Weekdays of next week: one of the first home's, and one of the second's that both want."""


def untaught_day(story: ChildStory, *, yesterday: dt.date) -> dt.date | None:
    """The last Sunday of a child of two homes: nobody at the second one had been shown the routine."""
    if len(story.homes) == 1:
        return None
    return yesterday - dt.timedelta(days=(yesterday.weekday() + 1) % 7)


def say_where_it_is(
    story: ChildStory, planted: Planted, *, tellers: tuple[User, User], yesterday: dt.date, now: dt.datetime
) -> None:
    """The first home gives a day away, both want another, and the second leaves its last Sunday out."""
    child = planted.children[story.first_name]
    first, second = planted.homes[story.first_name]
    today = local_day(now, first.zone)
    monday = today + dt.timedelta(days=7 - today.weekday())
    for home, by, weekday, is_here in (
        (first, tellers[0], GIVEN_AWAY, False),
        (first, tellers[0], AT_ODDS, True),
        (second, tellers[1], AT_ODDS, True),
    ):
        on = monday + dt.timedelta(days=weekday)
        homes.say_home_on(by=by, child=child, family=home, on=on, is_here=is_here, now=now)
    untaught = untaught_day(story, yesterday=yesterday)
    assert untaught is not None
    excusing.excuse_day(by=tellers[1], child=child, on=untaught, now=now)
