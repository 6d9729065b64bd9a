"""Somebody logs in the very moment in which they are to be reminded."""

from __future__ import annotations

import datetime as dt
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

from tests import database, factories
from tests.cast import Cast
from tests.processes import Mailbox
from tests.tracking.reminding import TUESDAY, at, coming, keep, log, plan
from tracking.models import ReminderDelivery
from tracking.reminders import delivering


@dataclass
class Races:
    """How many rounds came out which way; `wrong`: written to although the log was there before the claim."""

    rounds: int = 0
    log_first: int = 0
    claim_first: int = 0
    wrong: int = 0
    stuck: int = 0
    letters: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.wrong and not self.stuck

    def __str__(self) -> str:
        return (
            f"{self.rounds} races: logged before the claim {self.log_first}, after it began"
            f" {self.claim_first}; reminded although logged {self.wrong}, stuck {self.stuck},"
            f" letters {self.letters}"
        )


def race(cast: Cast, clock: database.Clock, mailbox: Mailbox, *, rounds: int, seed: int) -> Races:
    """An evening each, at least so many and until each came first at times: one log against one claim."""
    chance = random.Random(seed)
    races = Races()
    day = coming(TUESDAY)
    with transaction.atomic():
        keep(factories.prescribed(cast.fern, by=cast.theo), now=at(day, "00:30"))
    while races.rounds < rounds or (not (races.log_first and races.letters) and races.rounds < 4 * rounds):
        clock.move_to(at(day, "15:00"))
        with transaction.atomic():
            assert plan(at(day, "15:00")) == 1
        clock.move_to(at(day, "18:30"))
        mailbox.empty()
        # Every other time the log gets a start: where the machine is busy, it would never come first.
        start = 0.03 if races.rounds % 2 else chance.uniform(0.03, 0.4)
        delay = chance.uniform(0, 0.15)
        if not races.letters:  # nor would the claim, which has more to ask before it takes anything
            delay += 0.05 * max(0, races.rounds - rounds)
        began, logged = _one_evening(cast, day, delay=delay, start=start)
        races.rounds += 1
        races.log_first += logged < began
        races.claim_first += logged >= began
        races.wrong += logged < began and bool(mailbox.letters)
        races.letters += len(mailbox.letters)
        day += dt.timedelta(days=1)
    races.stuck = ReminderDelivery.objects.filter(state__in=["due", "leased", "retry"]).count()
    return races


def _one_evening(cast: Cast, day: dt.date, *, delay: float, start: float) -> tuple[float, float]:
    """When the claim was begun, and when the log was there for everybody to see.

    The claim waits for `start` seconds, the log for `delay`.
    """
    instants: dict[str, float] = {}

    def deliver() -> None:
        time.sleep(start)
        instants["began"] = time.monotonic()
        delivering.deliver_batch()

    def tell() -> None:
        time.sleep(delay)
        with transaction.atomic():
            log(cast.fern, day, "18:10", by=cast.finn)
        instants["logged"] = time.monotonic()

    _at_once(deliver, tell)
    return instants["began"], instants["logged"]


def _at_once(*acts: Callable[[], object]) -> None:
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait()
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
