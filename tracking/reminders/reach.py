"""How people can be reached now: their preferences, as far as the channel works. For many people at once."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db.models import Exists, OuterRef, Subquery

from clinic.models import User
from tracking.models import PhoneNumber, PushSubscription, ReachWishes
from tracking.models.notices import AT_ONCE, NoticeKind
from tracking.models.reaching import NIGHT_FROM, NIGHT_UNTIL
from tracking.models.reminders import Channel
from tracking.readings.reaching import offered
from tracking.reminders import moments


@dataclass(frozen=True, slots=True)
class Reach:
    """How one person is reached: addresses that are verified, by channel (of push their own id), and wishes.

    `reminders_by` and `notices_by` are channels; empty: not at all. `zone` is their own; empty: not known.
    """

    addresses: dict[str, str] = field(default_factory=dict)
    reminders_by: str = Channel.EMAIL
    notices_by: str = Channel.EMAIL
    quiet_from: time = NIGHT_FROM
    quiet_until: time = NIGHT_UNTIL
    zone: str = ""

    def way(self, kind: str) -> tuple[str, str]:
        """The channel by which something of a kind goes, and the address there.

        E-mail where the wished one leads nowhere any more. No channel where they wish to hear nothing, but
        what is urgent finds a reader all the same. No address where nothing leads to them.
        """
        if kind not in NoticeKind.values:
            wish = self.reminders_by
        else:
            wish = self.notices_by or (Channel.EMAIL if kind in AT_ONCE else "")
        channel = wish if not wish or wish in self.addresses else Channel.EMAIL
        return channel, self.addresses.get(channel, "")

    def clock(self, home: str) -> str:
        """The zone whose clock they go by: their own, else that of their household, or of their clinic."""
        return self.zone or home

    def quiet_at(self, now: datetime, home: str) -> datetime | None:
        """Until when to wait from `now` on, by their clock; None: they may be written to."""
        return moments.quiet_until(now, self.clock(home), begins=self.quiet_from, ends=self.quiet_until)


def reach_of(people: Collection[uuid.UUID]) -> dict[uuid.UUID, Reach]:
    """How each of these people is reached. Two statements, however many they are."""
    wishes = ReachWishes.objects.filter(user__in=people).in_bulk(field_name="user_id")
    numbers = PhoneNumber.objects.filter(user=OuterRef("pk"), verified_at__isnull=False)
    browsers = PushSubscription.objects.filter(user=OuterRef("pk"))
    found = User.objects.filter(pk__in=people).values_list(
        "pk", "zone", "email", "email_verified_at", Subquery(numbers.values("number")[:1]), Exists(browsers)
    )
    reached = {}
    for pk, zone, email, verified_at, number, has_browser in found:
        told = {
            Channel.EMAIL: email if verified_at else None,
            Channel.SMS: number,
            Channel.WEB_PUSH: str(pk) if has_browser else None,
        }
        wish = wishes.get(pk) or ReachWishes()
        reached[pk] = Reach(
            {str(channel): told[channel] for channel in offered() if told[channel]},
            wish.reminders_by,
            wish.notices_by,
            wish.quiet_from,
            wish.quiet_until,
            zone,
        )
    return reached
