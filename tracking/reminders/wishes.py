"""How people wish to be reached, as far as that is possible now: for many at once."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Exists, OuterRef

from tracking.models import PhoneNumber, PushSubscription, ReachWishes
from tracking.models.reaching import NIGHT_FROM, NIGHT_UNTIL
from tracking.models.reminders import Channel
from tracking.reminders import moments


@dataclass(frozen=True, slots=True)
class Wishes:
    """The channel of reminders and that of notices, empty: none; and from when until when to wait."""

    reminders_by: str = Channel.EMAIL
    notices_by: str = Channel.EMAIL
    quiet_from: time = NIGHT_FROM
    quiet_until: time = NIGHT_UNTIL

    def quiet_at(self, now: datetime, zone: str) -> datetime | None:
        """Until when to wait from `now` on; None: they may be written to."""
        return moments.quiet_until(now, zone, begins=self.quiet_from, ends=self.quiet_until)


UNSAID = Wishes()


def wishes_of(user_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Wishes]:
    """The wishes of those who have said any; the others have `UNSAID`. One statement.

    Whoever has no browser or verified number left for the channel they chose is written to by e-mail.
    """
    browsers = PushSubscription.objects.filter(user=OuterRef("user"))
    numbers = PhoneNumber.objects.filter(user=OuterRef("user"), verified_at__isnull=False)
    found = ReachWishes.objects.filter(user__in=user_ids).annotate(
        has_browser=Exists(browsers), has_number=Exists(numbers)
    )
    wishes = {}
    for one in found:
        gone = {
            channel
            for channel, is_there in ((Channel.WEB_PUSH, one.has_browser), (Channel.SMS, one.has_number))
            if not is_there
        }
        wishes[one.user_id] = Wishes(
            reminders_by=Channel.EMAIL if one.reminders_by in gone else one.reminders_by,
            notices_by=Channel.EMAIL if one.notices_by in gone else one.notices_by,
            quiet_from=one.quiet_from,
            quiet_until=one.quiet_until,
        )
    return wishes
