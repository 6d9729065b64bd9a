"""`make prove-sync`: a minute of eight writers beside a reader of the change feed, who misses nothing.

LITTLEFOOT_FEED_SECONDS says how long.
"""

from __future__ import annotations

import os

from tests.cast import Cast
from tests.tracking.feeding import WRITERS, write_and_read

SECONDS = int(os.environ.get("LITTLEFOOT_FEED_SECONDS", "60"))


def test_a_minute_of_writing_is_read_whole_and_not_by_a_sequence(live_cast: Cast) -> None:
    fed = write_and_read(live_cast.fay, live_cast.cleo, seconds=SECONDS)
    print(f"\n{WRITERS} writers, {SECONDS} s: {fed}")
    assert fed.missed == 0
    assert fed.missed_by_sequence > 0
    assert fed.read <= fed.written
