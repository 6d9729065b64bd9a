"""A household's routines and reminders, as its guardians set them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from clinic.models import Child, Family, RoutineTime, User
from clinic.rls import Now
from tracking.models import ReminderOccurrence, ReminderRule
from tracking.outcomes.plans import plans_of


@dataclass(frozen=True, slots=True)
class RoutineSlot:
    """A slot of a running program here: its routine, the household's time, and whether it is reminded of.

    `at` None: no time set, so no reminder either. `next_on` is the next local day to be reminded of, today
    while its hour is still to come.
    """

    rule_id: uuid.UUID | None
    program_title: str
    title_language: str
    slot_number: int
    anchor: str
    anchor_name: str
    at: dt.time | None
    is_on: bool
    is_muted_by_me: bool
    next_on: dt.date | None


def routine_slots(user: User, child: Child, family: Family) -> tuple[RoutineSlot, ...]:
    """Every caregivers' slot of the child's running programs, as this household keeps it."""
    times = dict(RoutineTime.objects.filter(family=family).values_list("anchor", "at"))
    planned = ReminderOccurrence.objects.filter(rule=OuterRef("pk"), due_at__gt=Now())
    rules = {
        (rule.program_id, rule.slot_number): rule
        for rule in ReminderRule.objects.filter(child=child, family=family)
        .annotate(planned_on=Subquery(planned.order_by("due_at", "id").values("local_day")[:1]))
        .prefetch_related("mutes")
        .order_by("id")
    }
    found = []
    for plan in plans_of([child.pk]).get(child.pk, []):
        for schedule in plan.current.schedules:
            for slot in schedule.slots:
                rule = rules.get((plan.program_id, slot.number))
                if rule is None:
                    continue
                found.append(
                    RoutineSlot(
                        rule_id=rule.pk,
                        program_title=plan.title,
                        title_language=plan.title_language,
                        slot_number=slot.number,
                        anchor=slot.anchor,
                        anchor_name=slot.anchor_name,
                        at=times.get(slot.anchor),
                        is_on=rule.is_on,
                        is_muted_by_me=any(mute.user_id == user.pk for mute in rule.mutes.all()),
                        next_on=_next_on(rule) if slot.anchor in times else None,
                    )
                )
    return tuple(found)


def _next_on(rule: Any) -> dt.date | None:
    """Tonight's, once it is planned, or the day the rule is next planned for."""
    day: dt.date | None = (rule.planned_on or rule.next_on) if rule.is_on else None
    return day
