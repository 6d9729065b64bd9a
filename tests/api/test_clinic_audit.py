"""A clinic's audit, over the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import User
from clinic.vocabulary import AuditCode
from tests import factories
from tests.api.client import App
from tests.cast import Cast
from tests.web.test_audit import look

AppOf = Callable[[User], App]
AUDIT = "/api/v1/clinics/harbor/audit"


@pytest.fixture
def looked(cast: Cast) -> Cast:
    """Tess looked at Cleo yesterday and today, Opal at Cleo and Fern today."""
    look(cast.tess, cast.cleo, days_ago=1)
    look(cast.tess, cast.cleo, AuditCode.VIEWED_DIARY)
    look(cast.opal, cast.cleo)
    look(cast.opal, cast.fern)
    return cast


def told(app: App, **query: str) -> set[tuple[str, str, str]]:
    """Looks at children: who, what, which child."""
    items = app.get(AUDIT, **query)["items"]
    return {(one["person"], one["code"], one["child"]) for one in items if one["child"]}


def test_an_owner_asks_by_child_person_kind_and_time(looked: Cast, app_of: AppOf) -> None:
    otto = app_of(looked.otto)
    tess, opal = looked.tess.name, looked.opal.name
    cleo, fern = str(looked.cleo.pk), str(looked.fern.pk)
    everything = {
        (tess, "viewed_child", cleo),
        (tess, "viewed_diary", cleo),
        (opal, "viewed_child", cleo),
        (opal, "viewed_child", fern),
    }
    assert told(otto) == everything
    assert told(otto, child=fern) == {(opal, "viewed_child", fern)}
    assert told(otto, person=str(looked.tess.pk), kind="viewed_diary") == {(tess, "viewed_diary", cleo)}
    hours_ago = (rls.now() - dt.timedelta(hours=12)).isoformat()
    assert told(otto, until_at=hours_ago) == {(tess, "viewed_child", cleo)}
    assert told(otto, from_at=hours_ago) == everything - {(tess, "viewed_child", cleo)}


def test_pages_follow_each_other_and_a_cursor_is_of_its_filters(looked: Cast, app_of: AppOf) -> None:
    otto = app_of(looked.otto)
    seen, query = [], {"limit": "1", "child": str(looked.cleo.pk)}
    while True:
        page = otto.get(AUDIT, **query)
        seen += [one["id"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 3
    of_another = otto.get(AUDIT, child=str(looked.fern.pk), cursor=query["cursor"])
    assert (of_another.status, of_another.code) == (400, "cursor_not_valid")


def test_it_is_the_owners_and_says_that_it_was_read(looked: Cast, app_of: AppOf) -> None:
    otto = app_of(looked.otto)
    otto.get(AUDIT)
    assert [one["code"] for one in otto.get(AUDIT, kind="viewed_audit")["items"]] == ["viewed_audit"]
    assert app_of(looked.tess).get(AUDIT).status == 403
    assert app_of(looked.olga).get(AUDIT).status == 404
    untold = otto.get(AUDIT, kind="wrote_safeguarding_note")
    assert (untold.status, set(untold.fields)) == (400, {"kind"})


def test_it_holds_no_word_of_a_record_and_asks_the_same_for_any_length(cast: Cast, app_of: AppOf) -> None:
    factories.record(cast)
    otto = app_of(cast.otto)
    look(cast.tess, cast.cleo)
    otto.get(AUDIT)
    with CaptureQueriesContext(connection) as few:
        otto.get(AUDIT)
    for hours in range(1, 10):
        look(cast.tess, cast.cleo, days_ago=hours / 24)
    with CaptureQueriesContext(connection) as many:
        page = otto.get(AUDIT)
    assert len(page["items"]) > 10
    assert len(many) == len(few)
    assert b"note-body" not in page.content
