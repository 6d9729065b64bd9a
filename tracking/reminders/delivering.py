"""Sending what was claimed, outside any transaction, and marking each with what became of it.

A process may die anywhere here. Before the provider took a message nothing is lost: the lease runs out and
another takes the row. After it took one and before we wrote that down, the row goes out once more under the
same key, by which a mailbox or provider can tell (trust, section 3).
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections import Counter
from datetime import timedelta

from clinic import mail
from clinic.jobs import as_system
from tracking.models.reminders import Channel, DeliveryState
from tracking.reminders import channels, claiming, moments
from tracking.reminders.channels import Answer, Letter, Result
from tracking.reminders.channels.email import EmailChannel
from tracking.reminders.channels.sms import SmsChannel
from tracking.reminders.channels.web_push import WebPushChannel
from tracking.reminders.claiming import Claimed

SYSTEM = "reminders"
BATCH = 50
TURN_BACK_AFTER = claiming.LEASE - timedelta(seconds=15)
"""A batch slower than this gives back the rest of its rows while it still holds them."""

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
    began = time.monotonic()
    counts: Counter[str] = Counter()
    with contextlib.ExitStack() as opened:
        ways = {
            channel: opened.enter_context(OPENERS[channel]())
            for channel in sorted({claimed.channel for claimed in batch.taken})
        }
        down: set[str] = set()
        for claimed in batch.taken:
            is_late = time.monotonic() - began > TURN_BACK_AFTER.total_seconds()
            if is_late or claimed.channel in down:
                counts["not_tried"] += _rest(claimed)
                continue
            held = _still_held(claimed)
            if held is None:
                counts["fence_lost"] += 1
                continue
            answer = _send(ways[held.channel], held)
            if answer is None:
                counts["held_back"] += _rest(held)
                continue
            if answer.result is Result.UNREACHABLE:
                down.add(held.channel)
            counts[answer.result] += 1
            _write_down(held, answer)
    for event, count in sorted(counts.items()):
        logger.info("reminders", extra={"event": f"reminders_{event}", "count": count})
    return batch.found


def _send(way: channels.Channel, claimed: Claimed) -> Answer | None:
    """What the provider said; None: a child is in hospital or has died since the claim, nothing was sent.

    The next claim ends such a row with its reason.
    """
    with contextlib.ExitStack() as locks:
        locks.enter_context(as_system(SYSTEM))
        if not claimed.is_to_staff:
            may_write = [locks.enter_context(mail.writing_about(child)) for child in claimed.child_ids]
            if not all(may_write):
                return None
        return way.send(_letter(claimed))


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


def _write_down(claimed: Claimed, answer: Answer) -> bool:
    """Mark a delivery by the provider's answer; False: the fence was lost meanwhile, another speaks now."""
    with as_system(SYSTEM) as now:
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
