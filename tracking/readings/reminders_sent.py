"""What became of reminders at a child's homes, as far as the care team may know.

By household, day and slot only: never whom a message reached, by which channel or at what hour, because those
are the household's own (docs/access.md).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from clinic.models import Child
from tracking.models import (
    Bedtime,
    MassageSession,
    ProgramSlot,
    ReminderOccurrence,
    StimulusDay,
    TactileObservation,
)
from tracking.models.reminders import OPEN_DELIVERY_STATES, DeliveryState, SuppressedBecause
from tracking.vocabulary.programs import Phase, Provider, SessionOutcome
from tracking.vocabulary.reasons import NotTodayReason
from tracking.vocabulary.reminders import ReminderFate

DAYS = 14

SENT = frozenset({DeliveryState.SENT, DeliveryState.MERGED})
LOST = frozenset({DeliveryState.EXPIRED, DeliveryState.UNKNOWN, DeliveryState.DEAD})
AT_REST = frozenset(
    {
        SuppressedBecause.PAUSED,
        SuppressedBecause.HOSPITAL,
        SuppressedBecause.DIED,
        SuppressedBecause.ENDED,
        SuppressedBecause.OTHER_HOME,
    }
)

AFTERWARDS = {
    "child": OuterRef("child"),
    "local_day": OuterRef("local_day"),
    "received_at__gte": OuterRef("due_at"),
}
"""Entries of an occurrence's day that arrived after it was due."""

_DIARY = (MassageSession, Bedtime, TactileObservation, StimulusDay)


@dataclass(frozen=True, slots=True)
class SentReminder:
    """A slot of a local day. `is_answered`: what it asks for was told after it; None: it was not sent."""

    on: dt.date
    program_title: str
    title_language: str
    anchor: str
    anchor_name: str
    is_diary: bool
    fate: ReminderFate
    is_answered: bool | None


@dataclass(frozen=True, slots=True)
class ProgramReminders:
    """Those of one program in a home, the newest day first."""

    title: str
    language: str
    reminders: tuple[SentReminder, ...]


@dataclass(frozen=True, slots=True)
class HouseholdReminders:
    """Those of one home, the newest day first."""

    family_id: uuid.UUID
    name: str
    reminders: tuple[SentReminder, ...]

    @property
    def programs(self) -> tuple[ProgramReminders, ...]:
        """The same by program, in order of their titles."""

        def of(one: SentReminder) -> tuple[str, str]:
            return one.program_title, one.title_language

        return tuple(
            ProgramReminders(*named, tuple(rows))
            for named, rows in groupby(sorted(self.reminders, key=of), key=of)
        )


def reminders_sent(child: Child, *, today: dt.date) -> tuple[HouseholdReminders, ...]:
    """Of the last fourteen local days and what is planned already, by home; three statements."""
    rows = (
        ReminderOccurrence.objects.filter(child=child, local_day__gt=today - dt.timedelta(days=DAYS))
        .select_related("rule__family", "rule__program")
        .annotate(
            is_massaged=Exists(massages_that_answer(rule="rule__").filter(**AFTERWARDS)),
            is_told=reduce(or_, (Exists(kind.objects.counted().filter(**AFTERWARDS)) for kind in _DIARY)),
        )
        .prefetch_related("deliveries")
        .order_by("rule__family__name", "rule__family_id", "-local_day", "slot_number", "id")
    )
    slots = _slots({row.rule.program_id for row in rows})
    return tuple(
        HouseholdReminders(family.pk, family.name, tuple(_seen(row, slots) for row in at_home))
        for family, at_home in groupby(rows, key=lambda row: row.rule.family)
    )


def massages_that_answer(*, rule: str = "") -> QuerySet[MassageSession]:
    """What answers a reminder: a massage of its slot, or told of none that the program has, or "not today".

    An app that was long without a network may name a slot of an earlier version. `rule` is the way from the
    outer query's rows to their rule: `"rule__"` of occurrences.
    """
    named = ProgramSlot.objects.filter(
        version=OuterRef(OuterRef(f"{rule}program__current_version")), number=OuterRef("slot_number")
    )
    of_slot = Q(slot_number=OuterRef(f"{rule}slot_number")) | ~Exists(named)
    of_program = Q(program=OuterRef(f"{rule}program")) | Q(program__isnull=True)
    return MassageSession.objects.counted().filter(
        Q(not_today_reason=NotTodayReason.NOT_UP_TO_IT)
        | (of_program & (of_slot | Q(outcome=SessionOutcome.NOT_TODAY))),
        child=OuterRef(f"{rule}child"),
        provider=Provider.CAREGIVER,
    )


def _slots(program_ids: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, int], ProgramSlot]:
    """By program and number, as the latest version that has it calls it."""
    rows = ProgramSlot.objects.filter(version__program__in=program_ids).select_related("version", "schedule")
    return {(slot.version.program_id, slot.number): slot for slot in rows.order_by("version__number", "id")}


def _seen(row: Any, slots: Mapping[tuple[uuid.UUID, int], ProgramSlot]) -> SentReminder:
    slot = slots[row.rule.program_id, row.slot_number]
    is_diary = slot.schedule.phase == Phase.BASELINE
    fate = fate_of((delivery.state, delivery.reason) for delivery in row.deliveries.all())
    is_answered = row.is_told if is_diary else row.is_massaged
    return SentReminder(
        on=row.local_day,
        program_title=row.rule.program.title,
        title_language=row.rule.program.language,
        anchor=slot.anchor,
        anchor_name=slot.anchor_name,
        is_diary=is_diary,
        fate=fate,
        is_answered=is_answered if fate is ReminderFate.SENT else None,
    )


def fate_of(deliveries: Iterable[tuple[str, str]]) -> ReminderFate:
    """One word for (state, reason) of everybody's messages: the first of these that is true of any.

    What somebody wished, and that it was night there, is "not sent" like any other reason of the household's.
    """
    ended = set(deliveries)
    states = {state for state, _ in ended}
    reasons = {reason for state, reason in ended if state == DeliveryState.SUPPRESSED}
    for fate, is_so in (
        (ReminderFate.SENT, states & SENT),
        (ReminderFate.PLANNED, states & set(OPEN_DELIVERY_STATES)),
        (ReminderFate.LOGGED, reasons & {SuppressedBecause.LOGGED}),
        (ReminderFate.PAUSED, reasons & AT_REST),
        (ReminderFate.BACKED_OFF, reasons & {SuppressedBecause.BACKED_OFF}),
        (ReminderFate.NOT_DELIVERED, states & LOST),
    ):
        if is_so:
            return fate
    return ReminderFate.NOT_SENT
