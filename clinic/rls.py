"""Who is asking: the stamp every transaction carries, row-level security, and the one clock.

The stamp is a context variable set at the edges (middleware, API authentication, tasks, commands) and copied
into the database as transaction-local settings by `config.database`. PostgreSQL's row policies read those
settings, so a query that forgets `visible_to` still shows nothing beyond the second wall (docs/adr/0003).
"""

from __future__ import annotations

import contextlib
import contextvars
import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.migrations.operations import RunSQL

APP_ROLE = "littlefoot_app"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who a transaction runs for: a person, a named system job, or nobody (both None)."""

    user_id: uuid.UUID | None = None
    system: str | None = None


NOBODY = Stamp()
SEEDING = "seeding"
"""The job that makes the demo, and in which tests look at rows: every table is open to it."""

ERASING = "erasing"
"""The job that erases: every table is open to it; what never changes goes by `littlefoot_erase` alone."""

SIGNING_IN = "signing_in"
"""Somebody who is nobody yet, at the doors where people sign in: their second factors and devices are open,
whoever they turn out to be, and nothing of any record.
"""

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


@contextlib.contextmanager
def helped_by(system: str) -> Iterator[None]:
    """Run a block as whoever is asking, with the tables of a named system job open besides.

    For what a person sets off and may not see: the clock times of the other home that a pause plans anew.
    Seeding, to which everything is open, keeps its own name.
    """
    stamp = current_stamp()
    with acting_as(stamp.user_id, system=stamp.system if stamp.system == SEEDING else system):
        yield


def in_transaction() -> contextlib.AbstractContextManager[None]:
    """The transaction that is open, else one of its own: `atomic`, without a savepoint to go back to.

    For a verb that has refused all it refuses before it writes anything.
    """
    return contextlib.nullcontext() if connection.in_atomic_block else transaction.atomic()


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


# ---- the second wall -------------------------------------------------------------------------------------
#
# Who somebody is, asked once a statement: policies call these, and they each other, as `(SELECT f())`, or
# each row asks anew. They run as the owner of the tables, whom those tables alone admit (`admit_owner`), or a
# policy would ask itself.

WORKING = """user_id = littlefoot_asker() AND (ended_at IS NULL OR ended_at > littlefoot_now())
    AND (placed_until IS NULL OR placed_until > littlefoot_now())"""
CARING = """user_id = littlefoot_asker() AND revoked_at IS NULL AND valid_from <= littlefoot_now()
    AND (valid_until IS NULL OR valid_until > littlefoot_now())"""
TREATING = """therapist_id = littlefoot_asker() AND from_at <= littlefoot_now()
    AND (until_at IS NULL OR until_at > littlefoot_now())
    AND clinic_id = ANY ((SELECT littlefoot_staff_clinics())::uuid[])"""

PLACES = {
    "staff_clinics()": f"coalesce(array_agg(clinic_id), '{{}}') FROM clinic_clinicmembership WHERE {WORKING}",
    "clinics_as(wanted text)": "coalesce(array_agg(clinic_id), '{}') FROM clinic_clinicmembership"
    f" WHERE wanted = ANY (roles) AND {WORKING}",
    "near_clinics()": "littlefoot_staff_clinics() || coalesce(array_agg(clinic_id), '{}')"
    f" FROM clinic_caregivergrant WHERE {CARING}",
    "granted_children()": f"coalesce(array_agg(child_id), '{{}}') FROM clinic_caregivergrant WHERE {CARING}",
    "granted_households()": "coalesce(array_agg(family_id), '{}') FROM clinic_caregivergrant"
    f" WHERE {CARING}",
    "team_children()": f"coalesce(array_agg(child_id), '{{}}') FROM clinic_careteam WHERE {TREATING}",
    "record_children()": "littlefoot_granted_children() || littlefoot_team_children()",
}
"""Functions `littlefoot_…` that give ids (uuid[]), and the question each asks about whoever is asking."""

GLASS = {
    "glass_children()": "coalesce(array_agg(child_id), '{}') FROM clinic_breakglass"
    " WHERE opened_by_id = littlefoot_asker() AND opened_at <= littlefoot_now()"
    " AND until_at > littlefoot_now() AND ended_at IS NULL"
    " AND clinic_id = ANY ((SELECT littlefoot_staff_clinics())::uuid[])"
    " AND NOT child_id = ANY ((SELECT littlefoot_team_children())::uuid[])",
}
"""As `PLACES`: the children whose record somebody reads because they broke the glass."""

PLACES_TABLES = ("clinic_clinicmembership", "clinic_caregivergrant", "clinic_careteam")

OF_STAFF = "clinic_id = ANY ((SELECT littlefoot_staff_clinics())::uuid[])"
NEAR = "clinic_id = ANY ((SELECT littlefoot_near_clinics())::uuid[])"
"""Rows of a clinic one works in, or where a child one cares for is treated."""

NEAR_OR_BUILT_IN = f"clinic_id IS NULL OR {NEAR}"
GRANTED = "child_id = ANY ((SELECT littlefoot_granted_children())::uuid[])"
OF_CHILD = f"{OF_STAFF} OR {GRANTED}"
"""Who a child is and who may see it: its clinic's staff, and who cares for it."""

OF_RECORD = "child_id = ANY ((SELECT littlefoot_record_children())::uuid[])"
"""What is in a child's record: its care team today, and who cares for it."""


