"""A filter on a list of ids that is the same SQL however many ids there are."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, F, Lookup


class Among(Lookup):
    """`Among("child", ids)` is what `child__in=ids` is, as a condition: `child_id = ANY (ids)`.

    `IN` is another statement for each number of ids, and PostgreSQL plans each anew. One id is asked for as
    one: for a list of one, PostgreSQL finds no plan as good as one made for that list, and never keeps any.
    """

    lookup_name = "among"
    prepare_rhs = False
    output_field = BooleanField()

    def __init__(self, column: Any, ids: Iterable[uuid.UUID]) -> None:
        super().__init__(F(column) if isinstance(column, str) else column, list(ids))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        if not self.rhs:
            raise EmptyResultSet
        column, parameters = self.process_lhs(compiler, connection)
        if len(self.rhs) == 1:
            return f"{column} = %s", [*parameters, *self.rhs]
        return f"{column} = ANY (%s)", [*parameters, self.rhs]
