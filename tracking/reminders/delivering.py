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
from tracking.reminders.claiming import Claimed

SYSTEM = "reminders"
BATCH = 50
TURN_BACK_AFTER = claiming.LEASE - timedelta(seconds=15)
"""A batch slower than this gives back the rest of its rows while it still holds them."""

REST = timedelta(seconds=20)
"""How long those wait that were claimed and not tried, because the provider is down or time ran out."""

OPENERS: dict[str, type[channels.Channel]] = {Channel.EMAIL: EmailChannel}

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
            if not _may_still_go(claimed):
                counts["fence_lost"] += 1
                continue
            answer = _send(ways[claimed.channel], claimed)
            if answer is None:
                counts["held_back"] += _rest(claimed)
                continue
            if answer.result is Result.UNREACHABLE:
                down.add(claimed.channel)
            counts[answer.result] += 1
            _write_down(claimed, answer)
    for event, count in sorted(counts.items()):
        logger.info("reminders", extra={"event": f"reminders_{event}", "count": count})
    return batch.found


def _send(way: channels.Channel, claimed: Claimed) -> Answer | None:
    """What the provider said; None: the child is in hospital or has died since the claim, nothing was sent.

    The next claim ends such a row with its reason.
    """
    with as_system(SYSTEM), mail.writing_about(claimed.child_id) as may_write:
        return way.send(_letter(claimed)) if may_write else None


def _letter(claimed: Claimed) -> Letter:
    return Letter(
        key=claimed.idempotency_key,
        child_id=claimed.child_id,
        address=claimed.address,
        locale=claimed.locale,
        is_tonight=claimed.is_tonight,
    )


def _may_still_go(claimed: Claimed) -> bool:
    """Looked at right before sending: access that ended since the claim has ended the row."""
    with as_system(SYSTEM) as now:
        return now < claimed.expires_at and claiming.hold(claimed, now=now)


def _rest(claimed: Claimed) -> int:
    with as_system(SYSTEM) as now:
        return claiming.give_back([claimed], try_at=now + REST)


def _write_down(claimed: Claimed, answer: Answer) -> bool:
    """Mark a delivery by the provider's answer; False: the fence was lost meanwhile, another speaks now."""
    with as_system(SYSTEM) as now:
        if answer.result is Result.ACCEPTED:
            return claiming.mark(claimed, state=DeliveryState.SENT, code=answer.code, now=now)
        if answer.result is Result.REFUSED:
            return claiming.mark(
                claimed, state=DeliveryState.DEAD, reason=answer.code, code=answer.code, now=now
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
        return bool(claiming.give_back([claimed], try_at=again, code=answer.code))
