"""The change feed under eight writers: nothing is passed over, as a cursor by sequence would."""

from __future__ import annotations

import os

from tests.cast import Cast
from tests.tracking.feeding import write_and_read

SECONDS = int(os.environ.get("LITTLEFOOT_FEED_SECONDS", "10"))


def test_a_reader_beside_eight_writers_misses_nothing_and_one_by_sequence_does(live_cast: Cast) -> None:
    fed = write_and_read(live_cast.fay, live_cast.cleo, seconds=SECONDS)
    assert len(fed.written) > 100
    assert fed.missed == 0
    assert fed.missed_by_sequence > 0, "then this test would find nothing"
    assert fed.read <= fed.written, "nobody reads what was undone"
