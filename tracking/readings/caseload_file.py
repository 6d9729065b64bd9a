"""What a caseload's file may hold, and what is not right in one, as sentences for its page."""

from __future__ import annotations

from dataclasses import dataclass

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


def columns() -> tuple[SeenColumn, ...]:
    """The columns in the order of the template."""
    return tuple(SeenColumn(name, name in NEEDED, importing.of_column(name)) for name in COLUMNS)


def refusals_of(plan: Plan) -> tuple[SeenRefusal, ...]:
    return tuple(SeenRefusal(one.row, one.column, sentence(one.error)) for one in plan.refusals)
