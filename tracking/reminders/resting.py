"""When reminders rest because nobody answers them: many rules in a constant number of statements.

After three reminders in a row without an answer, the next one is the last. It is worded gently, says that it
is the last, and opens the page on which to resume reminders or to pause. Then the rule rests: nothing more is
planned until somebody logs for its slot, or a guardian of the household changes a setting or resumes
reminders; then counting starts again.

A reminder is answered by whatever silences one (a massage of that slot or of none in particular, "not today";
for a diary any entry), on its day or later, by anyone. Only messages that reached somebody and were not
snoozed count, once they have expired. A household gets one gentle reminder per child: a second slot with a
full count rests with the first, silently.

With one reminder a day, the last one comes on the fourth day without an entry, when `no_logs` has its gentle
reminder: they are the same message. A clinic that set fewer days (`no_logs_remind_after_days`) gets it
sooner; more days never make it more than three unanswered ones. Days on which a program asks for nothing are
no silence. Our own rule (docs/adr/0038-reminders-that-nobody-answers-rest.md).
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import takewhile

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from tracking.models import ReminderDelivery, ReminderOccurrence, ReminderRule
from tracking.models.reminders import DeliveryState
from tracking.readings.flag_settings import thresholds_of
from tracking.readings.progress import last_entry_on
from tracking.readings.reminders_sent import massages_that_answer

IGNORED_BEFORE_REST = 3
"""So many reminders in a row may go unanswered. Our own."""

REACHED = (DeliveryState.SENT, DeliveryState.MERGED)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Standing(StrEnum):
    """How a rule stands, for the reminder that would come next."""

    REMINDS = "reminds"
    LAST = "last"
    """The next one is the last for a while, and says so."""
    RESTS = "rests"


def standing(
    *,
    reminded_on: Sequence[date],
    answered_on: date | None,
    told_on: date | None,
    patience: int = IGNORED_BEFORE_REST,
) -> Standing:
    """How a rule stands after the reminders that went out on these local days, the newest first.

    `answered_on` is the last day for which somebody told something; `told_on` the last day on which the
    household was told gently about this child that reminders rest.
    """
    ignored = list(takewhile(lambda day: answered_on is None or day > answered_on, reminded_on))
    if len(ignored) < patience:
        return Standing.REMINDS
    if told_on is not None and told_on >= ignored[patience - 1]:
        return Standing.RESTS
    return Standing.LAST


@dataclass(frozen=True, slots=True)
class _Facts:
    clinic_id: uuid.UUID
    home: tuple[uuid.UUID, uuid.UUID]
    """Child and household."""
    reminded_on: Sequence[date]
    massaged_on: date | None
    entry_on: date | None


class Rests:
    """How rules stand at one moment. Reads nothing after it was made; three statements."""

    def __init__(self, rule_ids: Collection[uuid.UUID], *, now: datetime) -> None:
        self._facts = _facts(rule_ids, now=now)
        self._told = _told({facts.home[0] for facts in self._facts.values()})
        thresholds = thresholds_of({facts.clinic_id for facts in self._facts.values()})
        self._patience = {
            clinic_id: min(IGNORED_BEFORE_REST, told.no_logs_remind_after_days - 1)
            for clinic_id, told in thresholds.items()
        }

    def standing(
        self, rule_id: uuid.UUID, *, is_diary: bool, occurrence_id: uuid.UUID | None = None
    ) -> Standing:
        """How the rule stands for the reminder that comes next, or for this occurrence of it."""
        facts = self._facts[rule_id]
        told = self._told.get(facts.home, {})
        return standing(
            reminded_on=facts.reminded_on,
            answered_on=facts.entry_on if is_diary else facts.massaged_on,
            told_on=max((day for pk, day in told.items() if pk != occurrence_id), default=None),
            patience=self._patience[facts.clinic_id],
        )


def _facts(rule_ids: Collection[uuid.UUID], *, now: datetime) -> dict[uuid.UUID, _Facts]:
    deliveries = ReminderDelivery.objects.filter(occurrence=OuterRef("pk"))
    reminded = ReminderOccurrence.objects.filter(
        Exists(deliveries.filter(state__in=REACHED)),
        ~Exists(deliveries.filter(round__gt=0)),
        rule=OuterRef("pk"),
        due_at__gte=Coalesce(OuterRef("counts_from"), LONG_AGO),
        expires_at__lte=now,
    ).order_by("-local_day", "-id")
    massaged = massages_that_answer().order_by("-local_day", "-id")
    rows = ReminderRule.objects.filter(pk__in=rule_ids).annotate(
        reminded_on=ArraySubquery(reminded.values("local_day")[:IGNORED_BEFORE_REST]),
        massaged_on=Subquery(massaged.values("local_day")[:1]),
        entry_on=last_entry_on("child"),
    )
    columns = ("clinic_id", "child_id", "family_id", "reminded_on", "massaged_on", "entry_on")
    return {
        pk: _Facts(clinic_id, (child_id, family_id), tuple(reminded_on), massaged_on, entry_on)
        for pk, clinic_id, child_id, family_id, reminded_on, massaged_on, entry_on in rows.values_list(
            "pk", *columns
        )
    }


def _told(children: Collection[uuid.UUID]) -> Mapping[tuple[uuid.UUID, uuid.UUID], dict[uuid.UUID, date]]:
    """The local days on which a household was told gently, by child and household, with the occurrence."""
    told: defaultdict[tuple[uuid.UUID, uuid.UUID], dict[uuid.UUID, date]] = defaultdict(dict)
    sent = ReminderDelivery.objects.filter(occurrence=OuterRef("pk"), state__in=REACHED)
    for pk, child_id, family_id, day in ReminderOccurrence.objects.filter(
        Exists(sent), child__in=children, is_gentle=True
    ).values_list("pk", "child_id", "rule__family_id", "local_day"):
        told[child_id, family_id][pk] = day
    return told
