"""A client that only ever retries converges, whatever the network does; `make prove-sync` plays longer."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.cast import Cast
from tests.tracking.devices import Devices

EVENINGS = 10


def test_phones_converge_whatever_the_network_does(live_cast: Cast) -> None:
    Devices.begin(live_cast)
    run_state_machine_as_test(
        Devices,
        settings=settings(
            max_examples=EVENINGS,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Devices.happened.evenings >= EVENINGS
    assert Devices.happened.by_result["applied"]
