"""Migration operations of ours, beside those of the second wall in `clinic.rls`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
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
