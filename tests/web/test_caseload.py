"""The caseload and the child's page: what they say, and that they cost the same however much there is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import AuditEvent, CareTeam, Child, Episode
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast
from tracking.models import Flag

pytestmark = pytest.mark.django_db

CASELOAD = "/c/harbor/caseload/"
MOST_FOR_CASELOAD = 13
MOST_FOR_CHILD = 15 + 2  # the session and who is signed in


@pytest.fixture
def tess(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.tess)
    return client


def words(answer: Any) -> str:
    return str(answer.content.decode())


def cost(client: Client, address: str) -> int:
    """Statements of a page, those of the session and the sign-in among them."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    # The test's own transaction makes a savepoint of the request's.
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


def more_children(cast: Cast, count: int) -> None:
    """Children on Tess's caseload, each with a program and a few evenings."""
    with rls.acting_as(system="seeding"):
        for number in range(count):
            child = Child.objects.create(
                clinic=cast.harbor,
                first_name=f"Child {number}",
                born_on=cast.cleo.born_on,
                created_at=rls.now(),
            )
            Episode.objects.create(clinic=cast.harbor, child=child, state="active", started_on=child.born_on)
            CareTeam.objects.create(
                clinic=cast.harbor, child=child, therapist=cast.tess, from_at=rls.now() - dt.timedelta(days=1)
            )
            factories.prescribed(child, by=cast.tess)
            factories.session(child, by=cast.tess, at=rls.now() - dt.timedelta(hours=2))


def test_the_caseload_answers_who_needs_me_today(cast: Cast, tess: Client) -> None:
    factories.prescribed(cast.cleo, by=cast.tess)
    factories.flag(cast.cleo, by=cast.tess)
    factories.message(cast.cleo, by=cast.fay)
    page = words(tess.get(CASELOAD))
    assert "Cleo" in page
    assert "week 3" in page
    assert "1 new" in page
    assert AuditEvent.objects.filter(code=AuditCode.VIEWED_CASELOAD, actor_id=cast.tess.pk).exists()


def test_the_caseload_is_searched_filtered_and_sorted_by_its_address(cast: Cast, tess: Client) -> None:
    more_children(cast, 2)
    assert "Child 1" not in words(tess.get(CASELOAD, {"q": "cleo"}))
    assert "No child matches" in words(tess.get(CASELOAD, {"shown": "flagged"}))
    names = words(tess.get(CASELOAD, {"sort": "name", "reversed": "1"}))
    assert names.index("Cleo") < names.index("Child 1") < names.index("Child 0")
    assert tess.get(CASELOAD, {"sort": "odd", "q": "\x00"}).status_code == 200


def test_an_owner_on_no_team_sees_who_is_here_and_no_record(cast: Cast, sign_in: Any) -> None:
    factories.flag(cast.cleo, by=cast.tess)
    page = words(sign_in(cast.otto).get(CASELOAD))
    assert "Cleo" in page
    assert "flag-" not in page
    assert "Last 14 days" not in page
    assert "Gone quiet" not in page


def test_only_who_may_enroll_is_led_to_a_new_child(cast: Cast, tess: Client, sign_in: Any) -> None:
    door = "/c/harbor/children/new/"
    assert door in words(tess.get(CASELOAD))
    assert door in words(sign_in(cast.opal).get(CASELOAD))
    assert door not in words(sign_in(cast.asha).get(CASELOAD))


def test_a_search_that_finds_nobody_can_be_changed(cast: Cast, tess: Client) -> None:
    assert 'value="nobody here"' in words(tess.get(CASELOAD, {"q": "nobody here"}))


def test_the_caseload_costs_the_same_with_ten_times_the_children(cast: Cast, tess: Client) -> None:
    more_children(cast, 3)
    few = cost(tess, CASELOAD)
    more_children(cast, 27)
    assert cost(tess, CASELOAD) == few
    assert few <= MOST_FOR_CASELOAD


def test_the_childs_page_costs_the_same_with_ten_times_the_record(cast: Cast, tess: Client) -> None:
    factories.prescribed(cast.cleo, by=cast.tess)
    for hours in range(1, 4):
        an_evening(cast, hours)
    address = f"/children/{cast.cleo.pk}/"
    few = cost(tess, address)
    for hours in range(4, 31):
        an_evening(cast, hours)
    assert cost(tess, address) == few
    assert few <= MOST_FOR_CHILD


def an_evening(cast: Cast, hours: int) -> None:
    at = rls.now() - dt.timedelta(hours=hours)
    factories.session(cast.cleo, by=cast.fay, at=at)
    factories.bedtime(
        cast.cleo, by=cast.fay, at=at, lights_out_at=at, asleep_at=at + dt.timedelta(minutes=20)
    )
    factories.observation(cast.cleo, by=cast.fay, at=at)


def test_the_childs_page_draws_change_with_a_sentence_and_a_table(cast: Cast, tess: Client) -> None:
    for nights in range(1, 4):
        an_evening(cast, 24 * nights)
    page = words(tess.get(f"/children/{cast.cleo.pk}/"))
    assert 'data-chart="chart-latency"' in page
    assert "The numbers" in page
    assert " style=" not in page


def test_a_flag_is_taken_from_the_childs_page(cast: Cast, tess: Client) -> None:
    flag = factories.flag(cast.cleo, by=cast.tess)
    address = f"/c/harbor/flags/{flag.pk}/"
    assert address in words(tess.get(f"/children/{cast.cleo.pk}/"))
    tess.post(address, {"do": "acknowledge"})
    with rls.acting_as(cast.tess):
        assert Flag.objects.get(pk=flag.pk).acknowledged_by_id == cast.tess.pk
