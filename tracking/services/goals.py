"""Writing goals, their ratings, and totals of standard instruments."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid, Stale
from clinic.localtime import local_day
from clinic.models import Child, User
from clinic.models.clinics import new_id
from clinic.services import values
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Assessment, Goal, GoalRating
from tracking.outcomes.plans import Plan, plans_of
from tracking.services.cosigning import ask_for_cosigning
from tracking.vocabulary.outcomes import offered_outcomes
from tracking.vocabulary.programs import Instrument

LEVELS = range(-2, 3)
WEIGHTS = range(4)


class OutcomeIsFixed(Conflict):
    """The program has begun, so the outcome by which a goal is measured can no longer change."""

    code = "outcome_is_fixed"


@transaction.atomic
def set_goal(
    *,
    by: User,
    child: Child,
    title: str,
    ladder: Sequence[str],
    set_on: dt.date,
    own_words: str = "",
    own_words_language: str = "",
    baseline_level: int = -1,
    importance: int | None = None,
    difficulty: int | None = None,
    primary_outcome: str = "",
    client_id: uuid.UUID | None = None,
    now: dt.datetime,
) -> Goal:
    """A goal with the five texts of its ladder, level -2 first; written before the program starts.

    `own_words` are the parent's, in `own_words_language` (empty: the one `by` reads). The `primary_outcome`
    is named today; latency is none under 6 months of corrected age.
    Raises Forbidden, Invalid (naming the field).
    """
    if not policy.may_set_goal(by, child):
        raise Forbidden
    today = local_day(now, child.clinic.zone)
    told = {
        "title": title,
        "ladder": list(ladder),
        "own_words": own_words,
        "own_words_language": values.written_in(own_words_language, by),
        "language": by.writes_in,
        "baseline_level": baseline_level,
        "importance": importance,
        "difficulty": difficulty,
        "primary_outcome": primary_outcome,
        "outcome_named_on": today if primary_outcome else None,
    }
    _check(told, child, today=today)
    goal = Goal.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        client_id=client_id or new_id(),
        set_on=set_on,
        created_by=by,
        **told,
    )
    _tell(by, child, goal, now, "set")
    ask_for_cosigning(by=by, child=child, subject=goal, now=now)
    return goal


@transaction.atomic
def change_goal(*, by: User, goal: Goal, lock_version: int, now: dt.datetime, **changes: Any) -> Goal:
    """The goal with some fields changed (those of `set_goal`, and `is_open`).

    An outcome that was named before the program began stays once it has begun; one that is named later is
    kept with its day. Raises Stale (412) where somebody changed it since, OutcomeIsFixed, Forbidden, Invalid.
    """
    if not policy.may_change_goal(by, goal):
        raise Forbidden
    today = local_day(now, goal.child.clinic.zone)
    _check(changes, goal.child, today=today)
    locked = Goal.objects.select_for_update().get(pk=goal.pk)
    if locked.lock_version != lock_version:
        raise Stale(current=locked.lock_version)
    for name, value in changes.items():
        if name not in CHANGEABLE:
            raise Invalid(field=name, allowed=sorted(CHANGEABLE))
        if name == "primary_outcome" and value != locked.primary_outcome:
            _refuse_to_rename(locked, today=today)
            locked.outcome_named_on = today if value else None
        setattr(locked, name, list(value) if name == "ladder" else value)
    if {"title", "ladder"} & changes.keys():
        locked.language = by.writes_in
    locked.lock_version += 1
    locked.save()
    _tell(by, goal.child, locked, now, "changed")
    return locked


@transaction.atomic
def rate_goal(
    *,
    by: User,
    goal: Goal,
    level: int,
    on: dt.date,
    note: str = "",
    client_id: uuid.UUID | None = None,
    now: dt.datetime,
) -> GoalRating:
    """Where on the ladder the child was on a local day, as `by` saw it. Raises Forbidden, Invalid."""
    if not policy.may_change_goal(by, goal):
        raise Forbidden
    if level not in LEVELS:
        raise Invalid(field="level", allowed="range", least=-2, most=2)
    rating = GoalRating.objects.create(
        clinic_id=goal.clinic_id,
        goal=goal,
        client_id=client_id or new_id(),
        level=level,
        on=on,
        by=by,
        at=now,
        note=note,
        language=by.writes_in,
    )
    _tell(by, goal.child, goal, now, "rated")
    return rating


@transaction.atomic
def record_assessment(
    *,
    by: User,
    child: Child,
    instrument: str,
    on: dt.date,
    totals: Mapping[str, Mapping[str, Any]],
    respondent: str = "",
    language: str = "",
    client_id: uuid.UUID | None = None,
    now: dt.datetime,
) -> Assessment:
    """A standard instrument's totals, by the name of each score; never its items.

    A total is `{"value": number}`, with `band`, a text, and `least` and `most`, what the score can be, where
    they are told; those of COPM are means of ratings 1-10. `language`: of who answered and of the bands. What
    the supervised enter waits for a signature before a guardian reads it. Raises Forbidden, Invalid (fields
    `instrument`, `totals`).
    """
    if not policy.may_record_assessment(by, child):
        raise Forbidden
    if instrument not in frozenset(Instrument):
        raise Invalid(field="instrument", allowed=[str(one) for one in Instrument])
    if not all(_is_total(total) for total in totals.values()):
        raise Invalid(field="totals", allowed="score_value_band")
    if instrument == Instrument.COPM and not all(1 <= total["value"] <= 10 for total in totals.values()):
        raise Invalid(field="totals", allowed="range", least=1, most=10)
    assessment = Assessment.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        client_id=client_id or new_id(),
        instrument=instrument,
        on=on,
        totals={name: dict(total) for name, total in totals.items()},
        respondent=respondent,
        language=values.written_in(language, by),
        by=by,
        at=now,
    )
    _tell(by, child, assessment, now, "measured")
    ask_for_cosigning(by=by, child=child, subject=assessment, now=now)
    return assessment


CHANGEABLE = frozenset(
    {
        "title",
        "ladder",
        "own_words",
        "own_words_language",
        "baseline_level",
        "importance",
        "difficulty",
        "primary_outcome",
        "is_open",
    }
)


def _refuse_to_rename(goal: Goal, *, today: dt.date) -> None:
    """Raises OutcomeIsFixed where a program runs that began after its outcome was named."""
    named_on = goal.outcome_named_on
    if named_on is None:
        return
    plans: list[Plan] = plans_of([goal.child_id], active_only=False).get(goal.child_id, [])
    if any(named_on <= plan.started_on <= today for plan in plans):
        raise OutcomeIsFixed(field="primary_outcome")


def _check(told: Mapping[str, Any], child: Child, *, today: dt.date) -> None:
    if "title" in told and not 1 <= len(str(told["title"]).strip()) <= 200:
        raise Invalid(field="title", allowed="length", least=1, most=200)
    if "ladder" in told and (len(told["ladder"]) != 5 or not all(text.strip() for text in told["ladder"])):
        raise Invalid(field="ladder", allowed="five_levels")
    if "baseline_level" in told and told["baseline_level"] not in (-2, -1):
        raise Invalid(field="baseline_level", allowed=[-2, -1])
    for name in ("importance", "difficulty"):
        if told.get(name) is not None and told[name] not in WEIGHTS:
            raise Invalid(field=name, allowed="range", least=0, most=3)
    if told.get("own_words_language"):
        values.language(told["own_words_language"], "own_words_language")
    offered = offered_outcomes(age_months=child.ages_on(today).used.months)
    outcome = told.get("primary_outcome")
    if outcome and outcome not in offered:
        raise Invalid(field="primary_outcome", allowed=[str(one) for one in offered])


def _is_total(total: Mapping[str, Any]) -> bool:
    """Whether it is a number, with what it can be and a band where they are told; never an item."""
    if set(total) - {"value", "band", "least", "most"} or not isinstance(total.get("band", ""), str):
        return False
    numbers = [total[name] for name in ("least", "value", "most") if total.get(name) is not None]
    are_numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in numbers)
    return total.get("value") is not None and are_numbers and numbers == sorted(numbers)


def _tell(by: User, child: Child, subject: Goal | Assessment, now: dt.datetime, detail: str) -> None:
    audit.record(
        AuditCode.CHANGED_GOAL,
        by=by,
        now=now,
        clinic_id=child.clinic_id,
        child=child,
        subject=subject,
        detail=detail,
    )
