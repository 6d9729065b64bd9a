"""A client that only ever retries converges, whatever the network does; `make prove-sync` plays longer."""

from __future__ import annotations

from tests.cast import Cast
from tests.tracking.devices.evenings import Devices

EVENINGS = 10


def test_phones_converge_whatever_the_network_does(live_cast: Cast) -> None:
    happened = Devices.play(live_cast, evenings=EVENINGS, steps=20, derandomize=True)
    assert happened.evenings >= EVENINGS
    assert len(happened.by_fate) >= 3
    assert happened.by_result.keys() >= {"applied", "replayed"}
