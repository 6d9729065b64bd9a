"""Two weeks of reminders behind each household with usual times: sent, or silent for what the story tells."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import F

from tracking.models import DeliveryState, ReminderDelivery, ReminderOccurrence, ReminderRule
from tracking.models.reminders import SuppressedBecause
from tracking.reminders.asking import Asking, Place
from tracking.reminders.logged import Logbook
from tracking.reminders.planning import make_deliveries
from tracking.reminders.resting import IGNORED_BEFORE_REST

DAYS = 13
FAST = 3
"""Of the days on which somebody logged, it was every third time before the reminder."""

NO_MAIL = 5
"""On one day of all of them the mail server took nothing."""


def plant_reminders(*, yesterday: dt.date) -> None:
    """Occurrences and their ended messages, as planning and claiming would have left them.

    Where a family stopped logging, the fourth in a row said gently that it was the last: they rest.
    """
    rules = [
        (rule, Place(rule.program_id, rule.child_id, rule.family_id, rule.slot_number))
        for rule in ReminderRule.objects.filter(clinic__is_demo=True).order_by("id")
    ]
    days = [yesterday - dt.timedelta(days=back) for back in reversed(range(DAYS))]
    asking = Asking([place for _, place in rules])
    logbook = Logbook(asking, [(place, day) for _, place in rules for day in days])
    made: defaultdict[tuple[str, str], list[ReminderOccurrence]] = defaultdict(list)
    for rule, place in rules:
        ignored = 0
        for day in days:
            due, refusal = asking.due_at(place, day), asking.refusal(place, day)
            if due is None or refusal == SuppressedBecause.OTHER_HOME:
                continue
            is_logged = logbook.is_logged(place, day)
            if is_logged:
                ignored = 0
            if ignored > IGNORED_BEFORE_REST:
                continue  # it rests, and nothing is planned
            ending = _ending(refusal, is_logged=is_logged, day=day)
            occurrence = _occurrence(rule, day, due, asking.expires_at(place, day, due))
            if ending[0] == DeliveryState.SENT and not is_logged:
                occurrence.is_gentle = ignored == IGNORED_BEFORE_REST
                ignored += 1
            made[ending].append(occurrence)
    every = ReminderOccurrence.objects.bulk_create([one for ended in made.values() for one in ended])
    make_deliveries(every)
    for (state, reason), ended in made.items():
        sent = ReminderDelivery.objects.filter(occurrence__in=ended)
        sent.update(state=state, reason=reason, ended_at=F("due_at"))


def _occurrence(
    rule: ReminderRule, day: dt.date, due: dt.datetime, expires: dt.datetime
) -> ReminderOccurrence:
    return ReminderOccurrence(
        clinic_id=rule.clinic_id,
        rule=rule,
        child_id=rule.child_id,
        local_day=day,
        slot_number=rule.slot_number,
        due_at=due,
        expires_at=expires,
        planned_at=due,
    )


def _ending(refusal: SuppressedBecause | None, *, is_logged: bool, day: dt.date) -> tuple[str, str]:
    if refusal is not None:
        return DeliveryState.SUPPRESSED, refusal
    if is_logged and day.toordinal() % FAST == 0:
        return DeliveryState.SUPPRESSED, SuppressedBecause.LOGGED
    if day.toordinal() % DAYS == NO_MAIL:
        return DeliveryState.DEAD, "tries_spent"
    return DeliveryState.SENT, ""
