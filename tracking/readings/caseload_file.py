"""The format of a caseload file, an example, and the mistakes found in one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clinic.models import Clinic
from clinic.services.importing import COLUMNS, NEEDED, Plan
from tracking.wording import importing
from tracking.wording.errors import sentence


@dataclass(frozen=True, slots=True)
class SeenColumn:
    name: str
    is_needed: bool
    says: str


@dataclass(frozen=True, slots=True)
class SeenRefusal:
    """What is not right in a row; `column` is empty where it is no single cell."""

    row: int
    column: str
    says: str


def sample(clinic: Clinic, *, today: dt.date) -> list[list[str]]:
    """The rows of a file that can be read as it stands, below the names of the columns."""
    return [list(COLUMNS)] + [
        [
            {
                "home_zone": clinic.zone,
                "born_on": (today - dt.timedelta(weeks=weeks)).isoformat(),
                **told,
            }.get(column, "")
            for column in COLUMNS
        ]
        for weeks, told in importing.sample()
    ]


def columns() -> tuple[SeenColumn, ...]:
    """The columns in the order of the template."""
    return tuple(SeenColumn(name, name in NEEDED, importing.of_column(name)) for name in COLUMNS)


def refusals_of(plan: Plan) -> tuple[SeenRefusal, ...]:
    return tuple(SeenRefusal(one.row, one.column, sentence(one.error)) for one in plan.refusals)
