"""The test database: made by the owner, used as the application's role, emptied by the owner.

The owner also replaces `littlefoot_now()` with one that is a movable distance ahead of the real clock, so
that real web, worker and beat processes can be driven through an evening in seconds
(docs/architecture.md, rule 12).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent

AHEAD = os.environ.get("LITTLEFOOT_TEST_AHEAD", "0 hours")
"""How far the product's clock is ahead when nobody moved it (`make prove-hours`)."""

KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission", "littlefoot_test_clock")

MOVABLE_CLOCK = f"""
CREATE TABLE IF NOT EXISTS littlefoot_test_clock (ahead interval NOT NULL);
DELETE FROM littlefoot_test_clock;
INSERT INTO littlefoot_test_clock VALUES ('{AHEAD}');
GRANT SELECT ON littlefoot_test_clock TO littlefoot_app;
CREATE OR REPLACE FUNCTION littlefoot_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT transaction_timestamp() + (SELECT ahead FROM public.littlefoot_test_clock) $$;
"""


@contextlib.contextmanager
def as_owner() -> Iterator[psycopg.Cursor]:
    """A cursor of the role that owns the tables, in a transaction; the second wall binds it too."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT set_config('littlefoot.system', 'seeding', true)")
        yield cursor


def manage(*arguments: str, owner: bool = False) -> None:
    """Run a management command in a process of its own."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings_test"}
    if owner:
        environment["LITTLEFOOT_AS_OWNER"] = "1"
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{done.stderr[-3000:]}"


def build() -> None:
    """Migrate the empty database, unless the run was given a migrated one, and make its clock movable."""
    if not os.environ.get("LITTLEFOOT_TEST_MIGRATED"):
        manage("migrate", "--verbosity", "0", owner=True)
    with as_owner() as cursor:
        cursor.execute(MOVABLE_CLOCK)


def empty() -> None:
    """Remove every row, the library's too, and put the clock back."""
    with as_owner() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if name not in KEPT_TABLES]
        cursor.execute("TRUNCATE " + ", ".join(tables) + " CASCADE")
        cursor.execute("UPDATE littlefoot_test_clock SET ahead = %s", [AHEAD])


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every row there was at one moment, by table, as COPY writes them; of tables that had none, nothing."""

    tables: Sequence[str]
    rows: Mapping[str, bytes]

    @classmethod
    def take(cls) -> Snapshot:
        with _as_superuser() as cursor:
            cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
            tables = [name for (name,) in cursor.fetchall() if name not in KEPT_TABLES]
            rows = {}
            for table in tables:
                with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copied:
                    told = b"".join(copied)
                if cursor.rowcount:
                    rows[table] = told
        return cls(tables, rows)

    def put_back(self) -> None:
        """Remove every row there is by now, bring back those there were, and put the clock back.

        By DELETE, in a session that looks at no trigger and no foreign key: TRUNCATE makes the files of every
        table and index anew, which is dear where nearly all are empty. The lock waits, as TRUNCATE would, for
        whoever is still at work.
        """
        with _as_superuser() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(f"LOCK TABLE {', '.join(self.tables)} IN ACCESS EXCLUSIVE MODE")
            cursor.execute("; ".join(f"DELETE FROM {table}" for table in self.tables))
            for table, told in self.rows.items():
                with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copied:
                    copied.write(told)
            cursor.execute("UPDATE littlefoot_test_clock SET ahead = %s", [AHEAD])


@contextlib.contextmanager
def _as_superuser() -> Iterator[psycopg.Cursor]:
    with psycopg.connect(os.environ["LITTLEFOOT_TEST_SUPERUSER_URL"]) as connection:
        yield connection.cursor()


class Clock:
    """The product's clock in the test database; moves every process at once, between transactions."""

    def now(self) -> dt.datetime:
        with as_owner() as cursor:
            cursor.execute("SELECT littlefoot_now()")
            row = cursor.fetchone()
        assert row is not None
        return row[0]

    def move_to(self, instant: dt.datetime) -> None:
        """Make it `instant` (aware) now; time goes on from there."""
        with as_owner() as cursor:
            cursor.execute("UPDATE littlefoot_test_clock SET ahead = %s - transaction_timestamp()", [instant])

    def advance(self, **duration: float) -> None:
        with as_owner() as cursor:
            cursor.execute("UPDATE littlefoot_test_clock SET ahead = ahead + %s", [dt.timedelta(**duration)])

    def reset(self) -> None:
        with as_owner() as cursor:
            cursor.execute("UPDATE littlefoot_test_clock SET ahead = %s", [AHEAD])
