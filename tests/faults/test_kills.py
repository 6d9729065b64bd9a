"""Nothing acknowledged is lost and nothing done twice when web and PostgreSQL are killed -9 under load.

`make prove-sync` goes on for twenty rounds.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable

import pytest

from littlefoot_client import Phone
from tests.cast import Cast
from tests.faults.kills.ledger import kill_while_phones_log
from tests.faults.kills.servers import POSTGRES, WEB

pytestmark = pytest.mark.faults


class Forgetful(Phone):
    """Takes for done what it has sent."""

    def _send_all(self) -> bool:
        operations = self._sendable()
        try:
            return super()._send_all()
        finally:
            for one in operations:
                self.disk.dequeue(one.number)


class Impatient(Phone):
    """Sends everything twice, the second time under an id of its own."""

    def _send_all(self) -> bool:
        for one in self._sendable():
            if not one.was_sent:
                self.disk.enqueue(one.do, one.kind, one.child, uuid.uuid4(), one.body, None)
        return super()._send_all()


def test_what_was_acknowledged_is_there_once_whoever_is_killed(
    live_cast: Cast, say_at_the_end: Callable[[str], None]
) -> None:
    seed = random.SystemRandom().randrange(10**6)
    ledger = kill_while_phones_log(live_cast, victims=[WEB, POSTGRES], seed=seed)
    say_at_the_end(f"seed {seed}, {ledger}")
    assert ledger.acknowledged > 20
    assert ledger.retried > 0
    assert ledger.is_clean, f"seed {seed}, {ledger}"


def test_a_server_that_commits_in_memory_and_phones_that_forget_or_repeat_are_found_out(
    live_cast: Cast, say_at_the_end: Callable[[str], None]
) -> None:
    ledger = kill_while_phones_log(
        live_cast,
        victims=[POSTGRES],
        seed=1,
        forgets=True,
        kinds=(Forgetful, Impatient, Phone, Forgetful, Impatient),
    )
    say_at_the_end(f"broken on purpose: {ledger}")
    assert ledger.lost_acknowledged > 0
    assert ledger.lost > 0
    assert ledger.duplicates > 0
