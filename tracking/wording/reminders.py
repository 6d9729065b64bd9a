"""The sentences of reminders, reviewed: no names, nothing about health, no reproach, no urgency.

A message about several things (siblings, one bath) says what is true of all of them.
`tests/tracking/test_reminder_words.py` reads every sentence in every language against a list of forbidden
words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracking.vocabulary.reminders import ReminderKind


@dataclass(frozen=True, slots=True)
class ReminderWords:
    """A reminder in the active language.

    `title` and `body` are for channels with room for a line or two (a push, a text message); a mail has
    `title` for its subject and the other parts, in this order. `more`: that not now is fine; of the last one
    for a while, that it is.
    """

    title: str
    body: str
    opening: str
    link: str
    more: str
    why: str
    wishes: str


def reminder_words(kinds: Collection[str], *, is_tonight: bool) -> ReminderWords:
    """The words of a message that tells `kinds` (`ReminderKind`), about the evening or about the day."""
    is_diary = set(kinds) == {ReminderKind.DIARY}
    is_last = ReminderKind.GENTLE in kinds
    return ReminderWords(
        title=_title(is_diary=is_diary, is_last=is_last, is_tonight=is_tonight),
        body=_("The last one for a while. How to go on is here.")
        if is_last
        else _("Everything for it is here."),
        opening=_opening(is_diary=is_diary, is_tonight=is_tonight),
        link=_("Everything for it is here"),
        more=_(
            "What nobody has answered for some days rests from now on, and that is fine too. It comes back "
            "as soon as somebody writes something, or when you bring it back. Where it is too much at the "
            "moment, a pause is one tap away."
        )
        if is_last
        else _(
            "If now is not the time, that is fine. Say so on the same page, and nothing more comes today."
        ),
        why=_("Littlefoot sends this at the time set for your household."),
        wishes=_("Bring it back, or pause") if is_last else _("Change that, or hear nothing more"),
    )


def _title(*, is_diary: bool, is_last: bool, is_tonight: bool) -> str:
    if is_last:
        return _("Quiet from now on, until you say so")
    if is_diary:
        return _("A line or two for tonight") if is_tonight else _("A line or two for today")
    return _("A quiet moment for tonight") if is_tonight else _("A quiet moment for today")


def _opening(*, is_diary: bool, is_tonight: bool) -> str:
    if is_diary:
        return (
            _("It is the time of the evening you chose to write down how it went.")
            if is_tonight
            else _("It is the time of the day you chose to write down how it went.")
        )
    return (
        _("It is the time of the evening you chose for a quiet moment together.")
        if is_tonight
        else _("It is the time of the day you chose for a quiet moment together.")
    )


def coming(at: dt.datetime, today: dt.date) -> str:
    """When a reminder comes, from its local wall time: "today at 6:30 p.m."."""
    time = date_format(at, "TIME_FORMAT")
    if at.date() == today:
        return _("today at %(time)s") % {"time": time}
    if at.date() == today + dt.timedelta(days=1):
        return _("tomorrow at %(time)s") % {"time": time}
    day = {"weekday": date_format(at, "l"), "day": date_format(at, "MONTH_DAY_FORMAT"), "time": time}
    return _("%(weekday)s, %(day)s, at %(time)s") % day
