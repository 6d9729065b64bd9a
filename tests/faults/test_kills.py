"""Nothing acknowledged is lost and nothing done twice when web and PostgreSQL are killed -9 under load.

`make prove-sync` goes on for twenty rounds; `make prove-bugs` shows what this run would notice.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.faults.kills.ledger import kill_while_phones_log
from tests.faults.kills.servers import POSTGRES, WEB

pytestmark = pytest.mark.faults


def test_what_was_acknowledged_is_there_once_whoever_is_killed(
    live_cast: Cast, say_at_the_end: Callable[[str], None]
) -> None:
    seed = random.SystemRandom().randrange(10**6)
    ledger = kill_while_phones_log(live_cast, victims=[WEB, POSTGRES], seed=seed)
    say_at_the_end(f"seed {seed}, {ledger}")
    assert ledger.acknowledged > 20
    assert ledger.retried > 0
    assert ledger.is_clean, f"seed {seed}, {ledger}"
