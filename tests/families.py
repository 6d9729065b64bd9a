"""Families by the million: one is made as tests make theirs, and every row of it is written again in SQL.

Copies differ in their ids and addresses. A row's id is its model's in the pattern with the family's number as
its last twelve digits, so that whatever names it can be written without looking. Tables, constraints and row
policies are the product's; while rows are copied no trigger runs, neither those of foreign keys nor those of
histories, which needs the superuser. `prove_keys` asks of every foreign key afterwards whether it holds.
"""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import models, transaction

from clinic import rls
from clinic.models import CaregiverGrant, Child, ChildHome, Clinic, Family, RoutineTime, User
from tests import factories
from tests.cast import Cast
from tests.tracking.reminding import TUESDAY, at, claim, coming, keep, log, plan
from tracking.models import (
    HomeProgram,
    MassageSession,
    ProgramSchedule,
    ProgramSlot,
    ProgramVersion,
    ReminderDelivery,
    ReminderOccurrence,
    ReminderRule,
)
from tracking.models.reminders import DeliveryState
from tracking.reminders import claiming

RULES_OF_A_FAMILY = 2
FAMILIES_OF_A_CLINIC = 1000


KEYS = """
SELECT conrelid::regclass::text, confrelid::regclass::text,
    (SELECT array_agg(attname ORDER BY place) FROM unnest(conkey) WITH ORDINALITY k (number, place)
     JOIN pg_attribute ON attrelid = conrelid AND attnum = number),
    (SELECT array_agg(attname ORDER BY place) FROM unnest(confkey) WITH ORDINALITY k (number, place)
     JOIN pg_attribute ON attrelid = confrelid AND attnum = number)
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY (%s::regclass[])
"""
"""Foreign keys: table, table named, their columns."""


@contextmanager
def as_superuser() -> Iterator[psycopg.Connection[Any]]:
    """A connection no trigger fires for; each statement is a transaction of its own."""
    with psycopg.connect(
        os.environ["LITTLEFOOT_TEST_SUPERUSER_URL"], autocommit=True, cursor_factory=psycopg.ClientCursor
    ) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET work_mem = '64MB'")
        yield connection


def copy_of(column: str, number: str) -> str:
    return f"(left({column}::text, 24) || lpad(to_hex({number}), 12, '0'))::uuid"


@dataclass(frozen=True, slots=True)
class Families:
    """The pattern's rows, and the evening for which its first rule is to be planned: due at 18:30."""

    rows: dict[type[models.Model], list[uuid.UUID]]
    rule: uuid.UUID
    day: dt.date

    @property
    def planned_from(self) -> dt.datetime:
        return at(self.day, "12:30")

    @property
    def due_at(self) -> dt.datetime:
        return at(self.day, "18:30")

    def add(self, numbers: range) -> None:
        """Write the families with these numbers, from 1; nothing of theirs is due."""
        with as_superuser() as connection:
            for model in self.rows:
                self._copy(connection, model, numbers)
            for model in self.rows:
                connection.execute(f"VACUUM (ANALYZE) {model._meta.db_table}")

    def _copy(self, connection: psycopg.Connection[Any], model: type[models.Model], numbers: range) -> None:
        ours = {str(pk) for ids in self.rows.values() for pk in ids}
        table = model._meta.db_table
        a_number = FAMILIES_OF_A_CLINIC if model is Clinic else 1
        for row in self._read(model):
            anew = {}
            for field in model._meta.concrete_fields:
                if field.attname == "clinic_id":
                    anew["clinic_id"] = copy_of("clinic_id", f"(copy / {FAMILIES_OF_A_CLINIC})")
                elif field.name == "idempotency_key" or str(row[field.attname]) in ours:
                    anew[field.column] = copy_of(field.column, "copy")
            if model is User:
                anew["email"] = "copy || '@example.org'"
            if model is Clinic:
                anew["slug"] = "'clinic-' || copy"
            columns = [f'"{field.column}"' for field in model._meta.concrete_fields]
            values = [anew.get(field.column, f'"{field.column}"') for field in model._meta.concrete_fields]
            connection.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
                f" FROM {table}, generate_series(%s, %s) copy WHERE {table}.id = %s"
                " ON CONFLICT DO NOTHING",
                [numbers.start // a_number, (numbers.stop - 1) // a_number, row["id"]],
            )

    def _read(self, model: type[models.Model]) -> list[dict[str, Any]]:
        with rls.acting_as(system=rls.SEEDING), transaction.atomic():
            return list(model._default_manager.filter(pk__in=self.rows[model]).values())

    # ---- what is due -------------------------------------------------------------------------------------

    def plan_anew(self, how_many: int) -> None:
        """The first rule of that many families is to be planned now, no other; nothing is planned yet."""
        later = {"on": self.day + dt.timedelta(days=1), "at": self.planned_from + dt.timedelta(days=1)}
        now = {"on": self.day, "at": self.planned_from, "rule": self.rule, "many": how_many}
        theirs = f"id BETWEEN {copy_of('%(rule)s', '1')} AND {copy_of('%(rule)s', '%(many)s')}"
        point = "UPDATE tracking_reminderrule SET next_on = %(on)s, next_plan_at = %(at)s"
        with as_superuser() as connection:
            connection.execute("DELETE FROM tracking_reminderdelivery WHERE due_at = %s", [self.due_at])
            connection.execute("DELETE FROM tracking_reminderoccurrence WHERE due_at = %s", [self.due_at])
            connection.execute(f"{point} WHERE next_on IS DISTINCT FROM %(on)s", later)
            connection.execute(f"{point} WHERE {theirs}", now)
            self._tidy(connection)

    def send_anew(self) -> None:
        """Tonight's deliveries are due again, as they were planned."""
        with as_superuser() as connection:
            connection.execute(
                "UPDATE tracking_reminderdelivery SET state = 'due', reason = '', attempt = 0,"
                " leased_until = NULL, ended_at = NULL, carried_by_id = NULL, next_try_at = due_at"
                " WHERE due_at = %s",
                [self.due_at],
            )
            self._tidy(connection)

    def _tidy(self, connection: psycopg.Connection[Any]) -> None:
        for table in ("reminderrule", "reminderoccurrence", "reminderdelivery"):
            connection.execute(f"VACUUM (ANALYZE) tracking_{table}")


