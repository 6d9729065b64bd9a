"""Querysets whose SQL is written once, for questions that come with every request.

Django writes the SQL of a queryset anew each time. For a question with many branches (what is this person to
this child?) that costs ten times what PostgreSQL needs to answer it.
"""

from __future__ import annotations

import contextlib
import copy
import inspect
import uuid
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Generic, TypeVar

from django.db import connections, models
from django.db.models.query import QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

RowT = TypeVar("RowT", bound=models.Model)


class Prepared(Generic[RowT]):
    """The rows of `build(**ids)`, for other ids each time.

        _grants = Prepared(lambda user, child: CaregiverGrant.objects.valid().filter(user=user, child=child))
        _grants(user=by.pk, child=child.pk)

    `build` is called once, with stand-ins that are nobody's ids, and only they are exchanged from then on. So
    what it makes may hang on nothing but its arguments: no clock but `rls.Now`, no stamp, no row.
    """

    is_kept: ClassVar[bool] = True

    def __init__(self, build: Callable[..., QuerySet[RowT]]) -> None:
        self._build = build
        self._written: QuerySet[RowT] | None = None

    def __call__(self, **ids: uuid.UUID) -> list[RowT]:
        if not self.is_kept:
            return list(self._build(**ids))
        if self._written is None:
            self._written = self._write()
        rows = self._written.all()
        query: Any = rows.query
        query.ids = ids
        return list(rows)

    def _write(self) -> QuerySet[RowT]:
        """The queryset, with its SQL, for stand-ins."""
        stand_ins = {name: uuid.uuid4() for name in inspect.signature(self._build).parameters}
        names = {stand_in: name for name, stand_in in stand_ins.items()}
        rows = self._build(**stand_ins)
        query: Any = rows.query.chain(klass=_Written)
        query.compiled = rows.query.get_compiler(using=rows.db)
        query.sql, query.parameters = query.compiled.as_sql()
        query.named = {
            place: names[value]
            for place, value in enumerate(query.parameters)
            if isinstance(value, uuid.UUID) and value in names
        }
        rows.query = query
        return rows


@contextlib.contextmanager
def written_each_time() -> Iterator[None]:
    """Keep no SQL within: for whoever exchanges the rules that questions are made of, as tests do."""
    was, Prepared.is_kept = Prepared.is_kept, False
    try:
        yield
    finally:
        Prepared.is_kept = was


class _Written(Query):
    """A query that was compiled before, and the ids it is asked about."""

    compiled: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    named: dict[int, str]
    ids: dict[str, uuid.UUID]

    def get_compiler(self, using: Any = None, connection: Any = None, elide_empty: bool = True) -> Any:  # noqa: ARG002  # Django's signature
        asked: Any = copy.copy(self.compiled)
        asked.connection = connection or connections[using]
        parameters = tuple(
            self.ids[self.named[place]] if place in self.named else value
            for place, value in enumerate(self.parameters)
        )
        asked.as_sql = lambda: (self.sql, parameters)
        return asked
