"""An id that its sender makes is free here, whatever child has the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests import matrix
from tests.access import Row
from tests.alike import difference, plainly
from tests.architecture.test_ids_in_bodies import ENTRY, SESSION
from tests.cast import Cast
from tests.matrix import NOBODYS

MADE: dict[str, Mapping[str, Any]] = {
    "sessions/<session>": SESSION,
    "bedtimes/<bedtime>": ENTRY,
    "observations/<observation>": {**ENTRY, "stimulus": "sunscreen_lotion"},
    "signs/<sign>": {"asks_for": "enough", "words": "Turns away"},
    "check-ins/<check_in>": {**ENTRY, "how_it_was": 3},
    "strategies/<strategy>": {"name": "A brush", "text": "Firmly.", "stimuli": ["sunscreen_lotion"]},
    "goals/<goal>": {"title": "Any shirt", "ladder": ["none", "one", "two", "three", "all"]},
    "assessments/<assessment>": {
        "instrument": "copm",
        "on": "2026-11-02",
        "totals": [{"score": "performance", "value": 4}],
    },
    "concerns/<concern>": {**ENTRY, "kind": "temperature"},
    "messages/<message>": {"body": "Thank you."},
    "erasure-requests/<erasure_request>": {"about": "child"},
}
"""What is put under an id of one's own making, by the end of its address."""

BY = {
    "strategies/<strategy>": "tess",
    "goals/<goal>": "tess",
    "assessments/<assessment>": "tess",
    "erasure-requests/<erasure_request>": "greg",
}


def test_an_id_that_another_child_has_is_free_here(cast: Cast) -> None:
    """Or its being taken would tell that it is there."""
    world = matrix.build(cast)
    told = []
    for end, body in MADE.items():
        door = world.doors[BY.get(end, "fay")]
        row = Row("PUT", f"/api/v1/children/<child>/{end}", {}, body)
        name = re.sub(r".*<(\w+)>", r"\1", end)
        taken = (world.values[about][name] for about in ("fern", "cody"))
        nobodys, *others = (
            plainly(door.ask(row, {**world.values["cleo"], name: one}), one) for one in (NOBODYS, *taken)
        )
        if not nobodys.startswith((b"200", b"201")):
            told.append(f"{end}: {nobodys[:300]!r}")
        told += [f"{end}: {difference(taken=other, free=nobodys)}" for other in others if other != nobodys]
    assert not told, "\n".join(told)