def pattern(cast: Cast) -> Families:
    """Fern's family: two slots every evening, reminded and logged yesterday."""
    day = coming(TUESDAY)
    with rls.acting_as(system=rls.SEEDING), transaction.atomic():
        program = factories.prescribed(cast.fern, by=cast.theo, anchors=("after_bath", "bedtime"))
        yesterday = day - dt.timedelta(days=1)
        keep(program, now=at(yesterday, "00:30"))
        plan(at(yesterday, "15:00"))
        for now in (at(yesterday, "18:30"), at(yesterday, "19:30")):
            for one in claim(now).taken:
                assert claiming.mark(one, state=DeliveryState.SENT, code="smtp_250", now=now)
        where = {"program": program, "family": cast.finns_home, "slot_number": 1}
        log(cast.fern, yesterday, "18:40", by=cast.finn, **where)
        ids = {
            Clinic: [cast.harbor.pk],
            User: [cast.finn.pk],
            Family: [cast.finns_home.pk],
            Child: [cast.fern.pk],
            HomeProgram: [program.pk],
        }
        of_family, of_child = {"family": cast.finns_home}, {"child": cast.fern}
        for model, which in (
            (RoutineTime, of_family),
            (ChildHome, of_child),
            (CaregiverGrant, of_child),
            (ProgramVersion, {"program": program}),
            (ProgramSchedule, {"version__program": program}),
            (ProgramSlot, {"version__program": program}),
            (ReminderRule, of_child),
            (ReminderOccurrence, of_child),
            (ReminderDelivery, {"occurrence__child": cast.fern}),
            (MassageSession, of_child),
        ):
            ids[model] = list(model.objects.filter(**which).order_by("pk").values_list("pk", flat=True))
        rule = ReminderRule.objects.get(program=program, slot_number=1).pk
    return Families(ids, rule, day)


def prove_keys(families: Families) -> int:
    """How many foreign keys of the copied tables were asked; none of them names a row that is not there."""
    tables = [model._meta.db_table for model in families.rows]
    with as_superuser() as connection:
        keys = connection.execute(KEYS, [tables]).fetchall()
        for table, other, columns, theirs in keys:
            same = " AND ".join(f"mine.{a} = other.{b}" for a, b in zip(columns, theirs, strict=True))
            told = " AND ".join(f"mine.{a} IS NOT NULL" for a in columns)
            (lost,) = connection.execute(
                f"SELECT count(*) FROM {table} mine WHERE {told}"
                f" AND NOT EXISTS (SELECT FROM {other} other WHERE {same})"
            ).fetchone() or (None,)
            assert lost == 0, (table, columns, lost)
    return len(keys)
