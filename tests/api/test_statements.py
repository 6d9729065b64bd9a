"""How many statements an answer takes does not grow with the record."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import User
from tests import factories
from tests.api.client import App
from tests.cast import Cast
from tests.tracking.prescribing import tonight

AppOf = Callable[[User], App]

BUDGETS = {
    "children": 5,
    "sessions": 8,
    "bedtimes": 8,
    "observations": 8,
    "messages": 12,
    "notes": 9,
    "today": 29,
    "programs": 23,
}
"""Statements of one request, with authentication, stamps and the row of the audit."""


MOST_TO_RECORD = 12 + 2
"""A dozen, looking up the token's sign-in and person among them, beyond a test's own savepoints."""


def statements(app: App, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert app.get(path).status == 200
    return len(captured)


def fill(cast: Cast, days: range) -> None:
    now = rls.now()
    for day in days:
        at = now - dt.timedelta(days=day, hours=1)
        factories.session(cast.cleo, by=cast.fay, at=at)
        factories.bedtime(cast.cleo, by=cast.fay, at=at, lights_out_at=at)
        factories.observation(cast.cleo, by=cast.greg, at=at)
        factories.message(cast.cleo, by=cast.fay)
        factories.note(cast.cleo, by=cast.tess)


@pytest.mark.parametrize("who", ["fay", "tess"])
def test_ten_times_the_record_takes_as_many_statements(
    app_of: AppOf, cast: Cast, who: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with rls.acting_as(cast.tess):
        program = tonight(cast)
    app = app_of(getattr(cast, who))
    room = f"/api/v1/children/{cast.cleo.pk}"
    paths = {
        "children": "/api/v1/children",
        **{name: f"{room}/{name}" for name in ("sessions", "bedtimes", "observations", "messages", "notes")},
        "today": f"{room}/today",
        "programs": f"{room}/programs/{program.pk}",
    }
    fill(cast, range(4))
    few = {name: statements(app, path) for name, path in paths.items()}
    fill(cast, range(4, 40))
    many = {name: statements(app, path) for name, path in paths.items()}
    with capsys.disabled():
        print(f"\nstatements over the API, {who}: {many}")
    assert many == few
    assert {name: count for name, count in many.items() if count > BUDGETS[name]} == {}


def test_a_new_entry_takes_a_dozen_statements(
    app_of: AppOf, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    fay = app_of(cast.fay)
    path = f"/api/v1/children/{cast.cleo.pk}/observations/{uuid.uuid4()}"
    body = {"stimulus": "cloth_tag", "occurred_at": rls.now().isoformat(), "intensity": 1}
    with CaptureQueriesContext(connection) as captured:
        assert fay.put(path, body).status == 201
    with capsys.disabled():
        print(f"\nstatements of a new entry: {len(captured)}")
    assert len(captured) <= MOST_TO_RECORD
