"""What a caseload's file may hold, an example of one, and what is not right in one, for its page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

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


SAMPLE: Final[Sequence[tuple[int, Mapping[str, str]]]] = (
    (
        23,
        {
            "first_name": "Mila",
            "last_name": "Sand",
            "nickname": "Mimi",
            "gestation_weeks": "33",
            "gestation_days": "4",
            "home_name": "Sand family",
            "home_phone": "555 0100",
            "home_email": "sand@family.example",
            "home_address": "1 Harbor Lane\nRiverside",
            "guardian_email": "ada@family.example",
            "guardian_relationship": "mother",
            "second_guardian_email": "jon@family.example",
            "second_guardian_relationship": "father",
        },
    ),
    (160, {"first_name": "Noé", "last_name": "Sand", "home_name": "Sand family", "state": "waiting"}),
    (
        58,
        {
            "first_name": "Ida",
            "last_name": "Lund",
            "home_name": "Lund family",
            "guardian_email": "lund@family.example",
            "guardian_relationship": "grandmother",
        },
    ),
)
"""Invented children by their age in weeks: two of one home, one in another. Their addresses lead nowhere."""


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
        for weeks, told in SAMPLE
    ]


def columns() -> tuple[SeenColumn, ...]:
    """The columns in the order of the template."""
    return tuple(SeenColumn(name, name in NEEDED, importing.of_column(name)) for name in COLUMNS)


def refusals_of(plan: Plan) -> tuple[SeenRefusal, ...]:
    return tuple(SeenRefusal(one.row, one.column, sentence(one.error)) for one in plan.refusals)
