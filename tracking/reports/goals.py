"""Goals and instrument totals as report data: co-signed ones only, up to the report's last day."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from clinic.models import Child, User
from tracking.readings.assessments import InstrumentCard, assessments_of, by_instrument
from tracking.readings.goals import GoalCard, goals_of
from tracking.readings.sight import Sight
from tracking.reports import standing
from tracking.reports.writing import date
from tracking.vocabulary.programs import Instrument
from tracking.wording import labels
from tracking.wording.goals import signed


def signed_goals(viewer: User, child: Child, *, until: dt.date) -> list[GoalCard]:
    """What a paper tells of: without drafts, in the order they were set, with the ratings up to a day."""
    cards = [one for one in goals_of(viewer, child, until=until) if not one.is_draft]
    return sorted(cards, key=lambda one: (one.set_on, one.id))


def assessed_by(viewer: User, child: Child, sight: Sight, *, until: dt.date) -> tuple[InstrumentCard, ...]:
    """As `signed_goals`, of standard instruments."""
    told = assessments_of(viewer, child, sight)
    return by_instrument(one for one in told if not one.is_draft and one.on <= until)


def in_levels(goal: GoalCard) -> dict[str, Any]:
    """A goal as the paper sets it: its levels and when each was first reached."""
    return {
        "title": goal.title,
        "language": goal.language,
        "own_words": goal.own_words,
        "own_words_language": goal.own_words_language,
        "where": standing.where(goal) if goal.is_open else _("Closed."),
        "levels": [
            {"level": signed(rung.level), "text": rung.text, "reached": _first_reached(goal, rung.level)}
            for rung in goal.rungs
        ],
    }


def _first_reached(goal: GoalCard, level: int) -> str:
    days = [one.on for one in goal.ratings if one.level == level]
    if days:
        return date(days[-1])
    return _("at the start") if level == goal.baseline_level else ""


def in_totals(card: InstrumentCard) -> dict[str, Any]:
    """An instrument's totals and bands; who answered is no paper's, since both homes may read it."""
    said = standing.said_of(card)
    return {
        "title": labels.label(Instrument, card.instrument),
        "latest_on": date(card.latest.on),
        "previous_on": date(card.previous.on) if card.previous else "",
        "language": card.latest.language,
        "previous_language": card.previous.language if card.previous else "",
        "rows": [asdict(row) for row in said.rows],
        "said": [*said.changes, *said.notes],
    }
