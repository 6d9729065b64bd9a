"""States of a day in words, and the letter that marks each in a strip or calendar.

States without a letter are drawn: a tick, two bars, a dot, a dash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracking.vocabulary.outcomes import DayState

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WORDS: Final[dict[str, _StrPromise]] = {
    DayState.DONE: _("done"),
    DayState.STOPPED: _("offered, stopped early"),
    DayState.DECLINED: _("offered, child declined"),
    DayState.NOT_TODAY: _("not today"),
    DayState.NO_RECORD: _("no record"),
    DayState.PAUSED: _("paused"),
    DayState.EXCUSED: _("excused: nobody there had been shown how"),
    DayState.NOT_PRESCRIBED: _("not prescribed"),
}
LETTERS: Final[dict[str, _StrPromise]] = {
    DayState.STOPPED: pgettext_lazy("one letter for: offered, stopped early", "S"),
    DayState.DECLINED: pgettext_lazy("one letter for: offered, child declined", "C"),
    DayState.NOT_TODAY: pgettext_lazy("one letter for: not today", "N"),
    DayState.EXCUSED: pgettext_lazy("one letter for: excused", "E"),
}
DRAWN: Final[dict[str, _StrPromise]] = {
    DayState.DONE: _("Tick"),
    DayState.NO_RECORD: _("Dot"),
    DayState.PAUSED: _("Two bars"),
    DayState.NOT_PRESCRIBED: _("Dash"),
}


def letter(state: str) -> str:
    """The letter of a day's mark; empty where the mark is drawn."""
    return str(LETTERS.get(state, ""))


def mark(state: str) -> str:
    """A day's mark as one speaks of it: its letter, or what is drawn."""
    return letter(state) or str(DRAWN[state])


def words(state: str) -> str:
    return str(WORDS[state])
