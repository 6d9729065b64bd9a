"""The sentences of notices, reviewed like those of reminders: that there is something, never what.

Staff read the kind and number of what waits; details are behind the sign-in.
`tests/tracking/test_reminder_words.py` reads every sentence in every language against a list of forbidden
words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.models.notices import NoticeKind
from tracking.wording.reminders import ReminderWords


def notice_words(kinds: Collection[str], *, is_to_staff: bool) -> ReminderWords:
    """The words of a message that tells `kinds` (`NoticeKind`), one for each thing it tells of."""
    if not is_to_staff:
        return _family_news()
    if NoticeKind.URGENT_FLAG in kinds:
        return _at_once(
            title=_("Something needs your eyes today"),
            opening=_("Something came in that needs your eyes today."),
        )
    if NoticeKind.FLAG_UNREAD in kinds:
        return _at_once(
            title=_("Something has come to you"),
            opening=_("Nobody has looked at something in its time, and so it has come to you."),
        )
    return _staff_news(kinds)


def _family_news() -> ReminderWords:
    return ReminderWords(
        title=_("There is something new to read"),
        body=_("It is here whenever you have a moment."),
        opening=_("There is something new for you to read."),
        link=_("It is here whenever you have a moment"),
        more=_("It stays there for as long as you like."),
        why=_("Littlefoot tells you when there is something new."),
        wishes=_("Change that, or hear nothing more"),
    )


def _at_once(*, title: str, opening: str) -> ReminderWords:
    return ReminderWords(
        title=title,
        body=_("Please look as soon as you can."),
        opening=opening,
        link=_("See what it is"),
        more=_("Once somebody has looked, nobody else is asked."),
        why=_("Littlefoot sends this at once, by day and by night."),
        wishes=_("Change how you are told"),
    )


def _staff_news(kinds: Collection[str]) -> ReminderWords:
    waiting = _waiting(kinds)
    return ReminderWords(
        title=_("What waits for you today"),
        body=waiting,
        opening=_("What waits for you today: %(waiting)s.") % {"waiting": waiting},
        link=_("It is all here"),
        more=_("What you have seen already is not counted."),
        why=_("Littlefoot sends this once, when your day begins, and not at all when nothing waits."),
        wishes=_("Change how you are told"),
    )


def _waiting(kinds: Collection[str]) -> str:
    """How many of each kind; empty of kinds that do not wait."""
    count = Counter(kinds)
    messages, flags = count[NoticeKind.MESSAGE], count[NoticeKind.FLAG]
    told = {
        ngettext("%(count)s message", "%(count)s messages", messages): messages,
        ngettext("%(count)s flag to look at", "%(count)s flags to look at", flags): flags,
    }
    return ", ".join(words % {"count": number} for words, number in told.items() if number)
