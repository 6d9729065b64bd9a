"""Pieces that are wrong, one of which a worker is given instead of the product's: `LITTLEFOOT_BUG` names it.

A worker that includes this module (`BUGGY`) has that bug; each row of the fault table is shown to fail with
one.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from typing import Any

from tracking.models import ReminderDelivery
from tracking.models.reminders import DeliveryState
from tracking.reminders import claiming, delivering


def mark_then_send() -> None:
    """Says "sent" in the claim and sends afterwards: who dies in between has sent nothing."""
    truly_claim = claiming.claim

    def claim(*, now: Any, limit: int) -> claiming.Claim:
        claimed = truly_claim(now=now, limit=limit)
        ReminderDelivery.objects.filter(pk__in=[row.id for one in claimed.taken for row in one.rows]).update(
            state=DeliveryState.SENT, ended_at=now, leased_until=None
        )
        return claimed

    claiming.claim = claim
    claiming.hold = lambda message, **_: message
    claiming.mark = lambda *_, **__: True


def no_fence() -> None:
    """Whoever claimed a row goes on with it, whoever else has claimed it since."""
    claiming._held = lambda row: ReminderDelivery.objects.filter(pk=row.id)
    claiming.hold = lambda message, **_: message


def new_key_each_time() -> None:
    """A message that goes out again is another one to the provider."""
    truly_letter = delivering._letter

    def letter(*told: Any) -> Any:
        made = truly_letter(*told)
        object.__setattr__(made, "key", uuid.uuid4())
        return made

    delivering._letter = letter


BUGS: dict[str, Callable[[], None]] = {
    bug.__name__: bug for bug in (mark_then_send, no_fence, new_key_each_time)
}

if chosen := os.environ.get("LITTLEFOOT_BUG"):
    BUGS[chosen]()
