"""Pieces that are wrong, put in place of the product's: each row of the fault table has to find one out.

`switched_on` puts them into this process. A worker that imports this module (`running_worker(include=…)`) has
those that `LITTLEFOOT_BUGS` names, for as long as it lives.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import os
import signal
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from tracking.models import ReminderDelivery
from tracking.models.reminders import DeliveryState
from tracking.reminders import claiming, delivering, moments, providers
from tracking.reminders.candidates import Candidate, candidates
from tracking.reminders.channels import Answer, Letter, Result, web_push
from tracking.reminders.channels.sms import SmsChannel
from tracking.reminders.claiming import Claim, Claimed
from tracking.reminders.logged import Logbook

Wrong = list[tuple[Any, str, Any]]
"""Objects, the name of what is replaced in each, and with what."""

POISONOUS = "poison@example.org"


def mark_then_send() -> Wrong:
    """Says "sent" in the claim and sends afterwards: who dies in between has sent nothing."""
    truly_claim = claiming.claim

    def claim(*, now: dt.datetime, limit: int) -> Claim:
        claimed = truly_claim(now=now, limit=limit)
        ReminderDelivery.objects.filter(pk__in=[row.id for one in claimed.taken for row in one.rows]).update(
            state=DeliveryState.SENT, ended_at=now, leased_until=None
        )
        return claimed

    return [
        (claiming, "claim", claim),
        (claiming, "hold", lambda message, **_: message),
        (claiming, "mark", lambda *_, **__: True),
    ]


def no_fence() -> Wrong:
    """Whoever claimed a row goes on with it, whoever else has claimed it since."""
    return [
        (claiming, "_held", lambda row: ReminderDelivery.objects.filter(pk=row.id)),
        (claiming, "hold", lambda message, **_: message),
    ]


def no_lease() -> Wrong:
    """What is being sent is due all the same, for anybody who looks."""
    return [(claiming, "LEASE", dt.timedelta(0)), *no_fence()]


def new_key_each_time() -> Wrong:
    """A message that goes out again is another one to the provider."""
    truly = delivering._letter

    def letter(claimed: Claimed) -> Letter:
        return dataclasses.replace(truly(claimed), key=uuid.uuid4())

    return [(delivering, "_letter", letter)]


def expiry_not_looked_at() -> Wrong:
    """A reminder is as good tomorrow as today."""

    def never_expiring(ids: Any) -> list[Candidate]:
        later = dt.timedelta(days=2)
        return [dataclasses.replace(one, expires_at=one.expires_at + later) for one in candidates(ids)]

    return [(claiming, "candidates", never_expiring)]


def no_merging() -> Wrong:
    """Every reminder is a message of its own."""

    def one_message(rows: Any, is_due: Any, **_: Any) -> claiming._Sorted:
        return claiming._Sorted(messages=[[row] for row in rows if row.id in is_due])

    return [(claiming, "_one_message", one_message)]


def looks_at_nothing() -> Wrong:
    """What was planned goes out, whatever has happened since."""
    return [(claiming, "_look_at", lambda *_, **__: ({}, {}))]


def deaf() -> Wrong:
    """Whoever has logged is reminded all the same."""
    return [(Logbook, "is_logged", lambda *_: False)]


def one_for_all() -> Wrong:
    """A message that cannot be sent ends the batch it is in."""
    return [(delivering, "DatabaseError", Exception)]


def dies_over_one() -> Wrong:
    """No bug of ours: one message kills whoever sends it."""
    truly = delivering._letter

    def letter(claimed: Claimed) -> Letter:
        if claimed.address == POISONOUS:
            os.kill(os.getpid(), signal.SIGKILL)
        return truly(claimed)

    return [(delivering, "_letter", letter)]


def blames_nobody() -> Wrong:
    """Forgets over which message a sender died."""
    return [(Candidate, "deaths", property(lambda _: 0))]


def hurries() -> Wrong:
    """Does not wait as long as it was asked to, neither with a message nor with the provider."""
    return [
        (moments, "wait_before_try", lambda *_, **__: dt.timedelta(seconds=1)),
        (providers, "hold_back", lambda *_, **__: {}),
    ]


def keeps_the_gone() -> Wrong:
    """A browser that is no more is pushed to again and again."""
    return [(web_push, "_GONE_CODES", frozenset())]


def texts_again() -> Wrong:
    """A text message that may have arrived is sent once more."""
    truly = SmsChannel.send

    def send(self: SmsChannel, letter: Letter) -> Answer:
        answer = truly(self, letter)
        return answer if answer.result is not Result.UNCERTAIN else Answer(Result.LATER, answer.code)

    return [(SmsChannel, "send", send)]


BUGS: dict[str, Callable[[], Wrong]] = {
    bug.__name__: bug
    for bug in (
        *(mark_then_send, no_fence, no_lease, new_key_each_time, expiry_not_looked_at, no_merging),
        *(looks_at_nothing, deaf, one_for_all, dies_over_one, blames_nobody, hurries, keeps_the_gone),
        texts_again,
    )
}


@contextlib.contextmanager
def switched_on(*names: str) -> Iterator[None]:
    """Nothing by these names is right in the meantime."""
    true = []
    for name in names:
        for where, what, wrong in BUGS[name]():
            true.append((where, what, getattr(where, what)))
            setattr(where, what, wrong)
    try:
        yield
    finally:
        for where, what, right in reversed(true):
            setattr(where, what, right)


FOR_LIFE = contextlib.ExitStack()

if chosen := os.environ.get("LITTLEFOOT_BUGS"):
    FOR_LIFE.enter_context(switched_on(*chosen.split(",")))
