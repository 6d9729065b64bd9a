"""The child's cues and own signs as table rows and sentences, shared by page and report."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.outcomes.signs import NotedSign, NotedSigns
from tracking.reports.pictures.phases import silences_in_words
from tracking.vocabulary.cues import Cue, SignMeaning
from tracking.wording import labels


@dataclass(frozen=True, slots=True)
class SignLine:
    """A sign and in how many massages it was noted, while it went on and afterwards.

    `words` of a sign of the child's own are those of who told it, in `language`, with the `cue` that stands
    for it (empty: none). Else they are ours and `language` is empty. `asks_for` is empty for a code we do not
    know.
    """

    words: str
    language: str
    cue: str
    asks_for: str
    during_count: int
    after_count: int


def lines(noted: NotedSigns) -> list[SignLine]:
    """In the order they were read."""
    return [_line(one) for one in noted.signs]


def sentences(noted: NotedSigns) -> list[str]:
    """How many massages tell of signs, and why others do not; none where no massage was offered."""
    if not noted.told_count:
        return silences_in_words(noted)
    told = ngettext(
        "%(count)d massage has signs recorded.", "%(count)d massages have signs recorded.", noted.told_count
    )
    return [told % {"count": noted.told_count}, *silences_in_words(noted)]


def note() -> str:
    """How to read the lines."""
    return _(
        "In how many massages each was noted. Signs of the child’s own come first, in the words of whoever "
        "told them."
    )


def _line(one: NotedSign) -> SignLine:
    cue = labels.label(Cue, one.code) if one.code else ""
    return SignLine(
        words=one.words or cue,
        language=one.language,
        cue=cue if one.words else "",
        asks_for=labels.label(SignMeaning, one.asks_for) if one.asks_for else "",
        during_count=one.during_count,
        after_count=one.after_count,
    )
