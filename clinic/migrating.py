"""Migration operations of our own, besides those for row-level security in `clinic.rls`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class MakeTogether(Operation):
    """Tables and triggers made from one rendering of all models, not from one rendering each.

    Django renders every model that is related to a changed one anew after each operation. Here nearly all are
    related, through the clinic and the child, so a first migration of a hundred tables renders some ten
    thousand; laid together it takes seconds. For tables that are made, never for ones that hold rows: each of
    `operations` finds the models as they are after the last of them.
    """

    serialization_expand_args = ["operations"]  # the name and kind Django reads

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # rendered again when the database is reached
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (type(self).__name__, [], {"operations": self.operations})

    def describe(self) -> str:
        return f"Make {len(self.operations)} tables and triggers together"


KNOW_WORDS = r"""
DO $know$ DECLARE known text; BEGIN
    SELECT string_agg(quote_literal(word), ', ' ORDER BY is_new, place) INTO known FROM (
        SELECT quoted[1] AS word, place, false AS is_new
        FROM pg_constraint, regexp_matches(pg_get_constraintdef(oid), $re$'(\w+)'$re$, 'g')
            WITH ORDINALITY AS told (quoted, place)
        WHERE conrelid = '{table}'::regclass AND conname = '{constraint}'
        UNION ALL
        SELECT word, place, true FROM unnest(ARRAY[{words}]) WITH ORDINALITY AS told (word, place)
    ) AS words;
    ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {constraint};
    EXECUTE format('ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK ({column} IN (%s))', known);
END $know$
"""


def know_words(table: str, column: str, constraint: str, *words: str) -> RunSQL:
    """Let a column hold these words besides those it may hold already; none before makes the constraint.

    For a vocabulary that grows with many a change. A model's constraint would be stated whole in each
    migration; this one is the database's alone, and a migration names only what is new. Undone, the words
    stay: rows may hold them.
    """
    return RunSQL(
        KNOW_WORDS.format(
            table=table,
            column=column,
            constraint=constraint,
            words=", ".join(f"'{word}'" for word in words),
        ),
        reverse_sql=RunSQL.noop,
    )


def know_audit_codes(*codes: str) -> RunSQL:
    """Let the audit hold codes that are new in `clinic.vocabulary.AuditCode`."""
    return know_words("clinic_auditevent", "code", "an_audit_event_is_of_a_known_code", *codes)
