"""How guardians' answers to a consent item combine. Pure: answers in, a standing out.

Each guardian's latest answer counts; answers of former guardians do not. One "no" is always enough; whether
one "yes" is enough, the clinic sets for each item.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from clinic.vocabulary import ConsentStanding


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said of one item: yes, or that they take it back."""

    giver: str
    is_given: bool


def standing(words: Iterable[Word], *, guardians: Collection[str], needs_every: bool) -> ConsentStanding:
    """How the guardians stand to one item. `words` come oldest first; `guardians` are those of today.

    A giver who is known by name alone, from paper, is named among `guardians` by whoever asks.
    """
    latest = {word.giver: word.is_given for word in words if word.giver in guardians}
    if not all(latest.values()):
        return ConsentStanding.WITHDRAWN
    if not latest:
        return ConsentStanding.NOT_GIVEN
    if needs_every and any(guardian not in latest for guardian in guardians):
        return ConsentStanding.WAITING
    return ConsentStanding.GIVEN


def shows_media(media: ConsentStanding) -> bool:
    """Whether the team sees what a family photographs and records: to send it is to agree, until it is taken
    back.
    """
    return media is not ConsentStanding.WITHDRAWN


def counts_in_research(research: ConsentStanding) -> bool:
    """Whether the child is in figures for research: only where everybody asked has agreed."""
    return research is ConsentStanding.GIVEN
