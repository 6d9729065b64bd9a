"""Whether a step that opens "when taught" is open to a person. Our own rule.

The latest lesson counts, on the stroke or on the whole routine. "To be shown again" is not taught. A person
who has been shown something is judged by that alone, anyone else by their household.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tracking.vocabulary.teaching import TaughtLevel, Teachable


@dataclass(frozen=True, slots=True)
class Learner:
    """Whom something was shown to: a person with an account, or a name; through which household."""

    user_id: uuid.UUID | None
    name: str
    family_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Lesson:
    """The latest word on one thing for one learner; `stroke` is a slug, empty for other things."""

    learner: Learner
    what: Teachable
    stroke: str
    level: TaughtLevel
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks whether a step is open, and through which household."""

    user_id: uuid.UUID
    family_id: uuid.UUID | None


def is_taught(lessons: Iterable[Lesson], *, stroke: str, asker: Asker | None) -> bool:
    """Whether `stroke` (empty: a step that is none) has been taught; `asker` None: to anybody at all."""
    by_learner: dict[Learner, list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        is_it = lesson.what is Teachable.STROKE and lesson.stroke == stroke
        if lesson.what is Teachable.ROUTINE or (is_it and stroke):
            by_learner[lesson.learner].append(lesson)
    if asker is None:
        return any(_is_ready(told) for told in by_learner.values())
    mine = [told for learner, told in by_learner.items() if learner.user_id == asker.user_id]
    own = [lesson for told in mine for lesson in told]
    if own:
        return _is_ready(own)
    return asker.family_id is not None and any(
        _is_ready(told) for learner, told in by_learner.items() if learner.family_id == asker.family_id
    )


def _is_ready(told: list[Lesson]) -> bool:
    """By the latest lesson; of two at one moment the one on the stroke itself."""
    latest = max(told, key=lambda lesson: (lesson.at, lesson.what is Teachable.STROKE))
    return latest.level is not TaughtLevel.AGAIN
