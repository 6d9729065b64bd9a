"""A page asks the database the same number of questions however much there is to answer with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import CareTeam, Child, ChildHome, Episode
from tests import factories
from tests.cast import Cast

pytestmark = pytest.mark.django_db

CASELOAD_BUDGET = 12
CHILD_BUDGET = 15
TONIGHT_BUDGET = 29
"""Statements of a page (performance: budgets), beside session and signed-in person."""


def more_children(cast: Cast, count: int) -> None:
    """Children on Tess's caseload, each with a running program, three sessions, bedtimes and touches."""
    with rls.acting_as(system="seeding"):
        now = rls.now()
        children = Child.objects.bulk_create(
            Child(
                clinic=cast.harbor,
                first_name=f"Child {number}",
                born_on=now.date() - dt.timedelta(weeks=60),
                created_at=now,
            )
            for number in range(count)
        )
        ChildHome.objects.bulk_create(
            ChildHome(clinic=cast.harbor, child=child, family=cast.fays_home) for child in children
        )
        CareTeam.objects.bulk_create(
            CareTeam(clinic=cast.harbor, child=child, therapist=cast.tess, from_at=now) for child in children
        )
        Episode.objects.bulk_create(
            Episode(clinic=cast.harbor, child=child, state="active", started_on=now.date())
            for child in children
        )
    for child in children:
        factories.program(child, by=cast.tess)
        log(child, cast, days=3)


def log(child: Child, cast: Cast, *, days: int) -> None:
    now = rls.now()
    for back in range(days):
        at = now - dt.timedelta(days=back)
        factories.session(child, by=cast.tess, at=at)
        factories.bedtime(child, by=cast.tess, at=at)
        factories.observation(child, by=cast.tess, at=at)


def statements(client: Client, address: str) -> int:
    """How many statements a page makes, without those that find out who is asking."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    told = [query["sql"] for query in asked.captured_queries]
    return sum(
        not any(word in sql for word in ("django_session", "SAVEPOINT", "littlefoot_now(), set_config"))
        and 'FROM "clinic_user" WHERE "clinic_user"."id"' not in sql
        for sql in told
    )


def told_twice(page: Callable[[], int], grow: Callable[[], None], name: str, budget: int) -> None:
    """The page's statements before and after its data grow tenfold are the same, and within the budget."""
    page()  # the first answer of a process fills what is read once
    before = page()
    grow()
    after = page()
    print(f"{name}: {before} statements, {after} with ten times the data (budget {budget})")
    assert before == after <= budget


def test_a_caseload_of_sixty_asks_as_much_as_one_of_six(cast: Cast, sign_in: Any) -> None:
    tess = sign_in(cast.tess)
    more_children(cast, 6)
    told_twice(
        lambda: statements(tess, "/c/harbor/caseload/"),
        lambda: more_children(cast, 54),
        "caseload of 60",
        CASELOAD_BUDGET,
    )


def test_a_childs_page_asks_the_same_after_a_month_as_after_three_days(cast: Cast, sign_in: Any) -> None:
    tess = sign_in(cast.tess)
    factories.record(cast)
    log(cast.cleo, cast, days=3)
    told_twice(
        lambda: statements(tess, f"/children/{cast.cleo.pk}/"),
        lambda: log(cast.cleo, cast, days=30),
        "child's page",
        CHILD_BUDGET,
    )


def test_tonight_asks_the_same_after_a_month_as_after_three_days(cast: Cast, sign_in: Any) -> None:
    fay = sign_in(cast.fay)
    factories.record(cast)
    log(cast.cleo, cast, days=3)
    told_twice(
        lambda: statements(fay, f"/family/{cast.cleo.pk}/"),
        lambda: log(cast.cleo, cast, days=30),
        "tonight",
        TONIGHT_BUDGET,
    )
