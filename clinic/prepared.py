"""Querysets whose SQL is written once, for queries that come with every request.

Django writes a queryset's SQL anew each time. For a query with many branches (what is this person to this
child?) that costs ten times what PostgreSQL needs to answer it.
"""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import inspect
import itertools
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from django.db import connections
from django.db.models.query import QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

RowT = TypeVar("RowT")
Asked = uuid.UUID | dt.date | str

_days = itertools.count(1)
STAND_INS: Mapping[type, Callable[[], Any]] = {
    uuid.UUID: uuid.uuid4,
    dt.date: lambda: dt.date.fromordinal(next(_days)),
    dt.datetime: lambda: dt.datetime.fromtimestamp(next(_days), dt.UTC),
    str: lambda: uuid.uuid4().hex,
}
"""By what `build` says it takes: something of that type which no row has, and no other question."""


class Prepared(Generic[RowT]):
    """The rows of `build(**asked)`, for other ids, days, instants and names each time.

        def _valid(user: uuid.UUID, child: uuid.UUID) -> QuerySet[CaregiverGrant]:
            return CaregiverGrant.objects.valid().filter(user=user, child=child)

        _grants = Prepared(_valid)
        _grants(user=by.pk, child=child.pk)

    `build` is called once, with stand-ins, and only they are exchanged from then on. So what it makes may
    hang on nothing but its arguments, and not on what these are: no clock but `rls.Now`, no stamp, no row.
    What it does not use need not be asked.
    """

    is_kept: ClassVar[bool] = True

    def __init__(self, build: Callable[..., QuerySet[Any, RowT]]) -> None:
        self._build = build
        self._stand_ins = {
            name: STAND_INS[kind]()
            for name, kind in inspect.get_annotations(build, eval_str=True).items()
            if name != "return"
        }
        self._written: QuerySet[Any, RowT] | None = None

    def __call__(self, **asked: Asked) -> list[RowT]:
        if not self.is_kept:
            return list(self._build(**self._stand_ins | asked))
        if self._written is None:
            self._written = self._write()
        rows = self._written.all()
        query: Any = rows.query
        query.asked = asked
        return list(rows)

    def _write(self) -> QuerySet[Any, RowT]:
        """The queryset, with its SQL, for stand-ins."""
        names = {stand_in: name for name, stand_in in self._stand_ins.items()}
        rows = self._build(**self._stand_ins)
        query: Any = rows.query.chain(klass=_Written)
        query.compiled = rows.query.get_compiler(using=rows.db)
        query.sql, query.parameters = query.compiled.as_sql()
        query.named = {
            place: names[value]
            for place, value in enumerate(query.parameters)
            if isinstance(value, Asked) and value in names
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
    """A query that was compiled before, and what it is asked about."""

    compiled: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    named: dict[int, str]
    asked: dict[str, Asked]

    def get_compiler(self, using: Any = None, connection: Any = None, elide_empty: bool = True) -> Any:  # noqa: ARG002  # Django's signature
        asked: Any = copy.copy(self.compiled)
        asked.connection = connection or connections[using]
        parameters = tuple(
            self.asked[self.named[place]] if place in self.named else value
            for place, value in enumerate(self.parameters)
        )
        asked.as_sql = lambda: (self.sql, parameters)
        return asked
