"""Every part that sends reminders killed -9 again and again, while everybody is to be written to."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from tests.faults.promise.evening import BROKER, POSTGRES, evening
from tests.faults.promise.ledger import Ledger, count
from tests.processes import WORKER_PROCESSES, Mailbox

WORKERS = 2


def send_while_parts_are_killed(
    mailbox: Mailbox,
    *,
    victims: Sequence[str],
    seed: int,
    bugs: Sequence[str] = (),
    seconds: float = 120,
    **environment: str,
) -> Ledger:
    """Interrupt each of `victims` in turn, with letters taken between any two; then let the rest be sent."""
    chance = random.Random(seed)
    with evening(
        mailbox,
        bugs=bugs,
        has_own_servers=bool({BROKER, POSTGRES} & set(victims)),
        **environment,
    ) as played:
        everybody = played.still_open
        played.start(workers=WORKERS)
        for number, victim in enumerate(victims, start=1):
            wanted = everybody * number // (len(victims) + 2)
            played.wait_until(
                lambda wanted=wanted: len(mailbox.letters) >= wanted or not played.still_open,
                what=f"letter {wanted} of {everybody}",
                seconds=seconds,
            )
            time.sleep(chance.uniform(0, 0.3))
            played.interrupt(victim)
        played.come_to_rest(seconds=seconds)
        return count(played, most_repeats=played.stranded * WORKERS * WORKER_PROCESSES)
