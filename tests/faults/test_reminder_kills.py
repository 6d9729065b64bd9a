"""Nothing is lost and nothing has two keys when reminders' parts are killed -9.

`make prove-reminders` goes on for longer; `make prove-bugs` shows what this run would notice.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests import database
from tests.cast import Cast
from tests.faults.promise.crowd import a_crowd_is_due
from tests.faults.promise.evening import BEAT, BROKER, POSTGRES, STALL, WORKER
from tests.faults.promise.killing import send_while_parts_are_killed
from tests.processes import Mailbox

pytestmark = pytest.mark.faults

PEOPLE = 400


def test_everybody_is_written_to_once_whatever_is_killed(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox, say_at_the_end: Callable[[str], None]
) -> None:
    a_crowd_is_due(live_cast, clock, people=PEOPLE)
    seed = random.SystemRandom().randrange(10**6)
    ledger = send_while_parts_are_killed(mailbox, victims=[WORKER, BEAT, BROKER, POSTGRES, STALL], seed=seed)
    say_at_the_end(f"seed {seed}, {ledger}")
    assert ledger.is_clean, f"seed {seed}, {ledger}"
    assert ledger.planned > PEOPLE
