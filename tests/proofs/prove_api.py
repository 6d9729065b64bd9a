"""Whatever a program makes of docs/api/openapi.yaml, everybody is answered as it is described there.

Slices of operations, each in a test of its own: `pytest -n auto` spreads them. LITTLEFOOT_SEED makes other
requests, LITTLEFOOT_EXAMPLES more of them of each operation.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests import made_requests, matrix
from tests.cast import Cast
from tests.made_requests import Tally

SEED = int(os.environ.get("LITTLEFOOT_SEED", str(made_requests.SEED)))
EXAMPLES = int(os.environ.get("LITTLEFOOT_EXAMPLES", "10"))
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_is_answered_as_it_is_described(
    cast: Cast, part: int, say_at_the_end: Callable[[str], None]
) -> None:
    world = matrix.build(cast)
    tally = Tally()
    operations = made_requests.operations()[part::PARTS]
    for operation in operations:
        made_requests.send(
            tally, operation, world, actors=matrix.EVERYBODY, examples=EXAMPLES, seed=SEED + part
        )
    say_at_the_end(f"schemathesis, part {part}, seed {SEED + part}: {len(operations)} operations: {tally}")
    assert not tally.faults, "\n".join(tally.faults)
