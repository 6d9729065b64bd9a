"""What pages of the clinic cost beside one that asks nothing, and how that grows with children and days."""

from __future__ import annotations

from typing import Any

import pytest

from bench.interleaved import cpu_milliseconds, exponent, tell
from clinic import rls
from tests import factories
from tests.cast import Cast
from tests.web.test_query_budgets import log, more_children

pytestmark = pytest.mark.usefixtures("product_clock")

CASELOAD = "/c/harbor/caseload/"


def test_a_caseload_grows_slower_than_its_children(cast: Cast, sign_in: Any) -> None:
    tess, sizes, times, there = sign_in(cast.tess), [6, 60, 180], [], 0
    print()
    for size in sizes:
        more_children(cast, size - there)
        there = size
        took = cpu_milliseconds(
            {"page": lambda: tess.get(CASELOAD), "floor": lambda: tess.get("/accounts/logout/")}
        )
        times.append(took["page"])
        tell(f"caseload of {size}: CPU ms", took["page"], "<= 120 at 60")
        tell(f"caseload of {size}: times a page that asks nothing", took["page"] / took["floor"], "-")
    tell("caseload: exponent over children", exponent(sizes, times), "<= 1")


def test_a_childs_page_does_not_grow_with_its_record(cast: Cast, sign_in: Any) -> None:
    tess, sizes, times, there = sign_in(cast.tess), [3, 30, 90], [], 0
    with rls.acting_as(system=rls.SEEDING):
        factories.record(cast)
    print()
    for size in sizes:
        log(cast.cleo, cast, days=size - there)
        there = size
        took = cpu_milliseconds({"page": lambda: tess.get(f"/children/{cast.cleo.pk}/")})
        times.append(took["page"])
        tell(f"child's page with {size} evenings: CPU ms", took["page"], "<= 120")
    tell("child's page: exponent over evenings", exponent(sizes, times), "<= 0.18 (1.5x for 10x)")
