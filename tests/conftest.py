"""Fixtures every test may use: the database, the cast, the clock, clients."""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, TransactionTestCase

from clinic import rls
from clinic.models import User
from tests import cast as casting
from tests import database, outside, processes, searching, signing_in
from tracking.services.loading_library import load_library, read_library

# A run keeps thousands of tests, all templates and the whole product in memory, and makes and drops queries
# by the million. With Python's default thresholds garbage collection takes a tenth of the time.
gc.set_threshold(50_000, 20, 20)

LEFT_BEHIND = pytest.StashKey[list[str]]()
SAID = "said at the end"


class _Standing:
    """The cast and the library as they are in the database, restored after a test that committed."""

    cast: casting.Cast | None = None
    rows: database.Snapshot | None = None

    @classmethod
    def build(cls) -> None:
        with rls.acting_as(system="seeding"), transaction.atomic():
            load_library(library=read_library(), now=rls.now())
            cls.cast = casting.build_cast(rls.now())
        cls.rows = database.Snapshot.take()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> None:
    """One database per run, migrated by its owner; tests connect as the application's role."""
    database.build()
    with django_db_blocker.unblock():
        _Standing.build()


def _put_back(self: TransactionTestCase) -> None:
    del self
    assert _Standing.rows is not None
    _Standing.rows.put_back()


# Django would TRUNCATE as the application's role, which owns nothing.
TransactionTestCase._fixture_teardown = _put_back


@pytest.fixture(autouse=True)
def _seeing_all(request: pytest.FixtureRequest) -> Iterator[None]:
    """The test itself runs as the seeding job, so that it may read any row; requests, tasks and `acting_as`
    blocks run as the person they name.
    """
    if not {"db", "transactional_db"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
    with rls.acting_as(system="seeding"), connection.cursor() as cursor:
        # Between transactions a test reads rows in autocommit.
        cursor.execute("SELECT set_config('littlefoot.system', 'seeding', false)")
        yield


@pytest.fixture(autouse=True)
def _nothing_is_let_out() -> Iterator[None]:
    """Fail a test in which a planted word reached a log, a mail or the broker."""
    with searching.watched() as watch:
        yield
        leaks = watch.leaks()
    assert not leaks, "\n".join(leaks)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run after which PostgreSQL's log or the broker contains a planted word."""
    leaks = searching.left_behind() + session.config.stash.get(LEFT_BEHIND, [])
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_behind"] = leaks
    elif leaks:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        session.config.stash[LEFT_BEHIND] = leaks


def pytest_testnodedown(node: Any) -> None:
    """Collect what one of several processes found at its end; one that died reports nothing."""
    left_behind = getattr(node, "workeroutput", {}).get("left_behind", [])
    node.config.stash.setdefault(LEFT_BEHIND, []).extend(left_behind)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for leak in terminalreporter.config.stash.get(LEFT_BEHIND, []):
        terminalreporter.write_line(leak, red=True)
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, line in getattr(report, "user_properties", ()):
                if name == SAID and report.when == "call":
                    terminalreporter.write_line(str(line))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take a minute each; at the end, one process would be left alone with them."""
    items.sort(key=lambda item: item.get_closest_marker("faults") is None)


def pytest_collection_finish() -> None:
    """Exclude collected tests from garbage collection; they stay until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _nobody_has_asked_too_often(request: pytest.FixtureRequest) -> None:
    """Forget the rate limits of the test before."""
    if {"db", "transactional_db"} & set(request.fixturenames):
        cache.clear()


@pytest.fixture
def cast(db: None) -> casting.Cast:
    assert _Standing.cast is not None
    return _Standing.cast.copy()


@pytest.fixture
def live_cast(transactional_db: None) -> casting.Cast:
    """The cast for tests with processes or threads that must see committed rows."""
    assert _Standing.cast is not None
    return _Standing.cast.copy()


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Iterator[database.Clock]:
    """The product's clock, reset afterwards. With `db`, transactions begun later see it move."""
    request.getfixturevalue("django_db_setup")
    moved = database.Clock()
    yield moved
    moved.reset()


@pytest.fixture
def sign_in() -> Any:
    """`sign_in(user)` is a test client in which that person has just signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        signing_in.sign_in(client, user)
        return client

    return signed_in


@pytest.fixture
def say_at_the_end(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """`say_at_the_end(line)` prints a line when the run is over, whichever process ran the test."""
    return functools.partial(record_property, SAID)


@pytest.fixture
def mailbox() -> Iterator[processes.Mailbox]:
    """A real mail server on this machine, with everything that was sent to it."""
    with processes.mailbox() as box:
        yield box


@pytest.fixture
def running_worker(live_cast: casting.Cast, mailbox: processes.Mailbox) -> Iterator[processes.Running]:
    """The worker, sending to `mailbox`."""
    processes.forget_tasks()
    with processes.running_worker(EMAIL_URL=mailbox.url) as running:
        yield running


@pytest.fixture
def running_beat(live_cast: casting.Cast) -> Iterator[processes.Running]:
    """Beat, ticking twice a second."""
    with processes.running_beat() as running:
        yield running


@pytest.fixture
def running_web(live_cast: casting.Cast, mailbox: processes.Mailbox) -> Iterator[processes.Running]:
    """The web server; `running_web.url` is its address."""
    with processes.running_web(EMAIL_URL=mailbox.url) as running:
        yield running


@pytest.fixture
def running_product(live_cast: casting.Cast, mailbox: processes.Mailbox) -> Iterator[processes.Product]:
    """Web, worker and beat together, as a clinic runs them."""
    processes.forget_tasks()
    with processes.running_product(mailbox) as product:
        yield product


@pytest.fixture
def push_service(settings: Any) -> Iterator[outside.PushService]:
    """A browser's push service on this machine, allowed by the settings."""
    settings.PUSH_TO_THIS_MACHINE = True
    with outside.push_service() as service:
        yield service


@pytest.fixture
def sms_gateway(settings: Any) -> Iterator[outside.SmsGateway]:
    """An SMS gateway on this machine, named in the settings."""
    with outside.sms_gateway() as gateway:
        settings.SMS_GATEWAY_URL = gateway.url
        yield gateway
