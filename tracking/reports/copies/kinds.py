"""What each kind of copy holds: the family's, read as a guardian; the clinic's, read as the care team."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from tracking.models import CopyFor, ExportFormat
from tracking.reports.copies import child, communication, entries, goals, household, programs, team
from tracking.reports.copies.tables import Table, Taker


@dataclass(frozen=True, slots=True)
class CopyKind:
    """`format` is the name its manifest says; `groups` are read in one transaction each, and access is asked
    about anew before every one. `words` and `reports` are those whose recordings and files are in it.
    """

    format: str
    groups: tuple[tuple[Table, ...], ...]
    words: Callable[[Taker], Iterable[Any]]
    reports: Callable[[Taker], Iterable[Any]]
    readme: Callable[[ExportFormat], str]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table for group in self.groups for table in group)


def where_tables_are(as_format: ExportFormat) -> str:
    match as_format:
        case ExportFormat.JSON:
            return _("The tables are in the folder data.")
        case ExportFormat.CSV:
            return _(
                "The tables are in the folder data, for any spreadsheet: values are parted by commas, "
                "letters are in UTF-8. An apostrophe at the beginning of a text keeps a spreadsheet from "
                "computing it. dictionary.csv says the same as dictionary.json."
            )
        case ExportFormat.XLSX:
            return _(
                "The tables are the sheets of record.xlsx; its first sheet says what their columns mean."
            )


def _for_family(as_format: ExportFormat) -> str:
    return page(
        _("This is what you may read of your child’s record, as it was on the day it was made."),
        _(
            "manifest.json lists every file. dictionary.json says what each table and column holds, in which "
            "unit, what each code means, and what it means that there is no value. Recordings of your own "
            "words and reports your clinic shared are in folders of their names."
        ),
        where_tables_are(as_format),
        _(
            "Times that end in Z are in UTC; days and wall times are as clocks showed them there. Of another "
            "home’s entries only wall times are here, and their authors as your child’s homes share them."
        ),
        _("Not in it: photos, which the care team alone sees, and what other caregivers said of themselves."),
        _("Whoever has this file can read all of it. Keep it where nobody else does."),
    )


def _for_clinic(as_format: ExportFormat) -> str:
    return page(
        _("This is what the care team reads of a child’s record, as it was on the day it was made."),
        _(
            "manifest.json lists every file. dictionary.json says what each table and column holds, in which "
            "unit, what each code means, and what it means that there is no value. Recordings that homes "
            "share and signed reports are in folders of their names."
        ),
        where_tables_are(as_format),
        _("Times that end in Z are in UTC; days and wall times are as clocks showed them there."),
        _(
            "Not in it: private notes of others, what was noted for safeguarding, photos, when a home is "
            "reminded, and programs that are drafts."
        ),
        _(
            "It names the child, its homes and whoever cares for it, and says how each home is reached. Keep "
            "it where the record itself would be kept, and give no family what is of another home."
        ),
    )


def page(*paragraphs: str) -> str:
    """The page that is read first."""
    return "\n\n".join(paragraphs) + "\n"


COPIES: Final = {
    CopyFor.FAMILY: CopyKind(
        "littlefoot-family-record",
        (
            entries.TABLES,
            child.TABLES,
            programs.TABLES,
            goals.TABLES,
            communication.TABLES,
            household.TABLES,
        ),
        household.own_words,
        communication.shared_reports,
        _for_family,
    ),
    CopyFor.CLINIC: CopyKind(
        "littlefoot-child-record", team.GROUPS, team.shared_words, team.finished_reports, _for_clinic
    ),
}
