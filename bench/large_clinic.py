"""A clinic of any number of children with a year of evenings each, written in SQL a day at a time.

One family is made as tests make theirs; its rows are written again for each child with other ids
(`tests.families`). Massages come in the order of their days, as they would. Meanwhile no trigger runs: the
counts of the days are made afterwards, by the command that compares them.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import models, transaction

from clinic import rls
from clinic.models import CaregiverGrant, CareTeam, Child, ChildHome, Family, User
from tests import factories
from tests.cast import Cast
from tests.families import as_superuser, copy_of
from tests.tracking.records import publish_program
from tracking.models import (
    Bedtime,
    Goal,
    HomeProgram,
    MassageSession,
    ProgramSchedule,
    ProgramSlot,
    ProgramVersion,
)
from tracking.services.goals import set_goal

TREATED = 60
"""How many of the children are Theo's."""

WEEKS = dt.timedelta(weeks=6)
BASELINE = dt.timedelta(weeks=2)
A_DAY = ("occurred_at", "first_received_at", "received_at")


@dataclass(frozen=True, slots=True)
class LargeClinic:
    """The pattern's rows by table, and the last day of the record."""

    rows: dict[type[models.Model], list[uuid.UUID]]
    last: dt.date

    def add(self, numbers: range, *, days: int) -> None:
        """Write the children with these numbers, from 1, each with so many evenings."""
        with as_superuser() as connection:
            for model in self.rows:
                if model not in (MassageSession, Bedtime):
                    self._copy(connection, model, self._numbers(model, numbers), "0", 0)
            for back in reversed(range(1, days)):
                self._copy(connection, MassageSession, numbers, f"(copy * 1000 + {back})", back)
                if back < (WEEKS + BASELINE).days:
                    self._copy(connection, Bedtime, numbers, f"(copy * 1000 + {back})", back)
            for model in self.rows:
                connection.execute(f"VACUUM (ANALYZE) {model._meta.db_table}")

    def _numbers(self, model: type[models.Model], numbers: range) -> range:
        return range(numbers.start, min(numbers.stop, TREATED + 1)) if model is CareTeam else numbers

    def _copy(
        self,
        connection: psycopg.Connection[Any],
        model: type[models.Model],
        numbers: range,
        own: str,
        back: int,
    ) -> None:
        ours = {str(pk) for ids in self.rows.values() for pk in ids}
        table, anew = model._meta.db_table, _told_anew(back)
        with rls.acting_as(system=rls.SEEDING), transaction.atomic():
            patterns = list(model._default_manager.filter(pk__in=self.rows[model]).values())
        for row in patterns:
            values = []
            for field in model._meta.concrete_fields:
                name = field.attname
                if own != "0" and name in ("id", "client_id"):
                    values.append(copy_of(field.column, own))
                elif str(row[name]) in ours:
                    values.append(copy_of(field.column, "copy"))
                else:
                    values.append(anew.get((table, field.column), f'"{field.column}"'))
            columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
            connection.execute(
                f"INSERT INTO {table} ({columns}) SELECT {', '.join(values)}"
                f" FROM {table}, generate_series(%s, %s) copy WHERE {table}.id = %s",
                [numbers.start, numbers.stop - 1, row["id"]],
            )


def _told_anew(back: int) -> dict[tuple[str, str], str]:
    """What differs from child to child and from day to day: by table and column, what is written there."""
    slower = 30 if back > WEEKS.days else 10
    latency = f"make_interval(mins => {slower} + (copy * 13 + {back * 7}) %% 25)"
    session = MassageSession._meta.db_table
    return {
        (User._meta.db_table, "email"): "copy || '@example.org'",
        (Bedtime._meta.db_table, "asleep_at"): f"lights_out_at - interval '{back} days' + {latency}",
        (
            session,
            "outcome",
        ): f"(ARRAY['done', 'done', 'done', 'stopped', 'declined'])[1 + (copy + {back * 7}) %% 5]",
        (session, "minutes"): f"CASE WHEN (copy + {back * 7}) %% 5 < 4 THEN 5 + (copy + {back}) %% 20 END",
        **{
            (table, column): f"{column} - interval '{back} days'"
            for table in (session, Bedtime._meta.db_table)
            for column in (*A_DAY, "lights_out_at")
        },
        **{(table, "local_day"): f"local_day - {back}" for table in (session, Bedtime._meta.db_table)},
    }


def pattern(cast: Cast) -> LargeClinic:
    """Fern's family: a program of six weeks after two of baseline, a goal measured by sleep, one evening."""
    with rls.acting_as(system=rls.SEEDING), transaction.atomic():
        now = rls.now()
        last = now.date() - dt.timedelta(days=1)
        evening = dt.datetime.combine(last, dt.time(23), dt.UTC)
        program = publish_program(
            cast.fern, cast.theo, starts_on=last - WEEKS, baseline_starts_on=last - WEEKS - BASELINE
        )
        goal = set_goal(
            by=cast.theo,
            child=cast.fern,
            title="Sleeps sooner",
            ladder=["an hour", "half", "twenty", "ten", "five"],
            set_on=last - WEEKS,
            primary_outcome="sleep_latency",
            now=now - WEEKS - BASELINE,
        )
        told = {"family": cast.finns_home, "local_day": last, "note": ""}
        session = factories.session(
            cast.fern, by=cast.finn, at=evening, minutes=10, program=program,
            program_version=program.current_version, **told,
        )  # fmt: skip
        night = factories.bedtime(
            cast.fern, by=cast.finn, at=evening, lights_out_at=evening,
            asleep_at=evening + dt.timedelta(minutes=20), **told,
        )  # fmt: skip
        of_child = {"child": cast.fern}
        which: dict[type[models.Model], Any] = {
            User: {"pk": cast.finn.pk},
            Family: {"pk": cast.finns_home.pk},
            Child: {"pk": cast.fern.pk},
            ChildHome: of_child,
            CaregiverGrant: of_child,
            CareTeam: of_child | {"therapist": cast.theo},
            HomeProgram: {"pk": program.pk},
            ProgramVersion: {"program": program},
            ProgramSchedule: {"version__program": program},
            ProgramSlot: {"version__program": program},
            Goal: {"pk": goal.pk},
            MassageSession: {"pk": session.pk},
            Bedtime: {"pk": night.pk},
        }
        rows = {
            model: list(model._default_manager.filter(**found).order_by("pk").values_list("pk", flat=True))
            for model, found in which.items()
        }
    return LargeClinic(rows, last)
