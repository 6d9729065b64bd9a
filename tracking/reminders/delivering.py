"""Sending claimed deliveries outside any transaction, and recording the result of each.

A process may die anywhere here. Before the provider accepts a message nothing is lost: the lease expires and
another process takes the row. If it dies after the provider accepted and before that was recorded, the
message goes out once more under the same key, by which a mailbox or provider can recognize it
(docs/adr/0014).
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.db import DatabaseError

from clinic import mail
from clinic.jobs import as_system
from tracking.models.reminders import Channel, DeliveryState
from tracking.reminders import channels, claiming, moments, providers
from tracking.reminders.channels import Answer, Letter, Result
from tracking.reminders.channels.email import EmailChannel
from tracking.reminders.channels.sms import SmsChannel
from tracking.reminders.channels.web_push import WebPushChannel
from tracking.reminders.claiming import Claimed

SYSTEM = "reminders"
BATCH = 50
TURN_BACK_AFTER = claiming.LEASE - timedelta(seconds=15)
"""A batch slower than this gives back the rest of its rows while it still holds them."""

BROKEN = "broken"
"""The code of a message that we ourselves could not make or send."""

REST = timedelta(seconds=20)
"""How long those wait that were claimed and not tried, because the provider is down or time ran out."""

OPENERS: dict[str, type[channels.Channel]] = {
    Channel.EMAIL: EmailChannel,
    Channel.WEB_PUSH: WebPushChannel,
    Channel.SMS: SmsChannel,
}

logger = logging.getLogger("littlefoot.reminders")


def deliver_batch(*, limit: int = BATCH) -> int:
    """Claim one batch and send it; how many rows were looked at. Under `limit`: nothing more is due."""
    with as_system(SYSTEM) as now:
        batch = claiming.claim(now=now, limit=limit)
    with contextlib.ExitStack() as opened:
        counts = _Sending(opened).send_all(batch.taken)
    for event, count in sorted(counts.items()):
        logger.info("reminders", extra={"event": f"reminders_{event}", "count": count})
    return batch.found


class _Sending:
    """One batch on its way: the channels opened for it, and how their providers did."""

    def __init__(self, opened: contextlib.ExitStack) -> None:
        self._opened = opened
        self._ways: dict[str, channels.Channel] = {}
        self._down: set[str] = set()
        self._well: set[str] = set()
        """Providers that need not be noted again as long as they answer."""

    def send_all(self, taken: Iterable[Claimed]) -> Counter[str]:
        """How many ended how."""
        began = time.monotonic()
        counts: Counter[str] = Counter()
        for claimed in taken:
            is_late = time.monotonic() - began > TURN_BACK_AFTER.total_seconds()
            if is_late or claimed.provider in self._down:
                counts["not_tried"] += _rest(claimed)
                continue
            held = _still_held(claimed)
            counts[self._send(held) if held is not None else "fence_lost"] += 1
        return counts

    def _send(self, held: Claimed) -> str:
        try:
            answer = self._answer(held)
        except DatabaseError:
            raise
        except Exception:
            # One message nobody can make or send must not keep the others of its batch.
            logger.exception("not sent", extra={"event": "reminder_broken", "id": str(held.row.id)})
            self._ways.pop(held.channel, None)
            _write_down(held, Answer(Result.LATER, BROKEN), is_well=True)
            return "broken"
        if answer is None:
            with as_system(SYSTEM) as now:
                claiming.let_go(held, try_at=now + REST)
            return "held_back"
        if answer.result is Result.UNREACHABLE:
            self._down.add(held.provider)
        _write_down(held, answer, is_well=answer.result is Result.ACCEPTED and held.provider in self._well)
        if answer.result is Result.ACCEPTED:
            self._well.add(held.provider)
        else:
            self._well.discard(held.provider)
        return answer.result

    def _answer(self, claimed: Claimed) -> Answer | None:
        """What the provider said; None: a child is in hospital or has died since the claim, nothing was sent.

        The next claim ends such a row with its reason.
        """
        if claimed.channel not in self._ways:
            self._ways[claimed.channel] = self._opened.enter_context(OPENERS[claimed.channel]())
        with contextlib.ExitStack() as locks:
            locks.enter_context(as_system(SYSTEM))
            if not claimed.is_to_staff:
                may_write = [locks.enter_context(mail.writing_about(child)) for child in claimed.child_ids]
                if not all(may_write):
                    return None
            return self._ways[claimed.channel].send(_letter(claimed))


def _letter(claimed: Claimed) -> Letter:
    return Letter(
        key=claimed.idempotency_key,
        recipient_id=claimed.recipient_id,
        child_ids=claimed.child_ids,
        address=claimed.address,
        locale=claimed.locale,
        is_to_staff=claimed.is_to_staff,
        is_tonight=claimed.is_tonight,
        kinds=claimed.kinds,
        expires_at=claimed.expires_at,
    )


def _still_held(claimed: Claimed) -> Claimed | None:
    """Looked at right before sending: access that ended since the claim has ended the row."""
    with as_system(SYSTEM) as now:
        return claiming.hold(claimed, now=now) if now < claimed.expires_at else None


def _rest(claimed: Claimed) -> int:
    with as_system(SYSTEM) as now:
        return claiming.give_back(claimed.rows, try_at=now + REST)


def _write_down(claimed: Claimed, answer: Answer, *, is_well: bool) -> bool:
    """Mark a delivery by the provider's answer; False: the fence was lost meanwhile, another speaks now.

    `is_well`: nothing is to be noted of the provider.
    """
    with as_system(SYSTEM) as now:
        if not is_well:
            providers.record(claimed.provider, answer, now=now)
        if answer.result is Result.ACCEPTED:
            return claiming.mark(claimed, state=DeliveryState.SENT, code=answer.code, now=now)
        if answer.result is Result.REFUSED:
            return claiming.mark(
                claimed, state=DeliveryState.DEAD, reason=answer.code, code=answer.code, now=now
            )
        if answer.result is Result.UNCERTAIN:
            return claiming.mark(
                claimed, state=DeliveryState.UNKNOWN, reason=answer.code, code=answer.code, now=now
            )
        tries = claimed.tries + 1
        if tries >= moments.TRIES:
            return claiming.mark(
                claimed, state=DeliveryState.DEAD, reason="tries_spent", code=answer.code, now=now
            )
        again = now + moments.wait_before_try(tries + 1, asked_for=answer.wait)
        if again >= claimed.expires_at:
            return claiming.mark(
                claimed, state=DeliveryState.EXPIRED, reason=answer.code, code=answer.code, now=now
            )
        return bool(claiming.give_back(claimed.rows, try_at=again, code=answer.code))
