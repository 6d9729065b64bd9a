"""Sentences about mistakes in a caseload file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def of_column(column: str) -> str:
    """What stands in a column of a caseload's file, and what is allowed there."""
    says = {
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "nickname": _("What the family calls the child"),
        "born_on": _("Birthday, like 2024-03-31 or 31.3.2024"),
        "gestation_weeks": _("Completed weeks of pregnancy at birth, 20 to 45; empty: not known"),
        "gestation_days": _("and days, 0 to 6"),
        "state": _("active, waiting or referred; empty: active"),
        "home_name": _("What the clinic calls the home; children of one home live in one household"),
        "home_zone": _("Its time zone, like Europe/Berlin; empty: the clinic’s"),
        "home_phone": _("Its phone number"),
        "home_email": _("Its e-mail address"),
        "home_address": _("Its address"),
        "guardian_email": _("Whom to invite as guardian: a draft is made, nothing is sent"),
        "guardian_relationship": _("What they are to the child"),
        "second_guardian_email": _("Whom else to invite as guardian"),
        "second_guardian_relationship": _("What they are to the child"),
    }
    return says[column]


def sample() -> tuple[tuple[int, Mapping[str, str]], ...]:
    """Invented children for a caseload's file, each its age in weeks and what stands in columns.

    Two are of one home, one of another. Their addresses lead nowhere.
    """
    home = _("Sand family")
    return (
        (
            23,
            {
                "first_name": "Mila",
                "last_name": "Sand",
                "nickname": "Mimi",
                "gestation_weeks": "33",
                "gestation_days": "4",
                "home_name": home,
                "home_phone": "555 0100",
                "home_email": "sand@family.example",
                "home_address": _("1 Harbor Lane"),
                "guardian_email": "ada@family.example",
                "guardian_relationship": _("mother"),
                "second_guardian_email": "jon@family.example",
                "second_guardian_relationship": _("father"),
            },
        ),
        (160, {"first_name": "Noé", "last_name": "Sand", "home_name": home, "state": "waiting"}),
        (
            58,
            {
                "first_name": "Ida",
                "last_name": "Lund",
                "home_name": _("Lund family"),
                "guardian_email": "lund@family.example",
                "guardian_relationship": _("grandmother"),
            },
        ),
    )


def not_a_csv_file(field: str, parameters: Mapping[str, Any]) -> str:  # noqa: ARG001
    """What is wrong with the file as a whole, where, and what to do."""
    told = {name: parameters.get(name, "") for name in ("row", "most", "column")}
    match parameters.get("because"):
        case "workbook":
            said = _("This is a workbook. Open it, choose “Save as”, and save it as CSV UTF-8.")
        case "encoding":
            said = _("Row %(row)s holds letters that are not in UTF-8. Save the file as CSV UTF-8.")
        case "nul":
            said = _("Row %(row)s holds what is no text. Save the file as CSV UTF-8.")
        case "quotes":
            said = _(
                "From row %(row)s on the file cannot be read: a quotation mark is opened and not closed."
            )
        case "columns":
            said = _("Row %(row)s has too many cells: %(most)s at most.")
        case "cell":
            said = _("A cell of row %(row)s is too long: %(most)s characters at most.")
        case "rows":
            said = _("The file has too many rows: %(most)s children at most. Part it in several.")
        case "needed_column":
            said = _("The first row has to name the columns, and “%(column)s” is missing.")
        case "unknown_column":
            said = _("“%(column)s” is no column that can be read. The template names those that can.")
        case "column_twice":
            said = _("The column “%(column)s” is there twice.")
        case _:
            said = _("There is nobody in this file: below the names of the columns, each row is a child.")
    return said % told


def twice_in_the_file(field: str, parameters: Mapping[str, Any]) -> str:  # noqa: ARG001
    return _("A child of this name and birthday stands in row %(row)s already.") % parameters


def other_home_of_this_name(field: str, parameters: Mapping[str, Any]) -> str:  # noqa: ARG001
    said = _(
        "Row %(row)s says something else of the home of this name. Say the same, leave it empty, or give the"
        " home another name."
    )
    return said % parameters
