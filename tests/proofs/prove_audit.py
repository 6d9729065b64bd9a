"""`make prove-audit`: a minute of eight writers and two sealers, and how fast a chain is verified."""

from __future__ import annotations

import time

from tests.cast import Cast
from tests.clinic.sealing import verified
from tests.clinic.writing_and_sealing import SEALERS, WRITERS, write_and_seal

SECONDS = 60


def test_a_minute_of_writing_and_sealing_makes_no_fork(live_cast: Cast) -> None:
    people = [live_cast.tess, live_cast.otto, live_cast.fay]
    outcome = write_and_seal(people, [live_cast.harbor, live_cast.elsewhere, None], seconds=SECONDS)
    print(f"\n{WRITERS} writers, {SEALERS} sealers, {SECONDS} s: {outcome}")
    began = time.process_time()
    looked_at = verified(live_cast.harbor).head.position
    print(f"verified {looked_at / (time.process_time() - began):.0f} rows a second")
    assert outcome.rows == outcome.seals
    assert (outcome.forks, outcome.gaps, outcome.faults, outcome.out_of_order) == (0, 0, 0, 0)
