"""Deliveries that may go out now, as their rows currently are."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Max, OuterRef, Subquery

from tracking.models import PushSubscription, ReminderDelivery
from tracking.models.notices import AT_ONCE
from tracking.models.reminders import REPLAYED, Channel, DeliveryState
from tracking.reminders.asking import Place, Wishes
from tracking.reminders.reach import Reach, reach_of
from tracking.vocabulary.reminders import ReminderKind


class Group(StrEnum):
    """Messages to one person are made one only within a group."""

    REMINDERS = "reminders"
    FAMILY_NEWS = "family_news"
    STAFF_NEWS = "staff_news"
    AT_ONCE = "at_once"


def group_of(kind: str | None, is_to_staff: bool | None) -> Group:
    """The group of a notice of this kind; `kind` None: of a reminder."""
    if kind is None:
        return Group.REMINDERS
    if kind in AT_ONCE:
        return Group.AT_ONCE
    return Group.STAFF_NEWS if is_to_staff else Group.FAMILY_NEWS


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice is about: `NoticeKind`, and the row it names; and when it was made."""

    notice_id: uuid.UUID
    kind: str
    subject_id: uuid.UUID
    is_to_staff: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What a reminder is about. `is_gentle`: it was said, or tried, as the last one for a while."""

    id: uuid.UUID
    rule_id: uuid.UUID
    place: Place
    day: date
    is_gentle: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A delivery that is locked and looked at. Of an occurrence: with `occurrence`; else with `told`.

    `kind` is what it says: a `ReminderKind` or `NoticeKind`. `round` is how often the recipient asked for it
    again. `zone` and `locale` are the recipient's, else the household's, else the clinic's. `codes` are the
    answers of providers so far, `begun` how often one was to be asked. `provider` is who takes messages of
    the channel: with its host, where the recipient's browsers have one push service. `carried_by` is the
    delivery whose message it was joined to, with its state. `channel` and `address` are by the recipient's
    wishes of this moment: no channel where they wish for none, no address where nothing leads to them.
    """

    id: uuid.UUID
    clinic_id: uuid.UUID
    child_id: uuid.UUID
    state: str
    attempt: int
    begun: int
    codes: Sequence[str]
    due_at: datetime
    expires_at: datetime
    key: uuid.UUID
    channel: str
    provider: str
    recipient_id: uuid.UUID
    is_recipient_active: bool
    address: str
    locale: str
    zone: str
    kind: str = ReminderKind.REMINDER
    round: int = 0
    occurrence: Occurrence | None = None
    told: Told | None = None
    carried_by: uuid.UUID | None = None
    carrier_state: str | None = None
    reach: Reach = field(default_factory=Reach)

    @property
    def tries(self) -> int:
        """How often a provider has answered, since it was last had tried anew."""
        return next((n for n, code in enumerate(reversed(self.codes)) if code == REPLAYED), len(self.codes))

    @property
    def deaths(self) -> int:
        """How many senders began with it and were not heard of again."""
        return max(0, self.begun - len(self.codes))

    @property
    def group(self) -> Group:
        return group_of(self.told.kind, self.told.is_to_staff) if self.told else Group.REMINDERS


@dataclass(frozen=True, slots=True)
class Ending:
    """How a delivery ends without being sent."""

    state: DeliveryState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Postponed:
    """Not now, and no end: looked at again then."""

    until: datetime


COLUMNS = (
    *("id", "clinic_id", "child_id", "state", "attempt", "begun", "provider_codes"),
    *("due_at", "expires_at"),
    *("idempotency_key", "channel", "recipient_id", "recipient__locale"),
    *("recipient__is_active", "clinic__zone", "clinic__locale"),
    *("round", "occurrence_id", "occurrence__rule_id", "occurrence__local_day"),
    *("occurrence__is_gentle", "occurrence__slot_number"),
    *("occurrence__rule__program_id", "occurrence__rule__family_id", "occurrence__rule__weekdays"),
    *("occurrence__rule__paused_through", "occurrence__rule__only_on_home_days"),
    *("occurrence__rule__family__locale", "occurrence__rule__family__zone"),
    *("notice_id", "notice__kind", "notice__subject_id", "notice__is_to_staff"),
    "notice__made_at",
    *("carried_by_id", "carried_by__state"),
)

PUSH_SERVICE = (
    PushSubscription.objects.filter(user=OuterRef("recipient"))
    .order_by()
    .values("user")
    .annotate(services=Count("provider", distinct=True), service=Max("provider"))
    .filter(services=1)
    .values("service")
)
"""The host behind all browsers of a recipient; none where there are several."""


def candidates(ids: Collection[uuid.UUID]) -> list[Candidate]:
    """These deliveries, earliest due first. Three statements."""
    if not ids:
        return []
    found = list(
        ReminderDelivery.objects.filter(pk__in=ids)
        .annotate(push_service=Subquery(PUSH_SERVICE))
        .order_by("due_at", "id")
        .values(*COLUMNS, "push_service")
    )
    reached = reach_of({values["recipient_id"] for values in found})
    return [_candidate(values, reached[values["recipient_id"]]) for values in found]


def _candidate(values: dict[str, Any], reach: Reach) -> Candidate:
    rule = "occurrence__rule__"
    is_notice = values["notice_id"] is not None
    channel, address = _way(values, reach)
    host = values["push_service"] if channel == Channel.WEB_PUSH else None
    return Candidate(
        id=values["id"],
        clinic_id=values["clinic_id"],
        child_id=values["child_id"],
        state=values["state"],
        attempt=values["attempt"],
        begun=values["begun"],
        codes=values["provider_codes"],
        due_at=values["due_at"],
        expires_at=values["expires_at"],
        key=values["idempotency_key"],
        channel=channel,
        provider="/".join(filter(None, (channel, host))),
        recipient_id=values["recipient_id"],
        is_recipient_active=values["recipient__is_active"],
        address=address,
        locale=values["recipient__locale"] or values[rule + "family__locale"] or values["clinic__locale"],
        zone=reach.clock(values[rule + "family__zone"] or values["clinic__zone"]),
        kind=values["notice__kind"] or ReminderKind.REMINDER,
        round=values["round"],
        occurrence=None if is_notice else _occurrence(values),
        told=Told(
            values["notice_id"],
            values["notice__kind"],
            values["notice__subject_id"],
            values["notice__is_to_staff"],
            values["notice__made_at"],
        )
        if is_notice
        else None,
        carried_by=values["carried_by_id"],
        carrier_state=values["carried_by__state"],
        reach=reach,
    )


def _way(values: dict[str, Any], reach: Reach) -> tuple[str, str]:
    """Channel and address. What a provider was asked to take before stays there: two would both say it."""
    begun_by = values["channel"]
    channel, address = reach.way(values["notice__kind"] or ReminderKind.REMINDER)
    if channel and values["begun"] and begun_by in reach.addresses:
        return begun_by, reach.addresses[begun_by]
    return channel, address


def _occurrence(values: dict[str, Any]) -> Occurrence:
    rule = "occurrence__rule__"
    return Occurrence(
        id=values["occurrence_id"],
        rule_id=values["occurrence__rule_id"],
        place=Place(
            values[rule + "program_id"],
            values["child_id"],
            values[rule + "family_id"],
            values["occurrence__slot_number"],
            Wishes(
                frozenset(values[rule + "weekdays"]),
                values[rule + "paused_through"],
                values[rule + "only_on_home_days"],
            ),
        ),
        day=values["occurrence__local_day"],
        is_gentle=values["occurrence__is_gentle"],
    )
