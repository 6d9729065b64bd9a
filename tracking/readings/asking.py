"""What a family is asked, today or on a past day, and who chose it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from clinic.localtime import local_day
from clinic.models import Child
from clinic.prepared import Prepared
from tracking.ask_plan import Asked, asked_by_default, has_grown, next_change
from tracking.models import AskPlan, TrackedStimulus
from tracking.readings.sight import Byline, Sight
from tracking.vocabulary.asking import Question
from tracking.vocabulary.states import StateScale


@dataclass(frozen=True, slots=True)
class ChosenPlan:
    """One choice. `questions` None: those of the child's age; `scale` None: so is the scale."""

    id: uuid.UUID
    from_on: dt.date
    questions: frozenset[Question] | None
    scale: StateScale | None
    by: Byline
    chosen_at: dt.datetime


@dataclass(frozen=True, slots=True)
class AskPlans:
    """Every choice made for a child, with its first day, in the order they were made. Reads nothing more."""

    child: Child
    rows: tuple[tuple[dt.date, AskPlan], ...]

    def row_on(self, day: dt.date) -> AskPlan | None:
        """The choice that holds on a day: of those that have begun, the last one made."""
        begun = [row for first, row in self.rows if first <= day]
        return begun[-1] if begun else None

    def on(self, day: dt.date) -> Asked:
        """What was, is or will be asked on a local day: as chosen, else by the child's age on that day."""
        default = asked_by_default(self.months_on(day))
        row = self.row_on(day)
        if row is None:
            return default
        return Asked(
            questions=default.questions if row.follows_age else _questions(row),
            scale=StateScale(row.state_scale) if row.state_scale else default.scale,
        )

    def days_without(self, question: Question, days: Iterable[dt.date]) -> frozenset[dt.date]:
        """Those of `days` on which the question was not asked."""
        return frozenset(day for day in days if not self.on(day).asks(question))

    def months_on(self, day: dt.date) -> int:
        return self.child.ages_on(day).used.months


@dataclass(frozen=True, slots=True)
class Asking:
    """The page about it. `grown_since` is the day of the choice that holds, where the child's age would ask
    otherwise by now; `changes_at_months` when the default changes next, None: it stays.
    """

    asked: Asked
    default: Asked
    touches: tuple[TrackedStimulus, ...]
    chosen: ChosenPlan | None
    history: tuple[ChosenPlan, ...]
    grown_since: dt.date | None
    changes_at_months: int | None
    changes_to: Asked | None


def ask_plans_of(child: Child) -> AskPlans:
    """The choices that hold for a child's family; one statement. The caller has fetched the child.

    A draft holds from the day it was signed: what nobody was asked meanwhile stays not asked.
    """
    return AskPlans(child, tuple((_first_day(row, child), row) for row in _plans(child=child.pk)))


def _in_force(child: uuid.UUID) -> QuerySet[AskPlan]:
    return AskPlan.objects.filter(child=child).in_force().select_related("chosen_by").in_order()


_plans = Prepared(_in_force)


def asked_on(child: Child, day: dt.date) -> Asked:
    """What a child's family is asked on a local day; one statement."""
    return ask_plans_of(child).on(day)


def tracked_stimuli(child: Child, *, on: dt.date) -> tuple[TrackedStimulus, ...]:
    """The touches a family is asked about on a local day, in the order they were chosen."""
    return tuple(TrackedStimulus.objects.filter(child=child).asked_on(on).order_by("from_on", "id"))


def asking(child: Child, sight: Sight, *, on: dt.date) -> Asking:
    """What is asked on a day and how it came to be, the latest choice first; two statements.

    The caller has fetched the child and found the reader's `sight`.
    """
    plans = ask_plans_of(child)
    row, months = plans.row_on(on), plans.months_on(on)
    history = tuple(_chosen(first, each, sight) for first, each in reversed(plans.rows))
    is_outgrown = (
        row is not None
        and not row.follows_age
        and has_grown(then_months=plans.months_on(row.from_on), now_months=months)
    )
    later = next_change(months)
    asked, default = plans.on(on), asked_by_default(months)
    return Asking(
        asked=asked,
        default=default,
        touches=tracked_stimuli(child, on=on),
        chosen=next((one for one in history if row is not None and one.id == row.pk), None),
        history=history,
        grown_since=row.from_on if row is not None and is_outgrown and asked != default else None,
        changes_at_months=later[0] if later else None,
        changes_to=later[1] if later else None,
    )


def _first_day(row: AskPlan, child: Child) -> dt.date:
    signed_at: dt.datetime | None = row.signed_at  # type: ignore[attr-defined]  # annotated
    return row.from_on if signed_at is None else max(row.from_on, local_day(signed_at, child.clinic.zone))


def _chosen(first: dt.date, row: AskPlan, sight: Sight) -> ChosenPlan:
    return ChosenPlan(
        id=row.pk,
        from_on=first,
        questions=None if row.follows_age else _questions(row),
        scale=StateScale(row.state_scale) if row.state_scale else None,
        by=sight.byline(reported_by_id=row.chosen_by_id, name=row.chosen_by.name),
        chosen_at=row.chosen_at,
    )


def _questions(row: AskPlan) -> frozenset[Question]:
    return frozenset(Question(code) for code in row.questions)
