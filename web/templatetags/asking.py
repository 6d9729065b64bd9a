"""Template tags for what is asked and what was not. They never query."""

from __future__ import annotations

from collections.abc import Collection

from django import template
from django.utils.translation import gettext as _

from tracking.readings.entries import SeenEntry
from tracking.readings.entry_details import SessionDetails
from tracking.vocabulary.asking import ASKED_WITH_A_MASSAGE, HowItWas, HowSure, Question
from tracking.vocabulary.programs import SessionOutcome
from tracking.vocabulary.states import StateScale
from tracking.wording import labels

register = template.Library()


@register.filter
def questions(asked: Collection[str]) -> list[tuple[str, str]]:
    """(words, more) of each question, in the order they are asked."""
    return [(labels.label(Question, one), labels.more(Question, one)) for one in Question if one in asked]


@register.filter
def asked_list(asked: Collection[str]) -> str:
    """The questions as one phrase."""
    if not asked:
        return _("nothing")
    return labels.listed(_in_short(one) for one in Question if one in asked)


def _in_short(question: Question) -> str:
    """In a word or two, for staff."""
    said = labels.clinical if question is Question.CHECK_IN else labels.tile
    return said(Question, question).lower()


@register.filter
def scale(code: str) -> str:
    return labels.label(StateScale, code)


@register.filter
def how_it_was(number: int | None) -> str:
    return _("no answer") if number is None else labels.label(HowItWas, number)


@register.filter
def how_sure(number: int | None) -> str:
    return _("no answer") if number is None else labels.label(HowSure, number)


@register.filter
def gaps(entry: SeenEntry) -> str:
    """What an entry was not asked, and what it was asked and did not answer: for staff, in one line."""
    not_asked = [labels.tile(Question, code).lower() for code in entry.not_asked]
    said = [_("Not asked: %(what)s.") % {"what": labels.listed(not_asked)}] if not_asked else []
    details = entry.details
    if isinstance(details, SessionDetails) and details.outcome != SessionOutcome.NOT_TODAY:
        told = {
            Question.STATE_BEFORE: details.state_before,
            Question.STATE_AFTER: details.state_after,
            Question.CUES: details.cues,
        }
        open_ones = [one for one in ASKED_WITH_A_MASSAGE if one not in entry.not_asked and not told[one]]
        if open_ones:
            what = labels.listed(labels.tile(Question, one).lower() for one in open_ones)
            said.append(_("No answer: %(what)s.") % {"what": what})
    return " ".join(said)
