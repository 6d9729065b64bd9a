"""What a family is asked by default, by the child's age. Our own proposal (docs/clinical).

Bedtimes are informative from about 6 months, when sleep latency has settled; touch from 4 months, where the
first instrument for it begins (Test of Sensory Functions in Infants, 4 to 18 months). Never more than four
questions an evening and three touches at a time, because a tired parent answers no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracking.vocabulary.asking import Question
from tracking.vocabulary.states import AROUSAL_SCALE_FROM_MONTHS, StateScale, scale_for_age

MOST_AN_EVENING = 4
MOST_TOUCHES = 3
"""Touches a family is asked about every day, at a time."""

TOUCH_FROM_MONTHS = 4
BEDTIME_FROM_MONTHS = 6
_ALWAYS = frozenset({Question.STATE_BEFORE, Question.STATE_AFTER, Question.CUES, Question.CHECK_IN})
_CHANGES_AT = (TOUCH_FROM_MONTHS, BEDTIME_FROM_MONTHS, AROUSAL_SCALE_FROM_MONTHS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a family is asked on one day, and on which scale it tells how the child is."""

    questions: frozenset[Question]
    scale: StateScale

    def asks(self, question: Question) -> bool:
        return question in self.questions

    def leaves_out(self, questions: Iterable[Question]) -> tuple[Question, ...]:
        """Those of `questions` that are not asked, in their order."""
        return tuple(one for one in questions if one not in self.questions)


def asked_by_default(months: int) -> Asked:
    """What a child of `months` completed months is asked about (the age that counts; may be negative)."""
    questions = set(_ALWAYS)
    if months >= TOUCH_FROM_MONTHS:
        questions.add(Question.TOUCH)
    if months >= BEDTIME_FROM_MONTHS:
        questions.add(Question.BEDTIME)
    return Asked(frozenset(questions), scale_for_age(months))


def next_change(months: int) -> tuple[int, Asked] | None:
    """At how many months the default changes next, and to what; None once it stays as it is."""
    later = [at for at in _CHANGES_AT if at > months]
    return (later[0], asked_by_default(later[0])) if later else None


def has_grown(*, then_months: int, now_months: int) -> bool:
    """Whether a plan chosen at one age was chosen under another default than today's."""
    return asked_by_default(then_months) != asked_by_default(now_months)
