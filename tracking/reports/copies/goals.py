"""Tables of goals, ratings and instrument totals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from tracking.readings.assessments import assessments_of
from tracking.readings.goals import goals_of
from tracking.reports.copies.tables import Column, Kind, Table, Taker, parts_of
from tracking.vocabulary.programs import Instrument

STEPS = (-2, 2)


def _goals(taker: Taker) -> Iterable[Any]:
    return goals_of(taker.user, taker.child)


GOALS = Table(
    "goals",
    _("What is hoped for"),
    (
        Column("id", Kind.ID, _("Of the goal")),
        Column("title", Kind.TEXT, _("What it is")),
        Column("language", Kind.TEXT, _("Of title and steps")),
        Column("own_words", Kind.TEXT, _("The same as a parent said it")),
        Column("own_words_language", Kind.TEXT, _("Of those words")),
        Column("began", Kind.TEXT, _("Where the child was when it was set")),
        Column("now", Kind.TEXT, _("Where the child is")),
        Column("level_now", Kind.WHOLE, _("The same as a step; 0 is what is expected"), within=STEPS),
        Column("is_open", Kind.YES_NO, _("Whether it is worked on")),
        Column("set_on", Kind.DAY, _("When it was set")),
    ),
    lambda taker: taker.once(_goals),
)

GOAL_STEPS = Table(
    "goal_steps",
    _("The five steps of each goal"),
    (
        Column("goal", Kind.ID, _("The goal"), "whole.id"),
        Column("level", Kind.WHOLE, _("The step; 0 is what is expected"), "part.level", within=STEPS),
        Column("text", Kind.TEXT, _("What that looks like"), "part.text"),
    ),
    parts_of(_goals, "rungs"),
)

GOAL_RATINGS = Table(
    "goal_ratings",
    _("Where on its steps the child was, and when"),
    (
        Column("goal", Kind.ID, _("The goal"), "whole.id"),
        Column("level", Kind.WHOLE, _("The step; 0 is what is expected"), "part.level", within=STEPS),
        Column("on", Kind.DAY, _("The day"), "part.on"),
    ),
    parts_of(_goals, "ratings"),
)


def _assessments(taker: Taker) -> Iterable[Any]:
    return assessments_of(taker.user, taker.child, taker.sight)


TOTALS = Table(
    "instrument_totals",
    _("Totals of standard instruments; the questions are never held, and a number says little by itself"),
    (
        Column("assessment", Kind.ID, _("The day it was done"), "whole.id"),
        Column("instrument", Kind.CODE, _("Which instrument"), "whole.instrument", Instrument),
        Column("on", Kind.DAY, _("The day"), "whole.on"),
        Column("score", Kind.TEXT, _("Which score"), "part.score"),
        Column("value", Kind.NUMBER, _("The score"), "part.value"),
        Column("least", Kind.NUMBER, _("The least it can be"), "part.least"),
        Column("most", Kind.NUMBER, _("The most it can be"), "part.most"),
    ),
    parts_of(_assessments, "totals"),
)

TABLES = (
    GOALS,
    GOAL_STEPS,
    GOAL_RATINGS,
    TOTALS,
)