OF_TEAM = "child_id = ANY ((SELECT littlefoot_team_children())::uuid[])"
"""What of a child's record its care team alone reads."""

OF_GLASS = "child_id = ANY ((SELECT littlefoot_glass_children())::uuid[])"
"""Rows of a child for whom one has broken the glass: to be read, never written."""


def as_role(role: str) -> str:
    """Rows of a clinic in which one holds this role."""
    return f"clinic_id = ANY ((SELECT littlefoot_clinics_as('{role}'))::uuid[])"


def through(column: str, table: str) -> str:
    """Rows whose `column` names a row of `table` that one sees: that table's policy decides."""
    return f"EXISTS (SELECT FROM {table} above WHERE above.id = {column})"


def ask_for_places(questions: Mapping[str, str] = PLACES) -> RunSQL:
    """The functions that policies ask who somebody is; made anew where there are older ones."""
    make = [
        f"CREATE OR REPLACE FUNCTION littlefoot_{signature} RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE"
        f" SECURITY DEFINER SET search_path = public AS $$ SELECT {question} $$"
        for signature, question in questions.items()
    ]
    return RunSQL("; ".join(make), reverse_sql=RunSQL.noop)


OPEN_TO_ERASING = f"""
CREATE POLICY littlefoot_erasing ON {{table}} USING ((SELECT littlefoot_system()) = '{ERASING}')
"""


def row_security(
    table: str, *, using: str, check: str | None = None, systems: tuple[str, ...] = ()
) -> RunSQL:
    """Force row-level security on a table: rows for which `using` holds are seen, `check` may be written.

    `systems` are the named system jobs the whole table is open to.
    """
    admitted = ""
    if systems:
        names = ", ".join(f"'{name}'" for name in systems)
        admitted = f"(SELECT littlefoot_system()) IN ({names}) OR "
    policy = f"littlefoot_{table}"
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY {policy} ON {table} USING ({admitted}{using})"
        f" WITH CHECK ({check or admitted + using});" + OPEN_TO_ERASING.format(table=table),
        reverse_sql=(
            f"DROP POLICY {policy} ON {table}; DROP POLICY littlefoot_erasing ON {table};"
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
        ),
    )


def history_security(table: str, *, using: str, systems: tuple[str, ...] = ()) -> RunSQL:
    """As `row_security` for a history table: triggers may always write, reading is as of the row itself."""
    return row_security(table, using=using, check="true", systems=systems)


def read_by_glass(table: str, using: str = OF_GLASS) -> RunSQL:
    """Let who broke the glass read rows of a table; what may be written stays as its own line says."""
    policy = f"littlefoot_{table}_glass"
    return RunSQL(
        f"CREATE POLICY {policy} ON {table} FOR SELECT USING ({using})",
        reverse_sql=f"DROP POLICY {policy} ON {table}",
    )


def no_write_by_glass(table: str, belongs_to: str) -> RunSQL:
    """Refuse who broke the glass every write to parts that are seen with what they belong to.

    `belongs_to` is the FROM and WHERE that find the row with the child, as `above`. What sees it by its own
    line would otherwise be enough to write its parts, too.
    """
    is_theirs = f"NOT EXISTS (SELECT FROM {belongs_to} AND above.{OF_GLASS})"
    add, drop = [], []
    for verb, clause in {"INSERT": "WITH CHECK", "UPDATE": "USING", "DELETE": "USING"}.items():
        policy = f"littlefoot_{table}_no_{verb.lower()}"
        add.append(f"CREATE POLICY {policy} ON {table} AS RESTRICTIVE FOR {verb} {clause} ({is_theirs})")
        drop.append(f"DROP POLICY {policy} ON {table}")
    return RunSQL("; ".join(add), reverse_sql="; ".join(drop))


def admit_job(table: str, job: str) -> RunSQL:
    """Let a named system job read every row of a table, and write none."""
    policy = f"littlefoot_{table}_{job}"
    return RunSQL(
        f"CREATE POLICY {policy} ON {table} FOR SELECT USING ((SELECT littlefoot_system()) = '{job}')",
        reverse_sql=f"DROP POLICY {policy} ON {table}",
    )


def admit_owner(*tables: str) -> RunSQL:
    """Let the owner of these tables read them in spite of FORCE: the functions above run as it."""
    add = [
        f"CREATE POLICY littlefoot_{table}_owner ON {table} FOR SELECT TO CURRENT_USER USING (true)"
        for table in tables
    ]
    drop = [f"DROP POLICY littlefoot_{table}_owner ON {table}" for table in tables]
    return RunSQL("; ".join(add), reverse_sql="; ".join(drop))


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


UNLESS_ERASING = """IF TG_OP <> 'INSERT' AND littlefoot_is_erasing() THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;"""
"""The beginning of a trigger function that keeps rows as they are, except from being erased."""


def append_only(table: str, *, until_erased: bool = False) -> RunSQL:
    """Refuse UPDATE and DELETE on a table for everyone, by trigger, whatever the grants say.

    `until_erased` is for what holds something of a child or a person: erasing them removes it all the same.
    """
    return RunSQL(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" {UNLESS_ERASING if until_erased else ''}"
        f" RAISE EXCEPTION 'rows of {table} are never changed' USING ERRCODE = 'restrict_violation';"
        f" END $$; CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
        reverse_sql=f"DROP TRIGGER {table}_append_only ON {table}; DROP FUNCTION {table}_append_only()",
    )
