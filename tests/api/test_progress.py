"""How it goes, over HTTP: counts of days in numbers and in words, and no share of anything."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from clinic import rls
from clinic.models import User
from tests.api.client import App
from tests.cast import Cast
from tests.tracking.prescribing import tonight

AppOf = Callable[[User], App]


def test_an_evening_on_which_the_child_had_enough_counts(app_of: AppOf, cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        program = tonight(cast)
    fay, room = app_of(cast.fay), f"/api/v1/children/{cast.cleo.pk}"
    before = fay.get(f"{room}/progress")
    assert before["days"][-1]["count"] == 0
    told = {
        "outcome": "declined",
        "occurred_at": rls.now().isoformat(),
        "program_version": str(program.current_version_id),
    }
    assert fay.put(f"{room}/sessions/{uuid.uuid4()}", told).status == 201
    after = fay.get(f"{room}/progress")
    (seen,) = after["programs"]
    assert seen["recent"]["count"] == 1
    assert seen["said"][0] == f"1 of the last {seen['recent']['of']} evenings"
    assert (after["days"][-1]["state"], after["days"][-1]["count"], len(after["days"])) == ("declined", 1, 14)
    assert b"%" not in after.content
    assert app_of(cast.nan).get(f"{room}/progress")["programs"][0]["recent"] == seen["recent"]
    assert app_of(cast.otto).get(f"{room}/progress").status == 404
