"""Whatever a program makes of docs/api/openapi.yaml, the answer is one that is described there."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from tests import made_requests, matrix
from tests.api.client import description
from tests.cast import Cast

ACTORS = ("fay", "tess", "anonymous")
EXAMPLES = 3
PARTS = 2


@pytest.mark.parametrize("part", range(PARTS))
def test_every_answer_is_as_it_is_described(
    cast: Cast, part: int, say_at_the_end: Callable[[str], None]
) -> None:
    world = matrix.build(cast)
    tally = made_requests.Tally()
    operations = made_requests.operations()[part::PARTS]
    for operation in operations:
        made_requests.send(tally, operation, world, actors=ACTORS, examples=EXAMPLES)
    say_at_the_end(f"schemathesis, part {part}: {len(operations)} operations as {' '.join(ACTORS)}: {tally}")
    assert not tally.faults, "\n".join(tally.faults)


def test_an_answer_that_is_not_described_is_noticed(cast: Cast) -> None:
    described = copy.deepcopy(description())
    me = described["paths"]["/api/v1/me"]["get"]
    described["paths"] = {"/api/v1/me": {"get": me}}
    del me["responses"]["200"]
    (operation,) = made_requests.operations_of(described)
    tally = made_requests.Tally()
    made_requests.send(tally, operation, matrix.build(cast), actors=["fay"], examples=1)
    assert "UndefinedStatusCode" in tally.faults[0]
