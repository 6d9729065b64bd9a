"""What web and worker refuse to start with, asked of real roles."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from clinic import rls
from clinic.models import Clinic
from config import boot
from config.embedded.place import take_port
from tests import processes
from tests.cast import Cast
from tests.database import ROOT

APP, OWNER, SUPERUSER = "DATABASE_URL", "DATABASE_OWNER_URL", "LITTLEFOOT_TEST_SUPERUSER_URL"


@contextlib.contextmanager
def connected(variable: str) -> Iterator[psycopg.Cursor]:
    """A cursor of one of the server's roles; whatever it does is undone."""
    with psycopg.connect(os.environ[variable]) as session, session.cursor() as cursor:
        yield cursor
        session.rollback()


def test_the_applications_role_may_start(cast: Cast) -> None:
    with connection.cursor() as cursor:
        assert boot.refusals(cursor, is_public=True) == []


@pytest.mark.usefixtures("django_db_setup")
class TestRoles:
    def test_the_owner_of_the_tables_may_not(self) -> None:
        with connected(OWNER) as cursor:
            (owns, way_out) = boot.refusals(cursor, is_public=False)
        assert "littlefoot_owner, which owns tables" in owns
        assert "docs/operations.md" in way_out

    def test_a_superuser_may_not(self) -> None:
        with connected(SUPERUSER) as cursor:
            assert "superuser" in boot.refusals(cursor, is_public=False)[0]

    @pytest.mark.parametrize(
        ("making", "said"),
        [
            ("CREATE ROLE lf_other BYPASSRLS", "bypass"),
            ("CREATE ROLE lf_other; CREATE TABLE theirs (); ALTER TABLE theirs OWNER TO lf_other", "owns"),
            ("CREATE ROLE lf_other IN ROLE littlefoot_owner", "owns"),
            ("CREATE ROLE lf_strong SUPERUSER; CREATE ROLE lf_other IN ROLE lf_strong", "superuser"),
        ],
    )
    def test_a_role_that_could_pass_the_second_wall_may_not(self, making: str, said: str) -> None:
        with connected(SUPERUSER) as cursor:
            cursor.execute(making)
            cursor.execute("SET LOCAL ROLE lf_other")
            assert any(said in reason for reason in boot.refusals(cursor, is_public=False))

    def test_a_role_that_may_do_nothing_of_it_may(self) -> None:
        with connected(SUPERUSER) as cursor:
            cursor.execute("CREATE ROLE lf_other; SET LOCAL ROLE lf_other")
            assert boot.refusals(cursor, is_public=False) == []


def test_the_demo_is_for_this_machine_alone(cast: Cast) -> None:
    with rls.acting_as(system="seeding"):
        Clinic.objects.filter(pk=cast.solo.pk).update(is_demo=True)
    with connection.cursor() as cursor:
        assert boot.refusals(cursor, is_public=False) == []
        (reason,) = boot.refusals(cursor, is_public=True)
    assert "demo" in reason


@pytest.mark.usefixtures("django_db_setup")
def test_the_web_process_does_not_come_up_as_the_owner() -> None:
    environment = os.environ | {APP: os.environ[OWNER], "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    started = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert started.returncode != 0
    assert ImproperlyConfigured.__name__ in started.stderr
    assert "owns tables" in started.stderr


@pytest.mark.usefixtures("django_db_setup")
def test_the_worker_does_not_come_up_as_the_owner() -> None:
    environment = os.environ | {APP: os.environ[OWNER], "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    started = subprocess.run(
        [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--concurrency", "1"],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert started.returncode == 78
    assert "owns tables" in started.stderr


def test_two_copies_that_start_at_once_take_two_ports() -> None:
    """Nobody listens yet on what the first has taken; gone, it leaves the port to the next."""
    wanted = processes.free_port()
    one = take_port(wanted, host="127.0.0.1")
    other = take_port(wanted, host="127.0.0.1")
    try:
        assert one.number == wanted < other.number
    finally:
        one.hold.close()
        other.hold.close()
    again = take_port(wanted, host="127.0.0.1")
    again.hold.close()
    assert again.number == wanted
