"""A client that only ever retries converges, whatever the network does; `make prove-sync` plays longer."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.cast import Cast
from tests.tracking.devices import Device, Devices


def test_phones_converge_whatever_the_network_does(live_cast: Cast) -> None:
    Devices.cast = live_cast
    Device.tokens.clear()
    run_state_machine_as_test(
        Devices,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
