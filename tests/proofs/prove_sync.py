"""`make prove-sync`: what phones are told is whole, and what they send is kept once.

A minute of eight writers beside a reader of the change feed, who misses nothing (LITTLEFOOT_FEED_SECONDS);
two thousand evenings of three phones on a bad network (LITTLEFOOT_EVENINGS); twenty times web or PostgreSQL
killed -9 while five phones log (LITTLEFOOT_KILLS), with a seed that LITTLEFOOT_SEED repeats.
"""

from __future__ import annotations

import logging
import os
import random

import pytest

from tests.cast import Cast
from tests.faults.kills.ledger import kill_while_phones_log
from tests.faults.kills.servers import POSTGRES, WEB
from tests.tracking.devices.evenings import Devices
from tests.tracking.feeding import WRITERS, write_and_read

SECONDS = int(os.environ.get("LITTLEFOOT_FEED_SECONDS", "60"))
EVENINGS = int(os.environ.get("LITTLEFOOT_EVENINGS", "2000"))
KILLS = int(os.environ.get("LITTLEFOOT_KILLS", "20"))
SEED = int(os.environ.get("LITTLEFOOT_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)


def test_a_minute_of_writing_is_read_whole_and_not_by_a_sequence(live_cast: Cast) -> None:
    fed = write_and_read(live_cast.fay, live_cast.cleo, seconds=SECONDS)
    print(f"\n{WRITERS} writers, {SECONDS} s: {fed}")
    assert fed.missed == 0
    assert fed.missed_by_sequence > 0
    assert fed.read <= fed.written


def test_phones_converge_on_every_one_of_two_thousand_evenings(
    live_cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="littlefoot.request")
    try:
        happened = Devices.play(live_cast, evenings=EVENINGS, steps=30, print_blob=True)
    finally:
        print(f"\n{EVENINGS} evenings asked for: {Devices.happened}")
    assert happened.evenings >= EVENINGS
    assert happened.by_result.keys() >= {"applied", "replayed", "conflict_kept", "rejected"}


def test_what_was_acknowledged_is_there_once_after_twenty_kills(live_cast: Cast) -> None:
    print(f"\nseed {SEED}")
    ledger = kill_while_phones_log(live_cast, victims=[WEB, POSTGRES] * (KILLS // 2), seed=SEED)
    print(ledger)
    assert ledger.is_clean
