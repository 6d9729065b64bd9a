"""Goals, ratings and totals written under an id the sender chose: a repeated request changes nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction

from clinic.errors import Forbidden, IdAlreadyUsed
from clinic.models import Child, User
from tracking import policy
from tracking.models import Assessment, Goal, GoalRating
from tracking.services import goals

Row = TypeVar("Row", Goal, GoalRating, Assessment)

FIRST = 1
"""The lock version of a goal that nobody has changed."""


@dataclass(frozen=True, slots=True)
class Put(Generic[Row]):
    """The row, and whether it had been put before."""

    row: Row
    is_known: bool


@transaction.atomic
def put_goal(*, by: User, child: Child, client_id: uuid.UUID, now: dt.datetime, **told: Any) -> Put[Goal]:
    """A goal as by `goals.set_goal`; the same under its id again is the same, also once it was changed.

    Raises Forbidden, Invalid, IdAlreadyUsed (409).
    """
    if not policy.may_set_goal(by, child):
        raise Forbidden
    _hold(child)
    known = Goal.objects.filter(child=child, client_id=client_id).first()
    if known is None:
        return Put(goals.set_goal(by=by, child=child, client_id=client_id, now=now, **told), is_known=False)
    if known.lock_version == FIRST:
        _demand_the_same(known, told)
    return Put(known, is_known=True)


@transaction.atomic
def put_rating(
    *, by: User, goal: Goal, client_id: uuid.UUID, now: dt.datetime, **told: Any
) -> Put[GoalRating]:
    """A rating as by `goals.rate_goal`. Raises Forbidden, Invalid, IdAlreadyUsed (409)."""
    if not policy.may_change_goal(by, goal):
        raise Forbidden
    _hold(goal.child)
    known = GoalRating.objects.filter(goal=goal, client_id=client_id).first()
    if known is None:
        return Put(goals.rate_goal(by=by, goal=goal, client_id=client_id, now=now, **told), is_known=False)
    _demand_the_same(known, told)
    return Put(known, is_known=True)


@transaction.atomic
def put_assessment(
    *, by: User, child: Child, client_id: uuid.UUID, now: dt.datetime, **told: Any
) -> Put[Assessment]:
    """Totals as by `goals.record_assessment`. Raises Forbidden, Invalid, IdAlreadyUsed (409)."""
    if not policy.may_record_assessment(by, child):
        raise Forbidden
    _hold(child)
    known = Assessment.objects.filter(child=child, client_id=client_id).first()
    if known is None:
        made = goals.record_assessment(by=by, child=child, client_id=client_id, now=now, **told)
        return Put(made, is_known=False)
    _demand_the_same(known, told)
    return Put(known, is_known=True)


def _hold(child: Child) -> None:
    """One sender at a time: two of one id would both find nothing."""
    Child.objects.select_for_update(of=("self",), no_key=True).get(pk=child.pk)


def _demand_the_same(known: Goal | GoalRating | Assessment, told: Mapping[str, Any]) -> None:
    """Raises IdAlreadyUsed where something else was told; a language left out is whatever it was."""
    for field, value in told.items():
        is_left_out = field in ("language", "own_words_language") and not value
        if not is_left_out and getattr(known, field) != value:
            raise IdAlreadyUsed(field="id")
