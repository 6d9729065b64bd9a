"""The cast and clients of the tests, for benchmarks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clinic import rls
from tests import database
from tests.conftest import *  # noqa: F403


@pytest.fixture
def product_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """The clock the product has, which PostgreSQL writes into each statement.

    That of the tests, which can be moved, is a question to a table for each row that hangs on the time.
    """
    request.getfixturevalue("django_db_setup")
    with database.as_owner() as cursor:
        cursor.execute(rls.CLOCK_SQL.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    yield
    with database.as_owner() as cursor:
        cursor.execute(database.MOVABLE_CLOCK)
