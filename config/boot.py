"""Checks that make web and worker refuse to start: a database without row-level security, or a public
demo.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from clinic import rls


class Cursor(Protocol):
    """What is needed of a cursor, Django's or psycopg's own."""

    def execute(self, query: Any, params: Any = None, /) -> Any: ...

    def fetchone(self) -> Any: ...


ROLE = """
SELECT current_user,
    bool_or(r.rolsuper),
    bool_or(r.rolbypassrls),
    (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
     AND c.relkind IN ('r', 'p', 'v', 'm') AND pg_has_role(current_user, c.relowner, 'MEMBER'))
FROM pg_roles r WHERE pg_has_role(current_user, r.oid, 'MEMBER')
"""


def refuse_unsafe_start() -> None:
    """Raises ImproperlyConfigured, with what to do, where this process must not run. Needs the database."""
    with rls.acting_as(system="setup"), transaction.atomic(), connection.cursor() as cursor:
        reasons = refusals(cursor, is_public=settings.IS_PUBLIC)
    connection.close()
    if reasons:
        raise ImproperlyConfigured(" ".join(reasons))


def refusals(cursor: Cursor, *, is_public: bool) -> list[str]:
    """A sentence for each reason not to start; empty: none. `is_public`: we are reached from elsewhere."""
    cursor.execute(ROLE)
    role, is_superuser, is_bypassing, owned = cursor.fetchone()
    reasons = []
    if is_superuser:
        reasons.append(f"DATABASE_URL connects as {role}, which is or may become a superuser.")
    if is_bypassing:
        reasons.append(f"DATABASE_URL connects as {role}, which may bypass row-level security.")
    if owned:
        reasons.append(f"DATABASE_URL connects as {role}, which owns tables or belongs to who does.")
    if reasons:
        reasons.append(
            "Web and worker connect as a role that owns nothing (littlefoot_app); docs/operations.md tells"
            " how to make it."
        )
    if is_public and _holds_the_demo(cursor):
        reasons.append(
            "This database holds the demo, whose passwords were printed, and PUBLIC_URL can be reached by"
            " others. Give a public Littlefoot a database of its own."
        )
    return reasons


def _holds_the_demo(cursor: Cursor) -> bool:
    cursor.execute("SELECT to_regclass('clinic_clinic') IS NOT NULL")
    if not cursor.fetchone()[0]:
        return False
    cursor.execute("SELECT EXISTS (SELECT FROM clinic_clinic WHERE is_demo)")
    return bool(cursor.fetchone()[0])
