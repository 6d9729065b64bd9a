"""The page on which the care team takes in what came late, or leaves it out."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.cast import Cast, planted
from tracking.models import MassageSession

PAGE = "/c/harbor/late-entries/"


@pytest.fixture
def tess(sign_in: Any, cast: Cast) -> Client:
    client: Client = sign_in(cast.tess)
    return client


def test_a_late_entry_is_read_and_taken_in(tess: Client, cast: Cast) -> None:
    late = factories.late_entry(cast)
    assert PAGE in tess.get("/c/harbor/flags/").text
    assert planted("late-note") in tess.get(PAGE).text
    answer = tess.post(f"{PAGE}{late.pk}/accept/", follow=True)
    assert planted("late-note") not in answer.text
    assert MassageSession.objects.filter(client_id=late.client_id, reported_by=cast.rex).exists()
    assert PAGE not in tess.get("/c/harbor/flags/").text


def test_leaving_one_out_needs_a_reason(tess: Client, cast: Cast) -> None:
    late = factories.late_entry(cast)
    assert tess.post(f"{PAGE}{late.pk}/discard/", {"reason": ""}).status_code == 200
    late.refresh_from_db()
    assert late.decision == ""
    tess.post(f"{PAGE}{late.pk}/discard/", {"reason": "Fay told it already."})
    late.refresh_from_db()
    assert (late.decision, late.reason) == ("discarded", "Fay told it already.")


def test_nobody_off_the_team_reads_it(sign_in: Any, cast: Cast) -> None:
    late = factories.late_entry(cast)
    assert "leave out" in sign_in(cast.tess).get("/c/harbor/flags/").text
    assert "leave out" not in sign_in(cast.asha).get("/c/harbor/flags/").text
    assert planted("late-note") not in sign_in(cast.theo).get(PAGE).text
    assert sign_in(cast.theo).post(f"{PAGE}{late.pk}/accept/").status_code == 404
    assert sign_in(cast.asha).post(f"{PAGE}{late.pk}/accept/").status_code == 403
    assert sign_in(cast.opal).get(PAGE).status_code == 403


def test_the_page_asks_as_much_for_ten_as_for_one(tess: Client, cast: Cast) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            tess.get(PAGE)
        return len(captured)

    factories.late_entry(cast)
    statements()
    one = statements()
    for _ in range(9):
        factories.late_entry(cast)
    assert statements() == one
