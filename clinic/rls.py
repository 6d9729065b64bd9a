"""Who is asking: the stamp every transaction carries, row-level security, and the one clock.

The stamp is a context variable set at the edges (middleware, API authentication, tasks, commands) and copied
into the database as transaction-local settings by `config.database`. PostgreSQL's row policies read those
settings, so a query that forgets `visible_to` still shows nothing beyond the second wall (trust, section 1).
"""

from __future__ import annotations

import contextlib
import contextvars
import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.migrations.operations import RunSQL

APP_ROLE = "littlefoot_app"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who a transaction runs for: a person, a named system job, or nobody (both None)."""

    user_id: uuid.UUID | None = None
    system: str | None = None


NOBODY = Stamp()
_stamp: contextvars.ContextVar[Stamp] = contextvars.ContextVar("littlefoot_stamp", default=NOBODY)

# psycopg's own parameters; one round trip sets the stamp and reads the clock.
STAMP_SQL = (
    "SELECT littlefoot_now(), set_config('littlefoot.user_id', %s, true),"
    " set_config('littlefoot.system', %s, true)"
)


def current_stamp() -> Stamp:
    """The stamp of this context; NOBODY where none was set."""
    return _stamp.get()


def stamp_parameters() -> tuple[str, str]:
    stamp = _stamp.get()
    return (str(stamp.user_id) if stamp.user_id else "", stamp.system or "")


def restamp() -> None:
    """Stamp the open transaction again, for an asker who became known after it began."""
    if connection.in_atomic_block:
        connection.stamp()  # type: ignore[attr-defined]  # config.database.base


def set_stamp(stamp: Stamp) -> contextvars.Token[Stamp]:
    """Set who is asking for the rest of this context; the token restores what was."""
    token = _stamp.set(stamp)
    restamp()
    return token


def reset_stamp(token: contextvars.Token[Stamp]) -> None:
    _stamp.reset(token)


@contextlib.contextmanager
def acting_as(user: Any = None, *, system: str | None = None) -> Iterator[None]:
    """Run a block as a person or as a named system job.

    `user` is a User, its id, or None. Nested blocks restore the outer asker, also in an open transaction.
    """
    user_id = getattr(user, "pk", user)
    token = set_stamp(Stamp(user_id=user_id, system=system))
    try:
        yield
    finally:
        reset_stamp(token)
        if not connection.needs_rollback:
            restamp()


def now() -> dt.datetime:
    """The instant (UTC, aware) at which the open transaction began, by the product's one clock.

    Raises RuntimeError outside a transaction: the clock is read at an edge, once, and passed down.
    """
    stamped: dt.datetime | None = getattr(connection, "stamped_now", None)
    if stamped is None:
        raise RuntimeError("The clock is read inside a transaction; open one at the edge.")
    return stamped


class Now(models.Func):
    """`littlefoot_now()` as an expression, for querysets that compare with the clock."""

    function = "littlefoot_now"
    output_field = models.DateTimeField()
    arity = 0


class Today(models.Func):
    """The UTC day of `littlefoot_now()`; the day of a place is `clinic.localtime`'s."""

    template = "(littlefoot_now() AT TIME ZONE 'UTC')::date"
    output_field = models.DateField()
    arity = 0


# ---- migration operations -------------------------------------------------------------------------------

CLOCK_SQL = """
CREATE FUNCTION littlefoot_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT transaction_timestamp() $$
"""

ASKER_SQL = """
CREATE FUNCTION littlefoot_asker() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT NULLIF(current_setting('littlefoot.user_id', true), '')::uuid $$;
CREATE FUNCTION littlefoot_system() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT NULLIF(current_setting('littlefoot.system', true), '') $$;
"""


def grant_to_app(*tables: str, verbs: str = "SELECT, INSERT, UPDATE, DELETE") -> RunSQL:
    """Let the application role use tables with these verbs and no others.

    Default privileges give it everything on new tables; append-only ones are narrowed with this.
    """
    statements = [
        f"REVOKE ALL ON {table} FROM {APP_ROLE}; GRANT {verbs} ON {table} TO {APP_ROLE}" for table in tables
    ]
    return RunSQL("; ".join(statements), reverse_sql=RunSQL.noop)


def row_security(table: str, *, using: str, check: str | None = None) -> RunSQL:
    """Force row-level security on a table: rows for which `using` holds are seen, `check` may be written."""
    policy = f"littlefoot_{table}"
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY {policy} ON {table} USING ({using}) WITH CHECK ({check or using})",
        reverse_sql=(
            f"DROP POLICY {policy} ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
        ),
    )


def same_clinic(table: str, *references: tuple[str, str]) -> RunSQL:
    """Make each (column, other table) of `table` point at a row of the same clinic.

    Row-level security does not look at foreign keys, so the key itself carries the clinic: a composite
    foreign key `(column, clinic_id)` onto the other table's `UNIQUE (id, clinic_id)`, which `keyed_by_clinic`
    adds. A NULL column is left alone (MATCH SIMPLE).
    """
    add, drop = [], []
    for column, other in references:
        name = f"{table}_{column}_same_clinic"[:63]
        add.append(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, clinic_id)"
            f" REFERENCES {other} (id, clinic_id) DEFERRABLE INITIALLY DEFERRED"
        )
        drop.append(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return RunSQL("; ".join(add), reverse_sql="; ".join(drop))


def keyed_by_clinic(*tables: str) -> RunSQL:
    """Give each table the `UNIQUE (id, clinic_id)` that composite foreign keys refer to."""
    add = [f"ALTER TABLE {t} ADD CONSTRAINT {t}_id_clinic UNIQUE (id, clinic_id)" for t in tables]
    drop = [f"ALTER TABLE {t} DROP CONSTRAINT {t}_id_clinic" for t in tables]
    return RunSQL("; ".join(add), reverse_sql="; ".join(drop))


def append_only(table: str) -> RunSQL:
    """Refuse UPDATE and DELETE on a table for everyone, by trigger, whatever the grants say."""
    return RunSQL(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION 'rows of {table} are never changed' USING ERRCODE = 'restrict_violation';"
        f" END $$; CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
        reverse_sql=f"DROP TRIGGER {table}_append_only ON {table}; DROP FUNCTION {table}_append_only()",
    )
