"""Providers in trouble: busy, broken, slow, silent, gone, or resetting after they took a message."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import Envelope

from tests import database, outside
from tests.faults.promise.crowd import Crowd
from tests.outside import PushService, Reply, SmsGateway
from tests.processes import Mailbox
from tests.tracking.reaching import numbered, say, subscribed
from tests.tracking.reminding import endings
from tracking.models import PushSubscription, ReminderDelivery
from tracking.reminders import delivering

ROUNDS = 40
STEP = dt.timedelta(seconds=20)


@dataclass
class Met:
    """What a provider in trouble was asked, and what became of everybody.

    `early`: asked again sooner than it had said; `duplicates`: accepted beyond one for each person by a
    provider that tells repeats by their key; `repeats`: taken again under the same key.
    """

    people: int = 0
    asked: int = 0
    taken: int = 0
    accepted: int = 0
    duplicates: int = 0
    repeats: int = 0
    early: int = 0
    states: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        states = ", ".join(f"{state} {count}" for state, count in sorted(self.states.items()))
        return (
            f"{self.people} people: {states}; asked {self.asked}, taken {self.taken}, accepted by key"
            f" {self.accepted}, duplicates {self.duplicates}, repeats {self.repeats},"
            f" asked too early {self.early}"
        )


@dataclass
class Asked:
    """Every time a provider was asked, for whom, under which key, when by the product's clock."""

    clock: database.Clock
    troubles: int
    """How often each person's message meets trouble before all is well."""
    reply: Reply
    by_person: dict[str, list[tuple[str, dt.datetime, bool]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def answer(self, person: str, key: str) -> Reply:
        so_far = self.by_person[person]
        reply = self.reply if len(so_far) < self.troubles else outside.TAKEN
        so_far.append((key, self.clock.now(), reply.takes))
        return reply

    def met(self) -> Met:
        wait = dt.timedelta(seconds=int(self.reply.headers.get("Retry-After", "0")))
        taken = [(who, key) for who, asks in self.by_person.items() for key, _, takes in asks if takes]
        return Met(
            people=ReminderDelivery.objects.count(),
            asked=sum(len(asks) for asks in self.by_person.values()),
            taken=len(taken),
            accepted=len(set(taken)),
            duplicates=sum(count - 1 for count in Counter(who for who, _ in set(taken)).values()),
            repeats=len(taken) - len(set(taken)),
            early=sum(
                again - first < wait
                for asks in self.by_person.values()
                for (_, first, takes), (_, again, _) in itertools.pairwise(asks)
                if not takes
            ),
            states=Counter(
                f"{state} ({reason})" if reason else state
                for (state, reason), count in endings().items()
                for _ in range(count)
            ),
        )


def push_to(
    service: PushService, crowd: Crowd, clock: database.Clock, reply: Reply, *, troubles: int = 1
) -> Met:
    asked = Asked(clock, troubles, reply)
    for person in crowd.people:
        subscribed(person, service)
        say(person, reminders_by="web_push")
    service.answer = lambda pushed: asked.answer(pushed.browser, str(pushed.key))
    return _send(crowd, clock, asked)


def text_to(
    gateway: SmsGateway, crowd: Crowd, clock: database.Clock, reply: Reply, *, troubles: int = 1
) -> Met:
    asked = Asked(clock, troubles, reply)
    for number, person in enumerate(crowd.people):
        numbered(person, f"+1555000{number:04}")
        say(person, reminders_by="sms")
    gateway.answer = lambda message: asked.answer(message.number, message.key)
    return _send(crowd, clock, asked)


def mail_to(
    mailbox: Mailbox,
    crowd: Crowd,
    clock: database.Clock,
    answer: str | None,
    *,
    after_seconds: float = 0,
    troubles: int = 1,
) -> Met:
    """`answer` is the mail server's to the first tries, None: it takes them, after so many seconds."""
    reply = Reply(200 if answer is None else 500)
    asked = Asked(clock, troubles, reply)

    def answering(envelope: Envelope) -> str | None:
        content: Any = envelope.content
        key = next(line for line in content.decode().splitlines() if line.startswith("Message-ID"))
        is_well = asked.answer(envelope.rcpt_tos[0], key) is outside.TAKEN
        if not is_well:
            time.sleep(after_seconds)
        return None if is_well else answer

    mailbox.answer = answering
    return _send(crowd, clock, asked)


def _send(crowd: Crowd, clock: database.Clock, asked: Asked) -> Met:
    """Look for what is due every twenty seconds, until all has ended."""
    ReminderDelivery.objects.exclude(recipient__in=crowd.people).delete()
    for _ in range(ROUNDS):
        while delivering.deliver_batch() == delivering.BATCH:
            pass
        if not ReminderDelivery.objects.filter(state__in=["due", "leased", "retry"]).exists():
            break
        clock.advance(seconds=STEP.total_seconds())
    return asked.met()


def browsers_left() -> int:
    return PushSubscription.objects.count()
